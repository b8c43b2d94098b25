"""Which months were handed in, by whom, and which are missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.deliveries.calendar import due_day, due_on
from reporting.deliveries.kinds import DeliveryKind, Subject


class State(models.TextChoices):
    """What became of a month."""

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
"""For a small cell; screen readers read out the words, which also stand below the table."""
BADGES = {
    State.HANDED_IN: "ok",
    State.CORRECTED: "ok",
    State.WITHOUT_NUMBERS: "neutral",
    State.EXPECTED: "neutral",
    State.MISSING: "warning",
}


@dataclass(frozen=True)
class Cell(Generic[Subject]):
    """One month about one subject, with the delivery that counts as `newest`."""

    kind: DeliveryKind[Subject]
    subject: Subject
    month: date
    newest: Any | None
    due_on: date | None
    today: date

    @property
    def state(self) -> State:
        if self.newest is None:
            return State.MISSING if self.due_on and self.due_on < self.today else State.EXPECTED
        if all(getattr(self.newest, name) is None for name in self.kind.counts):
            return State.WITHOUT_NUMBERS
        return State.CORRECTED if self.corrections else State.HANDED_IN

    @property
    def values(self) -> dict[str, Any]:
        """The values of the delivery that counts."""
        return self.kind.values_of(self.newest)

    @property
    def corrections(self) -> int:
        """How often it was handed in again."""
        return self.newest.number - 1 if self.newest else 0

    @property
    def sign(self) -> str:
        """The state as a small cell shows it."""
        return SIGNS[self.state]

    @property
    def badge(self) -> str:
        """The colour of the state, which says nothing that the words do not."""
        return BADGES[self.state]

    @property
    def stamp(self) -> list[Any]:
        """For a list: the version, when it was handed in, and by whom."""
        names = ("number", "delivered_at", "delivered_by")
        return [getattr(self.newest, name) if self.newest else None for name in names]


def find_newest(kind: DeliveryKind[Subject], subjects: Iterable[Subject]) -> Mapping[tuple[Subject, date], Any]:
    """The delivery that counts, by subject and month."""
    found = kind.deliveries(subjects).newest()
    return {(kind.subject_of(version), version.handed_in_month.month): version for version in found}


def cells_of(
    kind: DeliveryKind[Subject], subjects: Iterable[Subject], *, today: date
) -> dict[Subject, list[Cell[Subject]]]:
    """Every month that should come in, newest first, by subject. The number of queries is constant."""
    subjects = list(subjects)
    day, newest = due_day(today=today), find_newest(kind, subjects)

    def cell(subject: Subject, month: date) -> Cell[Subject]:
        return Cell(kind, subject, month, newest.get((subject, month)), due_on(month, day=day), today)

    found = kind.months_of(subjects, today)
    return {subject: [cell(subject, month) for month in months] for subject, months in found.items()}


@dataclass(frozen=True)
class Row(Generic[Subject]):
    """The months about one subject; None for a month that need not come in."""

    subject: Subject
    cells: Sequence[Cell[Subject] | None]

    @property
    def missing(self) -> int:
        """How many months are late."""
        return sum(cell is not None and cell.state == State.MISSING for cell in self.cells)


@dataclass(frozen=True)
class Matrix(Generic[Subject]):
    """A year as a table: one row per subject, one column per month."""

    year: int
    years: list[int]
    months: list[date]
    rows: list[Row[Subject]]


def make_matrix(
    kind: DeliveryKind[Subject], subjects: Sequence[Subject], *, today: date, year: int | None = None
) -> Matrix[Subject]:
    """The months of a year that are over; the newest year by default."""
    cells = cells_of(kind, subjects, today=today)
    every = sorted({cell.month for found in cells.values() for cell in found})
    years = sorted({month.year for month in every}, reverse=True)
    shown = year if year in years else next(iter(years), today.year)
    columns = [month for month in every if month.year == shown]
    by_month = {subject: {cell.month: cell for cell in found} for subject, found in cells.items()}
    rows = [Row(subject, [by_month[subject].get(month) for month in columns]) for subject in subjects]
    return Matrix(shown, years, columns, rows)
