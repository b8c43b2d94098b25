"""The numbers of a letter as plain data that can be stored: over its period, the one before, and since the opening."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.utils.translation import override

from reporting import report
from reporting.comparison import find_previous_period, since_opening
from reporting.figures import FIGURES, Row
from reporting.letter import facts
from reporting.letter.wording import DUTCH
from reporting.period import Period
from reporting.report import ComputedFigure, Report

Numbers = dict[str, Any]
KEPT_SECONDS = 3600
SHAPE = 5
"""Bump when the shape of the data changes, so that a new release never reads what an old one cached."""
WORDS = ("title", "counted_on", "scope", "numerator", "denominator")
PARTS = ("key", "count", "of", "percent")  # the fields of a row, besides its label and its note


@dataclass(frozen=True)
class Reports:
    """The reports behind a letter, each computed once when first needed, in Dutch."""

    period: Period

    @cached_property
    def current(self) -> Report:
        """The report over the period."""
        return compute_dutch_report(self.period)

    @cached_property
    def cumulative(self) -> Report:
        """The report since the opening; the current one if the period already goes back that far."""
        whole = since_opening(self.period)
        return self.current if whole == self.period else compute_dutch_report(whole)

    @cached_property
    def previous(self) -> Report | None:
        """The report over the period before, if there is one."""
        before = find_previous_period(self.period)
        return compute_dutch_report(before) if before else None


def gather_numbers(period: Period) -> Numbers:
    """The three reports and the facts that go with them.

    Those of a past period no longer change, so they are cached.
    """
    known: Numbers | None = cache.get(name_of(period)) if period.is_final else None
    return compute_numbers(Reports(period)) if known is None else known


def compute_numbers(reports: Reports) -> Numbers:
    """The same, always computed afresh, and then cached if the period is final."""
    made = as_numbers(reports)
    if reports.period.is_final:
        cache.set(name_of(reports.period), made, KEPT_SECONDS)
    return made


def name_of(period: Period) -> str:
    """The cache key of a period's numbers."""
    return f"letter-{SHAPE}-{period.first}-{period.last}-{period.as_of}"


def as_numbers(reports: Reports) -> Numbers:
    """The reports and facts as data."""
    before = reports.previous
    return {
        "current": as_data(reports.current),
        "previous": as_data(before) if before else None,
        "cumulative": as_data(reports.cumulative),
        "facts": facts.gather_facts(reports.period),
    }


def compute_dutch_report(period: Period) -> Report:
    """A report in Dutch."""
    with override(DUTCH):
        return report.compute_report(period)


def as_data(made: Report) -> dict[str, Any]:
    """A report as plain data, with its texts in Dutch."""
    days = {"from": made.period.first, "to": made.period.last, "as_of": made.period.as_of}
    with override(DUTCH):
        figures = {name: _dump_figure(computed) for name, computed in made.figures.items()}
    return {**{name: day.isoformat() for name, day in days.items()}, "figures": figures}


def _dump_figure(computed: ComputedFigure) -> dict[str, Any]:
    return {
        **{word: str(getattr(computed.figure, word)) for word in WORDS},
        "rows": [_dump_row(row) for row in computed.rows],
    }


def _dump_row(row: Row) -> dict[str, Any]:
    said = {"label": str(row.label), "note": str(getattr(row, "note", ""))}
    return {**said, **{part: getattr(row, part) for part in PARTS}, "partial": row.partial}


def restore_figure(name: str, figure: dict[str, Any]) -> ComputedFigure:
    """A figure as the charts read it, from stored data."""
    return ComputedFigure(
        FIGURES[name], [Row(label=row["label"], **{part: row[part] for part in PARTS}) for row in figure["rows"]]
    )


def compute_checksum(data: Any) -> str:
    """The SHA-256 of plain data, whatever the order of its keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
