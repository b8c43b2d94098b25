"""A figure: its definition in words, the function that computes it, and how each of its readers presents it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from casework.models import Event
from exemptions.models import KindVersion
from reporting import percentages
from reporting.period import Period

Places = Mapping[str, str]
"""The names of the municipalities, by CBS code."""


@dataclass(frozen=True)
class Row:
    """One number: `of` is the whole of which it is a part, `percent` its rounded share; both None for a bare count.

    A `count` of None means not handed in, which is not zero; `note` says so, or gives other caveats.
    `partial`: only some of what it should count was handed in, so it must not be compared with another period.
    `beside` is what its sender supplied for comparison: free text, so not part of the open data.
    """

    key: str
    label: StrOrPromise
    count: int | None
    of: int | None = None
    percent: int | None = None
    note: StrOrPromise = ""
    beside: str = ""
    partial: bool = False

    @property
    def remark(self) -> str:
        """All caveats about the number."""
        return "; ".join(str(words) for words in (self.note, self.beside) if words)

    @property
    def number(self) -> int:
        """The count as a chart draws it: what was not handed in has no height."""
        return self.count or 0


@dataclass(frozen=True)
class Cell:
    """One count of one municipality: a CBS code and a row's key. A hidden cell has no count, and is `suppressed`."""

    municipality: str
    name: str
    key: str
    label: str
    count: int | None
    of: int | None = None
    percent: int | None = None
    note: str = ""
    suppressed: bool = False


def every_row(_key: str) -> bool:
    """All rows of a figure add up: no two count the same thing."""
    return True


def whole_row(key: str) -> bool:
    """Only whole rows add up, such as GM0599, and not their parts, such as GM0599:van."""
    return ":" not in key


def no_row(_key: str) -> bool:
    """No row adds up: the rows measure different things, or overlap."""
    return False


@dataclass(frozen=True)
class Public:
    """How the open data present a figure: for all zones together (`national`), by municipality, or both.

    `cuts`: the selections offered for the national one, as far as the figure has them. `shows`: which of its rows are
    public, by key. `single_cases`: the keys of rows about a single case, whose numbers are hidden. `by_municipality`:
    the cells of one calendar month, with everything hidden that must be.
    """

    national: bool = True
    cuts: frozenset[str] = frozenset({"scope", "kind"})
    shows: Callable[[str], bool] = every_row
    single_cases: Callable[[Sequence[Row]], frozenset[str]] = lambda _rows: frozenset()
    by_municipality: Callable[[Places, Period], list[Cell]] | None = None


@dataclass(frozen=True)
class LetterNames:
    """The names in a figure that a text of the letter to parliament can use, in addition to `all` and `rows`.

    `rows`: keys of its rows; `pattern`: what its other keys look like. `sums`: over the rows whose key ends in a colon
    and this name. `is_monthly`: `months`, the list of its months, and `trend`, how they went since January.
    `has_shares`: `delivered`, `lowest` and `highest` of the rows with a share. `counts_places`: `places`, in how many
    municipalities there is any, and `unknown`, of how many that is not known. `has_topics`: `topics`, and the tone of
    each month. `fact`: what the letter says about the same subject outside the figures.
    """

    rows: tuple[str, ...] = ()
    pattern: str = r"(?!)"
    sums: tuple[str, ...] = ()
    is_monthly: bool = False
    has_shares: bool = False
    counts_places: bool = False
    has_topics: bool = False
    fact: str = ""


NO_NAMES, OF_KINDS = LetterNames(), LetterNames(pattern=r"[A-Z]{3}")
OF_PLACES = LetterNames(pattern=r"GM\d{4}")


@dataclass(frozen=True)
class Timeline:
    """Rows that are weeks or months: drawn as bars, and not compared, because another period has different rows.

    A key begins with its week or month; `series` are what comes after the colon, with their words: bars on top of each
    other if they are `stacked`, otherwise a chart for each. `caption`: what the letter writes under its chart since the
    opening (`{first}`), in Dutch; without one the letter cannot place it.
    """

    unit: Literal["week", "month"] = "month"
    series: Mapping[str, StrOrPromise] = field(default_factory=dict)
    stacked: bool = False
    caption: str = ""


@dataclass(frozen=True)
class Measure:
    """One of several measures of the same thing. `head` and `width` are those of its column in the letter, if any."""

    label: StrOrPromise
    head: str
    width: int


@dataclass(frozen=True)
class Source:
    """The page on which others hand in what a figure counts: who may open it, and its URL by the key of a row."""

    permission: str
    address: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A statistic: what is counted, on which day, of which cases, as a part of what; and everything said about it.

    `public`: how the open data present it; None if it is not public, which each figure declares for itself.
    `cuts`: the selections offered of its cases; none if it is not about applications. `scopes`: those that it counts.
    `cases`: the event of each case behind a row, by the row's key; None if no cases are behind it. Raises ValueError
    for a key that no row can have. `source`: where it was handed in instead.
    `adds_up`: which rows, by key, together are the whole figure. `one_whole`: its rows are parts of one and the same
    whole, so a missing row is 0% of it. `handed_in`: others hand it in, so a missing row is unknown; in what we count
    from our own events it is zero.
    `timeline`: its rows are weeks or months. `measures`: by the end of the key, for figures with a line for each thing
    measured. `letter`: the names by which the letter knows it.
    `settles`: the numbers of a row that a letter and later knowledge should agree on, or else the next letter corrects
    them. None for a state, which changes on its own, nor for what another figure reports too.
    """

    id: str
    title: StrOrPromise
    counted_on: StrOrPromise
    scope: StrOrPromise
    numerator: StrOrPromise
    denominator: StrOrPromise
    compute: Callable[[Period], Sequence[Row]]
    public: Public | None
    cuts: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset(KindVersion.Scope.values)
    cases: Callable[[Period, str], "QuerySet[Event]"] | None = None
    source: Source | None = None
    adds_up: Callable[[str], bool] = every_row
    one_whole: bool = False
    handed_in: bool = False
    timeline: Timeline | None = None
    measures: Mapping[str, Measure] = field(default_factory=dict)
    letter: LetterNames = NO_NAMES
    settles: tuple[Literal["count", "of"], ...] = ()

    @property
    def has_sum(self) -> bool:
        """Whether the sum over its rows means something."""
        return self.adds_up is not no_row

    @property
    def absent(self) -> int | None:
        """The count of a row that is missing: None, unknown, for what others hand in; otherwise 0."""
        return None if self.handed_in else 0

    @property
    def is_national(self) -> bool:
        """Whether it is in the open data for all zones together."""
        return self.public is not None and self.public.national

    @property
    def is_municipal(self) -> bool:
        """Whether it is in the open data by municipality."""
        return self.public is not None and self.public.by_municipality is not None

    @property
    def public_cuts(self) -> list[str]:
        """The filters that the open data offer; never together with a municipality."""
        return sorted(self.public.cuts & self.cuts) if self.public and self.public.national else []

    def is_about(self, chosen: frozenset[str], scopes: frozenset[str]) -> bool:
        """Whether it applies to a selection: it has all the chosen filters, and counts cases in one of the scopes."""
        return chosen <= self.cuts and not self.scopes.isdisjoint(scopes)


def build_bare_rows(labels: Mapping[str, StrOrPromise], counts: Mapping[str, int]) -> list[Row]:
    """One row per label, in that order, without a whole."""
    return [Row(key, label, counts.get(key, 0)) for key, label in labels.items()]


def build_shares(labels: Mapping[str, StrOrPromise], counts: Mapping[str, int]) -> list[Row]:
    """Rows that split one whole: their percentages sum to 100."""
    numbers = [counts.get(key, 0) for key in labels]
    total, shares = sum(numbers), percentages.divide_whole(numbers)
    parts = zip(labels.items(), numbers, shares, strict=True)
    return [Row(key, label, number, total, percent) for (key, label), number, percent in parts]


def kind_names(period: Period) -> dict[str, str]:
    """The names of the kinds by code, in their usual order; a kind with several versions has its latest name."""

    def read() -> dict[str, str]:
        kinds = sorted(KindVersion.objects.all(), key=lambda kind: kind.valid_from)
        places = {kind.code: kind.position for kind in kinds}
        names = {kind.code: kind.text("name") for kind in kinds}
        return {code: names[code] for code in sorted(names, key=lambda code: (places[code], code))}

    names: dict[str, str] = period.once("kind names", read)
    return names
