"""What is counted of cases by municipality: R01, R06, R07, R09 and R24. The national total of each is public.

The numbers come from the figure itself: from the cases behind each of its rows, a query a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from exemptions.models import Kind
from reporting.api.disclosure import hidden, hidden_part, hidden_sum
from reporting.api.suppression import Cell, hide
from reporting.figures import FIGURES, Row
from reporting.figures.conversions import NATIONAL, PLACE
from reporting.figures.day_exemptions import CLASSES
from reporting.period import Period

LOCAL, DAY = Kind.Scope.LOCAL.value, Kind.Scope.DAY.value
Places = Mapping[str, str]
"""The municipalities: the name by the CBS code."""


@dataclass(frozen=True)
class Column:
    """One row of a figure: how many of it each municipality has, and whose number is hidden."""

    label: str
    numbers: Mapping[str, int]
    hidden: frozenset[str]


Columns = Mapping[str, Column]


def columns(name: str, rows: Sequence[Row], places: Places, period: Period) -> Columns:
    """The rows of a figure by their key, each told apart by municipality."""
    cases = FIGURES[name].cases
    if cases is None:
        raise LookupError(f"{name} has no cases to tell apart by municipality")
    found = {}
    for row in rows:
        known = cases(period, row.key).order_by().values_list(PLACE).annotate(count=Count("pk"))
        numbers = {**dict.fromkeys(places, 0), **{place or "": number for place, number in known}}
        found[row.key] = Column(str(row.label), numbers, hidden(numbers))
    return found


def by_kind(places: Places, period: Period) -> Columns:
    """The columns of R09."""
    return columns("R09", FIGURES["R09"].compute(period), places, period)


def by_vehicle(places: Places, period: Period) -> Columns:
    """The columns of R06 and R07, which in one month are the same."""
    return columns("R07", [Row(key, label, None) for key, label in CLASSES.items()], places, period)


def parts_of(place: str, parts: Columns) -> tuple[list[int], bool]:
    """The numbers of a municipality that are shown, and whether others are hidden."""
    shown = [part.numbers[place] for part in parts.values() if place not in part.hidden]
    return shown, len(shown) < len(parts)


def bare(found: Columns, places: Places) -> list[Cell]:
    """A cell for each municipality and column: bare counts, because a share would tell what it is a part of."""
    return [
        hide(Cell(place, name, key, column.label, column.numbers[place]), place in column.hidden)
        for place, name in places.items()
        for key, column in found.items()
    ]


def kinds(places: Places, period: Period) -> list[Cell]:
    """R09."""
    return bare(by_kind(places, period), places)


def days(places: Places, period: Period) -> list[Cell]:
    """R06 and R07."""
    return bare(by_vehicle(places, period), places)


def sums(key: str, whole: Column, parts: Columns, places: Places) -> list[Cell]:
    """A cell for each municipality that is the sum of others."""
    return [
        hide(
            Cell(place, name, key, whole.label, whole.numbers[place]),
            hidden_sum(whole.numbers[place], *parts_of(place, parts)),
        )
        for place, name in places.items()
    ]


def share(key: str, label: str, numbers: Mapping[str, int], parts: Columns, places: Places) -> list[Cell]:
    """A cell for each municipality that counts some of what others count; as bare as they are.

    Where a whole column is hidden, also zeros are: then even 'not zero' would tell who is in it.
    """
    nothing_shown = any(set(places) <= part.hidden for part in parts.values())
    return [
        hide(
            Cell(place, name, key, label, numbers.get(place, 0)),
            nothing_shown or hidden_part(numbers.get(place, 0), *parts_of(place, parts)),
        )
        for place, name in places.items()
    ]


def received(places: Places, period: Period) -> list[Cell]:
    """R01: the local ones are the sum of R09, the day exemptions that of R07. National ones are of no municipality."""
    rows = [row for row in FIGURES["R01"].compute(period) if row.key in (LOCAL, DAY)]
    whole = columns("R01", rows, places, period)
    return [
        *sums(LOCAL, whole[LOCAL], by_kind(places, period), places),
        *sums(DAY, whole[DAY], by_vehicle(places, period), places),
    ]


def abroad(places: Places, period: Period) -> list[Cell]:
    """R24: of the applications that R09 and R07 count by municipality. Where it has no row nobody asked anything."""
    found = {row.key: row.count or 0 for row in FIGURES["R24"].compute(period) if row.key != NATIONAL}
    parts = {**by_kind(places, period), **by_vehicle(places, period)}
    return share("abroad", str(FIGURES["R24"].title), found, parts, places)
