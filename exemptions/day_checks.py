"""By when to check a day exemption that was granted on what the applicant typed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay

SETTING = "day_check_working_days"


def find_last_day(granted_at: datetime) -> date:
    """The last working day to check what was granted at a moment."""
    days = CurrentPolicy.on(clock.today()).number(SETTING)
    return EquatedDay.calendar().working_days_after(timezone.localdate(granted_at), days)


def find_first_in_time(*, today: date) -> date:
    """The first day of granting whose check is not late yet; anything granted earlier should have been checked."""
    days = CurrentPolicy.on(today).number(SETTING)
    return EquatedDay.calendar().working_days_before(today, days)


def fill_last_days(rows: Iterable[Any]) -> None:
    """Set `check_by`, the last day to check, on each row that carries `granted_at`."""
    granted = {row: row.granted_at for row in rows if getattr(row, "granted_at", None)}
    if not granted:
        return
    days, calendar = CurrentPolicy.on(clock.today()).number(SETTING), EquatedDay.calendar()
    for row, at in granted.items():
        row.check_by = calendar.working_days_after(timezone.localdate(at), days)
