"""Deadlines as a person reads them: the sum in words."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import DayOff
from casework.models import Deadline

if TYPE_CHECKING:
    from exemptions.models.application import Application


def decide(application: "Application") -> str:
    """The sum behind the open deadline to decide, for the applicant; empty where none is open."""
    deadline = (
        application.dossier.deadlines.open()
        .filter(case_type=application.CASE_TYPE, case_id=application.pk, kind=Deadline.Kind.DECIDE)
        .first()
        if application.pk
        else None
    )
    return in_words(deadline, to_applicant=True) if deadline else ""


def in_words(deadline: Deadline, *, to_applicant: bool = False) -> str:
    """For instance: received 3 March 2026 + 8 weeks + 9 days waiting for you = 7 May 2026."""
    basis = deadline.basis
    if deadline.kind == Deadline.Kind.DECIDE:
        start = _("received %(day)s + %(weeks)s weeks") % {"day": day(basis["received"]), "weeks": basis["weeks"]}
        if basis.get("extended_to"):
            start = _("extended to %(day)s") % {"day": day(basis["extended_to"])}
        parts = [start, *_suspended(basis.get("suspended_days", 0), to_applicant)]
        return " + ".join(parts) + f" = {day(deadline.due)}" + _moved(basis.get("skipped", []))
    return _other(deadline)


def _suspended(days: int, to_applicant: bool) -> list[str]:
    if not days:
        return []
    if to_applicant:
        return [ngettext("%(count)s day waiting for you", "%(count)s days waiting for you", days) % {"count": days}]
    words = ngettext("%(count)s day waiting for the applicant", "%(count)s days waiting for the applicant", days)
    return [words % {"count": days}]


def _moved(skipped: list[list[str]]) -> str:
    if not skipped:
        return ""
    reasons = dict.fromkeys(str(DayOff(why).label) for _day, why in skipped)
    return " " + _("(moved on from: %(reasons)s)") % {"reasons": ", ".join(reasons)}


def _other(deadline: Deadline) -> str:
    basis = deadline.basis
    if "sent" in basis:
        return _("asked on %(day)s, until %(due)s") % {"day": day(basis["sent"]), "due": day(deadline.due)}
    first = basis.get("term_ended") or basis.get("announced")
    if first is None:
        return day(deadline.due)
    return _("%(day)s + %(weeks)s weeks = %(due)s") % {
        "day": day(first),
        "weeks": basis["weeks"],
        "due": day(deadline.due),
    }


def day(value: "date | str") -> str:
    """A day in words, in the active language."""
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "j F Y")


def moment(value: datetime) -> str:
    """A moment in words, in Amsterdam time."""
    return date_format(timezone.localtime(value), "j F Y, H:i")
