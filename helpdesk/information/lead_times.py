"""How long it takes now: measured at night with figure R22 of the report, and read from a row by the page."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from exemptions.models import Kind
from helpdesk.models import MeasuredTime
from reporting import lead_times
from reporting.period import Period

DAYS = 365
TOO_FEW = 10
"""Of fewer decisions a percentile says nothing, and might tell of a person."""
FEW = 30
"""Of fewer the page says that they are few."""


def last_year(today: date) -> Period:
    """The year up to yesterday, as it is known now."""
    yesterday = today - timedelta(days=1)
    return Period(today - timedelta(days=DAYS), yesterday, yesterday)


def measure_kinds(*, today: date) -> int:
    """Measure every kind again; returns how many have decisions. Idempotent."""
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
    """What was measured of a kind; None if there is nothing, or too little to show."""
    return MeasuredTime.objects.filter(kind=code, decided__gte=TOO_FEW).first()
