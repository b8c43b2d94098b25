"""Who handed in which month: one row a municipality, one column a month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.policy import CurrentPolicy, NotFilledIn
from reporting.models import ReturnVersion
from reporting.returns import months
from reporting.returns.columns import OF_THE_MONTH
from zones.models import Municipality

DUE_DAY = "return_due_day"


class State(models.TextChoices):
    """How far the return of a month is."""

    HANDED_IN = "handed_in", _("handed in")
    CORRECTED = "corrected", _("corrected")
    WITHOUT_NUMBERS = "without_numbers", _("handed in, without numbers")
    EXPECTED = "expected", _("expected")
    MISSING = "missing", _("missing")


SIGNS = {
    State.HANDED_IN: "✓",
    State.CORRECTED: "✓✓",
    State.WITHOUT_NUMBERS: "(✓)",
    State.EXPECTED: "…",
    State.MISSING: "✗",
}
"""For a small cell; the words are read out and stand below the table."""
BADGES = {
    State.HANDED_IN: "ok",
    State.CORRECTED: "ok",
    State.WITHOUT_NUMBERS: "neutral",
    State.EXPECTED: "neutral",
    State.MISSING: "warning",
}


@dataclass(frozen=True)
class Cell:
    """The return of one municipality for one month."""

    municipality: Municipality
    month: date
    newest: ReturnVersion | None
    due_on: date | None
    today: date

    @property
    def state(self) -> State:
        """How far it is."""
        if self.newest is None:
            return State.MISSING if self.due_on and self.due_on < self.today else State.EXPECTED
        if all(getattr(self.newest, name) is None for name in OF_THE_MONTH):
            return State.WITHOUT_NUMBERS
        return State.CORRECTED if self.corrections else State.HANDED_IN

    @property
    def corrections(self) -> int:
        """How often it was handed in again."""
        return self.newest.number - 1 if self.newest else 0

    @property
    def sign(self) -> str:
        """As a small cell shows it."""
        return SIGNS[self.state]

    @property
    def badge(self) -> str:
        """Its colour, which says nothing that the words do not."""
        return BADGES[self.state]


@dataclass(frozen=True)
class Row:
    """The months of one municipality; None where it had no zone."""

    municipality: Municipality
    cells: Sequence[Cell | None]

    @property
    def missing(self) -> int:
        """How many months are late."""
        return sum(cell is not None and cell.state == State.MISSING for cell in self.cells)


def newest_of(municipalities: Iterable[Municipality]) -> dict[tuple[int, date], ReturnVersion]:
    """The delivery that counts, by municipality and month."""
    versions = ReturnVersion.objects.filter(monthly_return__municipality__in=list(municipalities))
    newest = versions.order_by("monthly_return_id", "-number").distinct("monthly_return_id")
    return {
        (version.monthly_return.municipality_id, version.monthly_return.month): version
        for version in newest.select_related("monthly_return", "delivered_by")
    }


def due_day(*, today: date) -> int | None:
    """The day of the next month on which a return is due; None where the desk has emptied it: then nobody is late."""
    try:
        return CurrentPolicy.on(today).number(DUE_DAY)
    except NotFilledIn:
        return None


def due_on(month: date, *, day: int | None) -> date | None:
    """Until which day a month may come in without being late; None where no day is agreed."""
    return None if day is None else months.due_on(month, day=day)


def cells_of(municipalities: Sequence[Municipality], *, today: date) -> dict[int, list[Cell]]:
    """Every month that should come in, newest first, by municipality."""
    day = due_day(today=today)
    newest = newest_of(municipalities)
    by_key = months.of_each(municipalities, today=today)
    return {
        municipality.pk: [
            Cell(
                municipality,
                month,
                newest.get((municipality.pk, month)),
                due_on=due_on(month, day=day),
                today=today,
            )
            for month in by_key[municipality.pk]
        ]
        for municipality in municipalities
    }


@dataclass(frozen=True)
class Matrix:
    """A year of returns."""

    year: int
    years: list[int]
    months: list[date]
    rows: list[Row]


def matrix(municipalities: Sequence[Municipality], *, today: date, year: int | None = None) -> Matrix:
    """The months of a year that are over; the newest year unless told."""
    cells = cells_of(municipalities, today=today)
    every = sorted({cell.month for found in cells.values() for cell in found})
    years = sorted({month.year for month in every}, reverse=True)
    shown = year if year in years else next(iter(years), today.year)
    columns = [month for month in every if month.year == shown]
    rows = []
    for municipality in municipalities:
        by_month = {cell.month: cell for cell in cells[municipality.pk]}
        rows.append(Row(municipality, [by_month.get(month) for month in columns]))
    return Matrix(shown, years, columns, rows)
