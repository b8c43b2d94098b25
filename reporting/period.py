"""The period of a report: the days that count, the day by which it was known, and the cases it covers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions.terms import months_later, start_of_day
from reporting.selection import EVERYTHING, Selection

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
ONE_DAY = timedelta(days=1)


class BadPeriod(ValueError):
    """These days make no period; the message is for the user."""


@dataclass(frozen=True)
class Period:
    """Whole days in Amsterdam: from the first to the last, both included, as known at the end of `as_of`.

    `only`: the part of the cases it covers.

    Raises BadPeriod for days in the wrong order, or outside 2000–2099.
    """

    first: date
    last: date
    as_of: date
    only: Selection = EVERYTHING
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not all(EARLIEST <= day <= LATEST for day in (self.first, self.last, self.as_of)):
            raise BadPeriod(_("Give days between 2000 and 2099."))
        if self.last < self.first:
            raise BadPeriod(_("The last day is before the first day. Swap them."))
        if self.as_of < self.first:
            raise BadPeriod(_("The state is asked as of a day before the period: nothing had happened yet."))

    @property
    def starts_at(self) -> datetime:
        """The first moment that counts."""
        return start_of_day(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer counts: after the last day, or after `as_of` if that comes first."""
        return min(start_of_day(self.last + ONE_DAY), self.seen_until)

    @property
    def seen_until(self) -> datetime:
        """The first moment after `as_of`, of which the report knows nothing."""
        return start_of_day(self.as_of + ONE_DAY)

    def once(self, name: str, compute: Callable[[], Any]) -> Any:
        """Compute what several figures of one report need once, for the first that asks."""
        if name not in self.memory:
            self.memory[name] = compute()
        return self.memory[name]

    @property
    def is_final(self) -> bool:
        """Whether the same report will always give the same figures: the day of `as_of` has passed."""
        return self.seen_until <= timezone.now()


def read_day(text: str) -> date:
    """Parse a day such as 2025-07-31; raises BadPeriod for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise BadPeriod(
            _("%(text)r is not a date. Write it as year-month-day, for example 2025-07-31.") % {"text": text}
        )
    return day


def whole_months(first: date, last: date) -> list[date]:
    """The first day of each month, if the days make whole months; otherwise empty."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return []
    return months_touched(first, last)


def months_touched(first: date, last: date) -> list[date]:
    """The first day of every month that the days touch."""
    months, one = [], first.replace(day=1)
    while one <= last:
        months.append(one)
        one = months_later(one, 1)
    return months
