"""Who handed in which month: one row a municipality, one column a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.deliveries.overview import Cell, State, cells_of
from reporting.returns.kind import RETURNS
from zones.models import Municipality


@dataclass(frozen=True)
class Row:
    """The months of one municipality; None where it had no zone."""

    municipality: Municipality
    cells: Sequence[Cell[Municipality] | None]

    @property
    def missing(self) -> int:
        """How many months are late."""
        return sum(cell is not None and cell.state == State.MISSING for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """A year of returns."""

    year: int
    years: list[int]
    months: list[date]
    rows: list[Row]


def matrix(municipalities: Sequence[Municipality], *, today: date, year: int | None = None) -> Matrix:
    """The months of a year that are over; the newest year unless told."""
    cells = cells_of(RETURNS, municipalities, today=today)
    every = sorted({cell.month for found in cells.values() for cell in found})
    years = sorted({month.year for month in every}, reverse=True)
    shown = year if year in years else next(iter(years), today.year)
    columns = [month for month in every if month.year == shown]
    rows = []
    for municipality in municipalities:
        by_month = {cell.month: cell for cell in cells[municipality]}
        rows.append(Row(municipality, [by_month.get(month) for month in columns]))
    return Matrix(shown, years, columns, rows)
