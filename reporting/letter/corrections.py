"""What we know better now than earlier letters said: their frozen numbers compared with what is known today."""

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
"""Counts up when what is kept gets another shape."""
Found = TypeVar("Found")
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """A number of an earlier letter that we know better now. Its words are those of the letter, which is Dutch."""

    letter: ReportToParliament
    title: str
    label: str
    was: str
    known: str


def list_correction_sentences(period: Period) -> list[str]:
    """For the newest letters before this one: what stood in them, and what we know now."""
    earlier = list(earlier_letters(period).filter(last__lt=period.last)[:LOOKS_BACK])
    return cache_corrections(
        period, "letter", earlier, lambda: [told for one in earlier for told in describe_corrections(one, period)]
    )


def find_corrections(period: Period) -> list[Correction]:
    """What the newest letters about days of this period said, and what we know now."""
    earlier = list(earlier_letters(period).filter(first__gte=period.first, last__lte=period.last)[:LOOKS_BACK])
    return cache_corrections(
        period, "page", earlier, lambda: [found for one in earlier for found in of_letter(one, period)]
    )


def cache_corrections(
    period: Period, purpose: str, letters: Sequence[ReportToParliament], find: Callable[[], list[Found]]
) -> list[Found]:
    """Of days that are over the corrections stay the same, so they are kept for a while."""
    name = f"corrections-{SHAPE}-{purpose}-{'-'.join(str(one.pk) for one in letters)}-{period.as_of}"
    known: list[Found] | None = cache.get(name) if period.is_final else None
    if known is None:
        known = find() if letters else []
        if period.is_final:
            cache.set(name, known, KEPT_SECONDS)
    return known


def earlier_letters(period: Period) -> QuerySet[ReportToParliament]:
    """The newest published letters that knew less than we do now."""
    published: QuerySet[ReportToParliament] = ReportToParliament.objects.filter(status=ReportStatus.PUBLISHED)
    return published.filter(as_of__lt=period.as_of).order_by("-last", "-pk")


def describe_corrections(letter: ReportToParliament, period: Period) -> list[str]:
    """The sentences about one letter; many are told together."""
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
    """Every number of a letter that would be written otherwise now."""
    same = Period(letter.first, letter.last, period.as_of)
    frozen = letter.numbers["current"]["figures"]
    settled = [figure for name, figure in FIGURES.items() if figure.settles and name in frozen]
    return [found for figure in settled for found in compare_figure(letter, figure, frozen[figure.id], same)]


def compare_figure(letter: ReportToParliament, figure: Figure, frozen: Data, same: Period) -> Iterator[Correction]:
    """The rows of one figure that would be written otherwise now."""
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
    """The number; where its whole settles too, also of how many."""
    if "of" in figure.settles and count is not None:
        return f"{wording.format_number(count)} van {wording.format_number(whole)}"
    return wording.format_number(count)
