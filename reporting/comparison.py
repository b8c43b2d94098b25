"""What a report is compared with: the period before, and everything since the opening."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Min
from django.utils.translation import get_language

from exemptions.models import KindVersion
from exemptions.terms import months_later
from reporting import report
from reporting.figures import FIGURES, Figure, Row
from reporting.period import Period, whole_months

KEPT_SECONDS = 3600
SHAPE = 2
"""Bump when the shape of the cached rows changes, so that a new release never reads what an old one cached."""
Rows = Mapping[str, Mapping[str, Row]]
"""The rows of each figure, by their key."""


@dataclass(frozen=True)
class Comparison:
    """What a report is compared with: the period before, and the time since the opening; None where there is none."""

    before: Period | None
    opening: Period | None
    previous: Rows
    cumulative: Rows


def compare_periods(period: Period, figures: Mapping[str, Figure] = FIGURES) -> Comparison:
    """The comparison for a report of these figures over this period."""
    before, opening = find_previous_period(period), since_opening(period)
    whole = None if opening == period else opening
    return Comparison(before, whole, compute_rows(before, figures), compute_rows(whole, figures))


def compute_rows(period: Period | None, figures: Mapping[str, Figure] = FIGURES) -> Rows:
    """The rows of a report, in the active language. Those of a final period no longer change, so they are cached."""
    if period is None:
        return {}
    only = "-".join(period.only.as_data().values())
    asked = "" if figures is FIGURES else "-".join(figures)
    name = f"beside-{SHAPE}-{get_language()}-{period.first}-{period.last}-{period.as_of}-{only}-{asked}"
    known: Rows | None = cache.get(name) if period.is_final else None
    if known is None:
        made = report.compute_report(period, figures).figures
        known = {one: {row.key: resolve_texts(row) for row in computed.rows} for one, computed in made.items()}
        if period.is_final:
            cache.set(name, known, KEPT_SECONDS)
    return known


def resolve_texts(row: Row) -> Row:
    """The row with its lazy texts resolved in the active language."""
    return Row(row.key, str(row.label), row.count, row.of, row.percent, str(row.note), partial=row.partial)


def find_opening_day() -> date | None:
    """The day on which the desk opened, when its first kind of exemption took effect; None without kinds."""
    first: date | None = KindVersion.objects.aggregate(first=Min("valid_from"))["first"]
    return first


def since_opening(period: Period) -> Period:
    """The period from the opening to the end of this one."""
    return replace(period, first=min(find_opening_day() or period.first, period.first), memory={})


def find_previous_period(period: Period) -> Period | None:
    """The period of equal length just before, as known equally long after; None if it starts before the opening."""
    first, last = find_days_before(period.first, period.last)
    if first < (find_opening_day() or period.first):
        return None
    return Period(first, last, max(last + (period.as_of - period.last), first), period.only)


def find_days_before(first: date, last: date) -> tuple[date, date]:
    """The first and last day of the period before: whole months for whole months."""
    ended = first - timedelta(days=1)
    months = whole_months(first, last)
    return (months_later(first, -len(months)) if months else first - (last - first) - timedelta(days=1)), ended
