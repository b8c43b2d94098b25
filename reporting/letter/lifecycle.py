"""The life of a letter: begun over a period, composed with live or frozen numbers, signed and published."""

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed, can_proceed

from accounts.models import User as Person
from casework import clock
from casework.models import Dossier
from casework.steps import StepRefused, check_permission
from exemptions.terms import months_later
from reporting.letter import corrections, numbers, wording
from reporting.letter.document import Draft, Source, compose_letter, fill_chapters, list_figures_used
from reporting.letter.files import LetterFiles, list_formats, make_file
from reporting.letter.numbers import Numbers, Reports, compute_checksum
from reporting.letter.template_language import BadText
from reporting.models import ReportToParliament
from reporting.period import Period
from reporting.statuses import UNPUBLISHED, ReportStatus
from reporting.steps import LetterChanged, refuse_unseen

if TYPE_CHECKING:
    from accounts.models import User

MONTHS = 2
"""The motion asks for a letter every two months; this is the number of months in the usual period."""
SIGNED_BY = "De Staatssecretaris van Infrastructuur en Waterstaat"


def usual_period(today: date) -> Period:
    """The two whole months before this one, as known at the end of yesterday."""
    this_month = today.replace(day=1)
    return Period(months_later(this_month, -MONTHS), this_month - timedelta(days=1), today - timedelta(days=1))


def title_of(period: Period) -> str:
    """The standard title of a letter."""
    about = wording.format_period(period.first, period.last)
    return f"Rapportage zero-emissiezones en de gevolgen voor ondernemers, {about}"


def begin_draft(period: Period, *, letter_on: date, by: "User") -> ReportToParliament:
    """A new draft; if this person already has one over the same days, as after a second click, that one."""
    if not by.has_perm("reporting.add_reporttoparliament"):
        raise PermissionDenied(f"user {by.pk} may not make letters")
    days = {"first": period.first, "last": period.last, "as_of": period.as_of}
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
        mine = ReportToParliament.objects.filter(status__in=UNPUBLISHED, made_by=by, **days)
        begun: ReportToParliament = mine.first() or ReportToParliament.objects.create(
            dossier=Dossier.objects.create(),
            title=title_of(period),
            letter_on=letter_on,
            signed_by=SIGNED_BY,
            number=find_next_number(),
            made_by=by,
            **days,
        )
    return begun


def find_next_number() -> int:
    """The number of the next letter in the series: one more than the highest number published."""
    published = ReportToParliament.objects.filter(status=ReportStatus.PUBLISHED)
    found = published.aggregate(highest=Max("number"), all=Count("pk"))
    return int(found["highest"] or found["all"]) + 1


def build_standard_source(period: Period) -> Source:
    """The letter about a period in its standard words, without a row in the database."""
    draft = Draft(period, title_of(period), clock.today(), SIGNED_BY)
    return Source(draft, with_corrections(numbers.gather_numbers(period), period), {})


def build_source(report: ReportToParliament) -> Source:
    """The numbers and words of a letter: live, or as published."""
    draft = Draft(report.period, report.title, report.letter_on, report.signed_by, report.number)
    if report.is_published:
        return Source(draft, report.numbers, report.words(), frozen=True)
    return Source(draft, with_corrections(numbers.gather_numbers(report.period), report.period), report.words())


def with_corrections(known: Numbers, period: Period) -> Numbers:
    """The numbers, with the corrections to earlier letters among the facts."""
    return {**known, "facts": {**known["facts"], "corrections": corrections.list_correction_sentences(period)}}


def prepare_standard(period: Period) -> LetterFiles:
    """Everything that the files of the standard letter are made from."""
    return LetterFiles(compose_letter(build_standard_source(period)), Reports(period), clock.now())


def prepare_files(report: ReportToParliament) -> LetterFiles:
    """Everything that the files of a draft are made from."""
    return LetterFiles(compose_letter(build_source(report)), Reports(report.period), clock.now())


def approve_letter(report: ReportToParliament, *, by: "User", seen: str, numbers_seen: str | None = None) -> None:
    """The first signature, for the words and numbers as the page showed them (checksums). Raises LetterChanged."""
    check_permission(report, "approve", by)
    refuse_other_numbers(with_corrections(numbers.compute_numbers(Reports(report.period)), report.period), numbers_seen)
    report.approve(by=by, seen=seen)


def refuse_other_numbers(fresh: Numbers, seen: str | None) -> None:
    """Raise LetterChanged if the signer saw other numbers: a zone, return or earlier letter may have changed them."""
    if seen is not None and seen != compute_checksum(fresh):
        raise LetterChanged(
            _("The numbers of the letter have changed since you opened it. Look at it again before you sign.")
        )


def preview_publication(report: ReportToParliament, *, by: "User", seen: str, numbers_seen: str) -> Source:
    """The letter as it would be published now, for a last look. Raises LetterChanged if it is not what `by` saw."""
    check_permission(report, "publish", by)
    if not can_proceed(report.publish):
        raise TransitionNotAllowed(report.status)
    refuse_unseen(report, seen)
    live = build_source(report)
    fresh = with_corrections(numbers.compute_numbers(Reports(report.period)), report.period)
    refuse_other_numbers(fresh, numbers_seen)
    return Source(live.draft, fresh, live.texts)


def publish_letter(report: ReportToParliament, *, by: "User", seen: str, numbers_seen: str | None = None) -> None:
    """Compute numbers, words and files, and let the step keep them, which refuses if the letter changed meanwhile."""
    check_permission(report, "publish", by)
    reports = Reports(report.period)
    live = build_source(report)
    refuse_open_texts(live)
    fresh = with_corrections(numbers.compute_numbers(reports), report.period)
    refuse_other_numbers(fresh, numbers_seen)
    kept = {**fresh, "used": list_figures_used(live)}
    texts = collect_chapter_words(Source(live.draft, fresh, live.texts))
    frozen = LetterFiles(compose_letter(Source(live.draft, kept, texts, frozen=True)), reports, clock.now())
    files = [(name, make_file(name, frozen)) for name in list_formats(reports)]
    report.publish(
        by=by,
        seen=seen,
        numbers=kept,
        texts=texts,
        files=[(name, made, hashlib.sha256(made).hexdigest()) for name, made in files],
        sha256=compute_checksum({"numbers": kept, "texts": texts}),
    )


def refuse_open_texts(live: Source) -> None:
    """Raise StepRefused while a text is still to be filled in or left empty."""
    if found := live.open_texts():
        raise StepRefused(
            [_("Still to be filled in, or to be left empty: %(text)s") % {"text": one.title} for one in found]
        )


def collect_chapter_words(live: Source) -> dict[str, str]:
    """The words of every chapter with the numbers filled in; raises StepRefused if a text cannot be filled in."""
    filled = fill_chapters(live)
    wrong = [str(text) for text in filled.values() if isinstance(text, BadText)]
    if wrong:
        raise StepRefused([_("A text of the letter is not right yet: %(reason)s") % {"reason": one} for one in wrong])
    return {slug: text for slug, text in filled.items() if isinstance(text, str)}
