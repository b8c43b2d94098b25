"""The report: every figure over one period, computed once; everything that shows figures reads this object."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reporting.figures import FIGURES, Figure, Row
from reporting.period import Period


@dataclass(frozen=True)
class Computed:
    """A figure with its rows."""

    figure: Figure
    rows: Sequence[Row]

    @property
    def splits(self) -> bool:
        """Whether the rows are parts of one whole, so that there are percentages."""
        return any(row.of is not None for row in self.rows)


@dataclass(frozen=True)
class Report:
    """All figures of a period, by id."""

    period: Period
    figures: dict[str, Computed]

    def as_data(self) -> dict[str, Any]:
        """The report as its JSON has it."""
        return {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as_of": self.period.as_of.isoformat(),
            "figures": {name: _figure_data(computed) for name, computed in self.figures.items()},
        }


def compute(period: Period) -> Report:
    """Compute every figure, in the active language."""
    return Report(period, {name: Computed(figure, figure.compute(period)) for name, figure in FIGURES.items()})


def _figure_data(computed: Computed) -> dict[str, Any]:
    return {
        "title": str(computed.figure.title),
        "counted_on": str(computed.figure.counted_on),
        "rows": [{"key": row.key, "count": row.count, "of": row.of, "percent": row.percent} for row in computed.rows],
    }
