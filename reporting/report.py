"""The report: every figure over one period, computed once; everything that shows figures reads this object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exemptions.models import KindVersion
from reporting.figures import FIGURES, Figure, Row
from reporting.period import Period


@dataclass(frozen=True)
class ComputedFigure:
    """A figure with its rows."""

    figure: Figure
    rows: Sequence[Row]

    @property
    def splits(self) -> bool:
        """Whether the rows are parts of one whole, so that there are percentages."""
        return any(row.of is not None for row in self.rows)


@dataclass(frozen=True)
class Report:
    """The figures of a period, by id. `left_out`: those that say nothing about the chosen cases."""

    period: Period
    figures: dict[str, ComputedFigure]
    left_out: Sequence[Figure] = ()

    def as_data(self) -> dict[str, Any]:
        """The report as data for JSON."""
        only = self.period.only.as_data()
        return {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as_of": self.period.as_of.isoformat(),
            **({"only": only} if only else {}),
            "figures": {name: _figure_data(computed) for name, computed in self.figures.items()},
        }


def compute_report(period: Period, figures: Mapping[str, Figure] = FIGURES) -> Report:
    """Compute the figures that are about the chosen cases, from what the database knows now, in the active language."""
    period = replace(period, memory={})
    chosen, scopes = (
        period.only.chosen,
        period.only.scopes() if period.only.chosen else frozenset(KindVersion.Scope.values),
    )
    told = {name: figure for name, figure in figures.items() if figure.is_about(chosen, scopes)}
    left_out = [figure for name, figure in figures.items() if name not in told]
    return Report(
        period, {name: ComputedFigure(figure, figure.compute(period)) for name, figure in told.items()}, left_out
    )


def _figure_data(computed: ComputedFigure) -> dict[str, Any]:
    return {
        "title": str(computed.figure.title),
        "counted_on": str(computed.figure.counted_on),
        "rows": [{"key": row.key, "count": row.count, "of": row.of, "percent": row.percent} for row in computed.rows],
    }
