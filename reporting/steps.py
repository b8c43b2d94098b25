"""The steps of a letter to parliament: written, checked by a second person, then published for good."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Event
from casework.steps import StepRefused, step
from reporting.period import BadPeriod, Period
from reporting.statuses import UNPUBLISHED
from reporting.statuses import ReportStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from reporting.models import ReportToParliament


CHANGES = ("write", "restore", "adjust")
"""The steps that change what the letter says."""


class LetterChanged(StepRefused):
    """Somebody else has changed the letter since this person looked at it."""


# --- Who may --------------------------------------------------------------------------------------------


def may_write(_report: "ReportToParliament", user: "User") -> bool:
    """Those who make letters."""
    return user.has_perm("reporting.change_reporttoparliament")


def may_approve(report: "ReportToParliament", user: "User") -> bool:
    """A second pair of eyes: neither the maker nor anybody with a change in it that is not checked yet."""
    return (
        user.has_perm("reporting.check_report")
        and report.made_by_id != user.pk
        and user.pk not in changed_unchecked(report)
    )


def changed_unchecked(report: "ReportToParliament") -> set[int | None]:
    """Ids of those who changed the letter since it was last checked; a check that was sent back does not count."""
    found: set[int | None] = set()
    before = found
    for name, by in Event.objects.of(report).values_list("step", "by_id"):
        if name == "approve":
            before, found = found, set()
        elif name == "send_back":
            found = before
        elif name in CHANGES:
            found.add(by)
    return found


def may_send_back(report: "ReportToParliament", user: "User") -> bool:
    """Those who may check or publish, and those who make letters, who can take theirs back."""
    return any(map(user.has_perm, ("reporting.check_report", "reporting.publish_report"))) or may_write(report, user)


def may_publish(report: "ReportToParliament", user: "User") -> bool:
    """The second signature, never by the person who checked."""
    return user.has_perm("reporting.publish_report") and report.checked_by_id != user.pk


# --- Writing --------------------------------------------------------------------------------------------


@step(source=UNPUBLISHED, target=Status.DRAFT, permission=may_write, records=("block",))
def write(report: "ReportToParliament", *, by: "User | None", block: str, body: str, seen: str) -> None:
    """Edit the words of a block; a letter that was checked becomes a draft again."""
    refuse_stale(seen, now=report.stamp(block))
    keep_former(report, block, instead=body, by=by)
    report.texts.update_or_create(block=block, defaults={"body": body, "changed_at": clock.now(), "changed_by": by})
    remove_check(report)


@step(source=UNPUBLISHED, target=Status.DRAFT, permission=may_write, records=("block",))
def restore(report: "ReportToParliament", *, by: "User | None", block: str, seen: str, typed: str = "") -> None:
    """Restore the standard words of a block. Saved words, and those only `typed`, can be put back."""
    refuse_stale(seen, now=report.stamp(block))
    keep_former(report, block, instead=None, by=by)
    if typed:
        report.former_texts.create(block=block, body=typed, changed_at=clock.now(), changed_by=by, replaced_by=by)
    report.texts.filter(block=block).delete()
    remove_check(report)


@step(source=UNPUBLISHED, target=Status.DRAFT, permission=may_write, records=("first", "last", "as_of"))
def adjust(
    report: "ReportToParliament",
    *,
    by: "User | None",
    first: date,
    last: date,
    as_of: date,
    letter_on: date,
    title: str,
    signed_by: str,
    number: int | None,
    seen: str,
) -> None:
    """Change the period, date, title, number or signature."""
    refuse_stale(seen, now=report.details_stamp())
    refuse_bad_period(first, last, as_of)
    report.first, report.last, report.as_of = first, last, as_of
    report.letter_on, report.title, report.signed_by, report.number = letter_on, title, signed_by, number
    remove_check(report)


def keep_former(report: "ReportToParliament", block: str, *, instead: str | None, by: "User | None") -> None:
    """Keep the words being replaced, so that they can be put back; identical words are no new text."""
    now = report.texts.filter(block=block).first()
    if now is not None and now.body != instead:
        report.former_texts.create(
            block=block, body=now.body, changed_at=now.changed_at, changed_by=now.changed_by, replaced_by=by
        )


def refuse_stale(seen: str, *, now: str) -> None:
    """Raise LetterChanged unless the words, or the details, are still those that the editor began with."""
    if seen != now:
        raise LetterChanged(_("Someone else has changed this since you opened it."))


def refuse_bad_period(first: date, last: date, as_of: date) -> None:
    """Raise StepRefused unless the three days make a period."""
    try:
        Period(first, last, as_of)
    except BadPeriod as error:
        raise StepRefused(str(error)) from error


def remove_check(report: "ReportToParliament") -> None:
    """Clear the check: nobody has checked the letter as it is now."""
    report.checked_by = report.checked_at = None


# --- Two signatures -------------------------------------------------------------------------------------


@step(source=Status.DRAFT, target=Status.CHECKED, permission=may_approve, records=("first", "last", "as_of"))
def approve(report: "ReportToParliament", *, by: "User | None", seen: str) -> None:
    """Approve numbers and words: by somebody who neither made the letter nor changed it since its last check."""
    refuse_unseen(report, seen)
    refuse_unsettled(report)
    report.checked_by, report.checked_at = by, clock.now()


@step(source=Status.CHECKED, target=Status.DRAFT, permission=may_send_back)
def send_back(report: "ReportToParliament", *, by: "User | None") -> None:
    """Return the letter to its author."""
    remove_check(report)


@step(source=Status.CHECKED, target=Status.PUBLISHED, permission=may_publish, records=("sha256",))
def publish(
    report: "ReportToParliament",
    *,
    by: "User | None",
    seen: str,
    numbers: Mapping[str, Any],
    texts: Mapping[str, str],
    files: Sequence[tuple[str, bytes, str]],
    sha256: str,
) -> None:
    """Publish with a second signature: numbers, words and files are frozen."""
    refuse_unseen(report, seen)
    refuse_unsettled(report)
    now = clock.now()
    for block, body in texts.items():
        report.texts.update_or_create(block=block, defaults={"body": body, "changed_at": now})
    for name, content, digest in files:
        report.files.create(format=name, file=ContentFile(content, name=name), sha256=digest)
    report.numbers, report.sha256 = dict(numbers), sha256
    report.published_by, report.published_at = by, now


def refuse_unseen(report: "ReportToParliament", seen: str) -> None:
    """Raise LetterChanged if the letter is no longer what the signer saw."""
    if seen != report.fingerprint():
        raise LetterChanged(_("The letter has changed since you opened it. Look at it again before you sign."))


def refuse_unsettled(report: "ReportToParliament") -> None:
    """Raise StepRefused while the figures can still change."""
    if sentence := explain_unsettled(report):
        raise StepRefused(sentence)


def explain_unsettled(report: "ReportToParliament") -> str:
    """Why a letter over these days cannot be signed yet; empty if it can."""
    return "" if report.period.is_final else _("The day of 'as of' is not over yet: its figures can still change.")
