"""The rows of a figure for all zones together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reporting.api import disclosure
from reporting.figures import FIGURES, Row
from reporting.figures.conversions import NATIONAL
from reporting.figures.lead_times import Measured
from reporting.period import Period

ONE_CASE = frozenset({"median", "p90"})
"""Of a few decisions these are the days of one of them, not a statistic."""


@dataclass(frozen=True)
class Line:
    """A row as it is published."""

    key: str
    label: str
    count: int | None
    of: int | None
    percent: int | None
    note: str
    suppressed: bool = False


def lines(name: str, period: Period) -> list[dict[str, Any]]:
    """What is public of a figure over a period, in the active language."""
    rows = public(name, FIGURES[name].compute(period))
    decided = {row.kind: row.of or 0 for row in rows if isinstance(row, Measured) and row.measure == "in_time"}
    return [asdict(line(row, hides=is_one_case(row, decided))) for row in rows]


def public(name: str, rows: Sequence[Row]) -> list[Row]:
    """Without the rows of one municipality (R24), and without the topics that editors typed (R20)."""
    if name == "R24":
        return [row for row in rows if row.key == NATIONAL]
    return [row for row in rows if name != "R20" or ":" not in row.key]


def is_one_case(row: Row, decided: dict[str, int]) -> bool:
    """Whether a lead time is that of a few decisions."""
    return isinstance(row, Measured) and row.measure in ONE_CASE and decided.get(row.kind, 0) < disclosure.SMALLEST


def line(row: Row, *, hides: bool) -> Line:
    """One row, with its words as they are now."""
    if hides:
        return Line(row.key, str(row.label), None, None, None, str(row.note), suppressed=True)
    return Line(row.key, str(row.label), row.count, row.of, row.percent, str(row.note))
