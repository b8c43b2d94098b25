"""Suspension: what stops a term from running."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from casework.calendar import ONE_DAY

COMPLETION = "completion"
"""The ground of a request to complete or to repair (Awb art. 4:15(1)(a), 7:10(2))."""


@dataclass(frozen=True)
class Suspension:
    """Days on which a term is suspended: strictly between two days, which themselves count (Awb art. 4:15(1)).

    `invited` is the day the invitation to complete was sent, `ended` the day the application was completed or the term
    to do so had lapsed. The repair of an objection (7:10(2)) has the same shape, and so do the other grounds of
    art. 4:15: `invited` is the day before the first suspended day, `ended` the day on which the term runs again.
    """

    invited: date
    ended: date
    ground: str = COMPLETION

    @classmethod
    def lapsed(cls, invited: date, *, last_day: date, unused_lapse_counts_last_day: bool = False) -> Self:
        """The suspension for an invitation without an answer by `last_day`, the end of the term to complete.

        The law does not say whether that last day is itself still suspended. By default it is not.
        """
        return cls(invited, last_day + ONE_DAY if unused_lapse_counts_last_day else last_day)

    @property
    def days(self) -> int:
        """How many days are suspended; none if the answer came at once."""
        return max(0, (self.ended - self.invited).days - 1)

    def dates(self) -> Iterator[date]:
        """The suspended days, in order."""
        return (self.invited + timedelta(days=number) for number in range(1, self.days + 1))


def suspended_days(suspensions: Iterable[Suspension], after: date | None = None) -> int:
    """How many calendar days are suspended, each counted once however many suspensions cover it (Awb art. 4:15).

    With `after`, only the days later than that one.
    """
    days = {day for suspension in suspensions for day in suspension.dates()}
    return sum(after is None or day > after for day in days)


def count_by_ground(suspensions: Iterable[Suspension], after: date | None = None) -> dict[str, int]:
    """The days of `suspended_days`, by ground: a day that several cover is of the first of them."""
    days: dict[date, str] = {}
    for suspension in suspensions:
        for day in suspension.dates():
            days.setdefault(day, suspension.ground)
    return dict(Counter(ground for day, ground in days.items() if after is None or day > after))


def end_of_standstill(last_day: date, *, suspensions: Iterable[Suspension]) -> date | None:
    """The day from which the term runs again, if its last day would lie before it; otherwise None (Awb art. 4:15).

    This happens when the request was sent on the last day of the weeks, or on a day off after it: all suspended days
    are added, and yet the sum ends among them.
    """
    ended = max((suspension.ended for suspension in suspensions), default=last_day)
    return ended if ended > last_day else None
