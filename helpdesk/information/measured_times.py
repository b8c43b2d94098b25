"""How long decisions take now: measured every night with figure R22 of the report, and stored in rows for the page."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from exemptions.models import Kind
from helpdesk.models import MeasuredTime
from reporting import lead_times
from reporting.period import Period

DAYS = 365
TOO_FEW = 10
"""A percentile of fewer decisions says nothing, and might reveal something about a person."""
FEW = 30
"""With fewer decisions than this, the page says that they are few."""


def last_year(today: date) -> Period:
    """The year up to and including yesterday, as known at its end."""
    yesterday = today - timedelta(days=1)
    return Period(today - timedelta(days=DAYS), yesterday, yesterday)


def measure_kinds(*, today: date) -> int:
    """Measure every kind again; returns the number of kinds with decisions. Idempotent."""
    period = last_year(today)
    found = lead_times.measure_period(period=period)
    codes = set(Kind.objects.values_list("code", flat=True))
    rows = [
        MeasuredTime(
            kind_id=code,
            first=period.first,
            last=period.last,
            decided=times.decided,
            median=times.median,
            p90=times.p90,
            measured_at=timezone.now(),
        )
        for code, times in found.items()
        if code in codes and times.decided
    ]
    with transaction.atomic():
        MeasuredTime.objects.exclude(kind__in=[row.kind_id for row in rows]).delete()
        MeasuredTime.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind"],
            update_fields=["first", "last", "decided", "median", "p90", "measured_at"],
        )
    return len(rows)


def find_lead_time(code: str) -> MeasuredTime | None:
    """The measured times of a kind; None if there are too few decisions to show them."""
    return MeasuredTime.objects.filter(kind=code, decided__gte=TOO_FEW).first()
