"""A figure by municipality, as it is published: cells, each of which may be hidden.

The numbers come from the figure itself: from the cases behind each of its rows, one query per row. The national
total of each is public.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from casework.models import Event
from reporting.figures.base import Cell, Places, Row
from reporting.figures.disclosure import find_hidden, hidden_part, hidden_sum
from reporting.period import Period

PLACE = "dossier__application__municipality__cbs_code"
Cases = Callable[[Period, str], "QuerySet[Event]"]


def hide_cell(cell: Cell, hides: bool) -> Cell:
    """The cell, or what is left of it if it is hidden."""
    return replace(cell, count=None, of=None, percent=None, note="", suppressed=True) if hides else cell


def make_cell(place: str, name: str, key: str, label: str, row: Row) -> Cell:
    """A cell with the numbers of a row."""
    return Cell(place, name, key, label, row.count, row.of, row.percent, str(row.note))


@dataclass(frozen=True)
class Column:
    """One row of a figure: how many of it each municipality has, and whose number is hidden."""

    label: str
    numbers: Mapping[str, int]
    hidden: frozenset[str]


Columns = Mapping[str, Column]


def split_by_municipality(rows: Iterable[Row], cases: Cases, places: Places, period: Period) -> Columns:
    """The rows of a figure by their key, each split by municipality."""
    found = {}
    for row in rows:
        known = cases(period, row.key).order_by().values_list(PLACE).annotate(count=Count("pk"))
        numbers = {**dict.fromkeys(places, 0), **{place or "": number for place, number in known}}
        found[row.key] = Column(str(row.label), numbers, find_hidden(numbers))
    return found


def split_shown(place: str, parts: Columns) -> tuple[list[int], bool]:
    """A municipality's numbers that are shown, and whether it has hidden ones."""
    shown = [part.numbers[place] for part in parts.values() if place not in part.hidden]
    return shown, len(shown) < len(parts)


def build_cells(found: Columns, places: Places) -> list[Cell]:
    """A cell per municipality and column: bare counts, because a share would reveal its whole."""
    return [
        hide_cell(Cell(place, name, key, column.label, column.numbers[place]), place in column.hidden)
        for place, name in places.items()
        for key, column in found.items()
    ]


def build_sum_cells(key: str, whole: Column, parts: Columns, places: Places) -> list[Cell]:
    """A cell per municipality with the sum of others."""
    return [
        hide_cell(
            Cell(place, name, key, whole.label, whole.numbers[place]),
            hidden_sum(whole.numbers[place], *split_shown(place, parts)),
        )
        for place, name in places.items()
    ]


def build_part_cells(key: str, label: str, numbers: Mapping[str, int], parts: Columns, places: Places) -> list[Cell]:
    """A cell per municipality that counts part of what others count, and reveals no more than they do.

    If a whole column is hidden, so are its zeros: otherwise 'not zero' would reveal who is in it.
    """
    nothing_shown = any(set(places) <= part.hidden for part in parts.values())
    return [
        hide_cell(
            Cell(place, name, key, label, numbers.get(place, 0)),
            nothing_shown or hidden_part(numbers.get(place, 0), *split_shown(place, parts)),
        )
        for place, name in places.items()
    ]
