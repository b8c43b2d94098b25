"""What a figure is: its definition in words, and the one function that computes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from casework.models import Event
from exemptions.models import Kind
from reporting import percentages
from reporting.period import Period


@dataclass(frozen=True)
class Row:
    """One number: `of` is what it is a part of, `percent` the whole share of that; both None for a bare count.

    A `count` of None is what was not handed in, which is not zero; `note` says so, or what else one should know.
    `partial`: only some of what it should count was handed in, so it is not to be compared with another period.
    `beside` is what its sender told to compare it by: words that people typed, so no part of the open data.
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
        """Everything that one should know beside the number."""
        return "; ".join(str(words) for words in (self.note, self.beside) if words)

    @property
    def number(self) -> int:
        """The count as a chart draws it: what was not handed in has no height."""
        return self.count or 0


def every_row(_key: str) -> bool:
    """All rows of a figure add up: none counts what another one counts too."""
    return True


def whole_row(key: str) -> bool:
    """Of a row and its parts, such as GM0599 and GM0599:van, the row itself."""
    return ":" not in key


def no_row(_key: str) -> bool:
    """Rows that measure different things, or of which one counts what another one counts too, have no sum."""
    return False


@dataclass(frozen=True)
class Figure:
    """A statistic: what is counted, on which day, of which cases, as a part of what.

    `cuts`: what one can choose of its cases; none where it is not about applications. `scopes`: those that it counts.
    `cases`: the event of each case behind a row, by the row's key; None where no cases are behind it. Raises ValueError
    for a key that no row can have.
    `adds_up`: which rows, by key, together are the whole figure. `one_whole`: its rows are parts of one and the same
    whole, so that a row that is not there is 0% of it. `handed_in`: others hand it in, so that a row that is not there
    is not known; of what we count from our own events it is zero.
    """

    id: str
    title: StrOrPromise
    counted_on: StrOrPromise
    scope: StrOrPromise
    numerator: StrOrPromise
    denominator: StrOrPromise
    compute: Callable[[Period], Sequence[Row]]
    cuts: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset(Kind.Scope.values)
    cases: Callable[[Period, str], "QuerySet[Event]"] | None = None
    adds_up: Callable[[str], bool] = every_row
    one_whole: bool = False
    handed_in: bool = False

    @property
    def has_sum(self) -> bool:
        """Whether all of it together is a number that means something."""
        return self.adds_up is not no_row

    @property
    def absent(self) -> int | None:
        """What a row that is not there counts."""
        return None if self.handed_in else 0

    def is_about(self, chosen: frozenset[str], scopes: frozenset[str]) -> bool:
        """Whether it can be counted of a selection: it knows what was chosen, and counts cases of one of the scopes."""
        return chosen <= self.cuts and not self.scopes.isdisjoint(scopes)


def bare(labels: Mapping[str, StrOrPromise], counts: Mapping[str, int]) -> list[Row]:
    """A row for each label, in that order, with nothing to divide by."""
    return [Row(key, label, counts.get(key, 0)) for key, label in labels.items()]


def split(labels: Mapping[str, StrOrPromise], counts: Mapping[str, int]) -> list[Row]:
    """Rows that split one whole: their percentages sum to 100."""
    numbers = [counts.get(key, 0) for key in labels]
    total, shares = sum(numbers), percentages.whole(numbers)
    parts = zip(labels.items(), numbers, shares, strict=True)
    return [Row(key, label, number, total, percent) for (key, label), number, percent in parts]


def kind_names(period: Period) -> dict[str, str]:
    """The kinds of exemption by code, in their usual order; of a kind with several versions the latest name."""

    def read() -> dict[str, str]:
        kinds = sorted(Kind.objects.all(), key=lambda kind: kind.valid_from)
        places = {kind.code: kind.position for kind in kinds}
        names = {kind.code: kind.text("name") for kind in kinds}
        return {code: names[code] for code in sorted(names, key=lambda code: (places[code], code))}

    names: dict[str, str] = period.once("kind names", read)
    return names
