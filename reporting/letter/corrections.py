"""Corrections to earlier letters: their frozen numbers compared with what is known now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import override

from reporting.figures import FIGURES, Figure
from reporting.letter import wording
from reporting.letter.numbers import KEPT_SECONDS
from reporting.letter.wording import DUTCH
from reporting.models import ReportToParliament
from reporting.period import Period
from reporting.statuses import ReportStatus

LOOKS_BACK = 3
MOST = 12
SHAPE = 1
"""Bump when the shape of the cached corrections changes."""
Found = TypeVar("Found")
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """A number in an earlier letter that has changed since. The words are those of the letter, in Dutch."""

    letter: ReportToParliament
    title: str
    label: str
    was: str
    known: str


def list_correction_sentences(period: Period) -> list[str]:
    """Sentences for the letter, about the newest letters before it: what they said, and what we know now."""
    earlier = list(earlier_letters(period).filter(last__lt=period.last)[:LOOKS_BACK])
    return cache_corrections(
        period, "letter", earlier, lambda: [told for one in earlier for told in describe_corrections(one, period)]
    )


def find_corrections(period: Period) -> list[Correction]:
    """Corrections to the newest letters whose period lies within this one."""
    earlier = list(earlier_letters(period).filter(first__gte=period.first, last__lte=period.last)[:LOOKS_BACK])
    return cache_corrections(
        period, "page", earlier, lambda: [found for one in earlier for found in of_letter(one, period)]
    )


def cache_corrections(
    period: Period, purpose: str, letters: Sequence[ReportToParliament], find: Callable[[], list[Found]]
) -> list[Found]:
    """The corrections, cached for a while if the period is final, because they no longer change then."""
    name = f"corrections-{SHAPE}-{purpose}-{'-'.join(str(one.pk) for one in letters)}-{period.as_of}"
    known: list[Found] | None = cache.get(name) if period.is_final else None
    if known is None:
        known = find() if letters else []
        if period.is_final:
            cache.set(name, known, KEPT_SECONDS)
    return known


def earlier_letters(period: Period) -> QuerySet[ReportToParliament]:
    """Published letters as of an earlier day than the period's, newest first."""
    published: QuerySet[ReportToParliament] = ReportToParliament.objects.filter(status=ReportStatus.PUBLISHED)
    return published.filter(as_of__lt=period.as_of).order_by("-last", "-pk")


def describe_corrections(letter: ReportToParliament, period: Period) -> list[str]:
    """The sentences about one letter; those beyond the first MOST are summed up in one."""
    told = [
        f"stond bij ‘{found.title}’, {found.label}: {found.was}; nu weten wij: {found.known}."
        for found in of_letter(letter, period)
    ]
    about = wording.format_period(letter.first, letter.last)
    opening = f"In de brief van {wording.format_day(letter.letter_on)} over {about}"
    if len(told) > MOST:
        rest = len(told) - MOST
        told = [*told[:MOST], f"zijn ook andere aantallen veranderd: {rest}."]
    return [f"{opening} {sentence}" for sentence in told]


def of_letter(letter: ReportToParliament, period: Period) -> list[Correction]:
    """Every number in a letter that would read differently now."""
    same = Period(letter.first, letter.last, period.as_of)
    frozen = letter.numbers["current"]["figures"]
    settled = [figure for name, figure in FIGURES.items() if figure.settles and name in frozen]
    return [found for figure in settled for found in compare_figure(letter, figure, frozen[figure.id], same)]


def compare_figure(letter: ReportToParliament, figure: Figure, frozen: Data, same: Period) -> Iterator[Correction]:
    """The rows of one figure that would read differently now."""
    nothing = wording.format_number(figure.absent)
    then = {row["key"]: (row["label"], in_words(figure, row["count"], row["of"])) for row in frozen["rows"]}
    with override(DUTCH):
        rows = figure.compute(same)
        now = {row.key: (str(row.label), in_words(figure, row.count, row.of)) for row in rows}
    for key in [*then, *(key for key in now if key not in then)]:
        label = (then.get(key) or now[key])[0]
        was, known = (found[key][1] if key in found else nothing for found in (then, now))
        if was != known:
            yield Correction(letter, frozen["title"], label, was, known)


def in_words(figure: Figure, count: int | None, whole: int | None) -> str:
    """The number, with its whole if the figure settles that too."""
    if "of" in figure.settles and count is not None:
        return f"{wording.format_number(count)} van {wording.format_number(whole)}"
    return wording.format_number(count)
