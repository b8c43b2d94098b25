"""From when until when an exemption is valid: pure calculations with dates, in Amsterdam time."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from zones.vehicles import years_later

if TYPE_CHECKING:
    from exemptions.models.facts import FactsRecord
    from exemptions.models.kind import KindVersion

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY_ENDS_AT = time(6, 0)


class Window(NamedTuple):
    """The moments between which an exemption is valid, the end exclusive; and its last day, as the letter says it."""

    starts_at: datetime
    ends_at: datetime
    last_day: date


def day_window(day: date) -> Window:
    """A day exemption: 00:00 until 06:00 the next day; 29 or 31 hours if the clock changes."""
    return Window(start_of_day(day), datetime.combine(day + timedelta(days=1), DAY_ENDS_AT, AMSTERDAM), day)


def long_window(starts_on: date, ends_on: date) -> Window:
    """From the first moment of the first day to the last moment of the last."""
    return Window(start_of_day(starts_on), start_of_day(ends_on + timedelta(days=1)), ends_on)


def start_of_day(day: date) -> datetime:
    """The first moment of a day in Amsterdam."""
    return datetime.combine(day, time.min, AMSTERDAM)


def latest_end(kind: "KindVersion", *, facts: "FactsRecord | None", starts_on: date) -> date | None:
    """The last day that a kind allows; None without a limit."""
    return min(ends_of(kind, facts=facts, starts_on=starts_on).values(), default=None)


def ends_of(kind: "KindVersion", *, facts: "FactsRecord | None", starts_on: date) -> dict[str, date]:
    """The last days that limit it: the kind's `duration`, the kind's own `end`, and the vehicle's `age`."""
    limits = {}
    if kind.duration_months:
        limits["duration"] = months_later(starts_on, kind.duration_months) - timedelta(days=1)
    if kind.ends_by:
        limits["end"] = kind.ends_by - timedelta(days=1)
    if kind.below_age_years and facts and facts.vehicle.first_admission:
        limits["age"] = years_later(facts.vehicle.first_admission, kind.below_age_years) - timedelta(days=1)
    return limits


def months_later(day: date, months: int) -> date:
    """The same day of the month, a number of months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
