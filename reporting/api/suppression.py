"""One number of one municipality, as it is published."""

from dataclasses import dataclass, replace

from reporting.figures import Row


@dataclass(frozen=True)
class Cell:
    """A count of a municipality, by the municipality's CBS code and the row's key. Hidden: none, and `suppressed`."""

    municipality: str
    name: str
    key: str
    label: str
    count: int | None
    of: int | None = None
    percent: int | None = None
    note: str = ""
    suppressed: bool = False


def hide(cell: Cell, hides: bool) -> Cell:
    """The cell, or what is left of it where it is hidden."""
    return replace(cell, count=None, of=None, percent=None, note="", suppressed=True) if hides else cell


def from_row(place: str, name: str, key: str, label: str, row: Row) -> Cell:
    """A cell with the numbers of a row."""
    return Cell(place, name, key, label, row.count, row.of, row.percent, str(row.note))
