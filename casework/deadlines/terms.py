"""What a term can do: stand still."""

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
    """Days on which a term stands still: strictly between two days, which themselves count (Awb art. 4:15(1)).

    `invited` is the day the invitation to complete was sent, `ended` the day the application was completed or the term
    to do so had lapsed. The repair of an objection (7:10(2)) has the same shape. So have the other grounds of
    art. 4:15: `invited` is the day before the first day that stands still, `ended` the day that runs again.
    """

    invited: date
    ended: date
    ground: str = COMPLETION

    @classmethod
    def lapsed(cls, invited: date, *, last_day: date, unused_lapse_counts_last_day: bool = False) -> Self:
        """The suspension of an invitation that got no answer until `last_day`, the end of the term to complete.

        The law does not say whether that last day itself still stands still. By default it does not.
        """
        return cls(invited, last_day + ONE_DAY if unused_lapse_counts_last_day else last_day)

    @property
    def days(self) -> int:
        """How many days stand still; none when the answer came at once."""
        return max(0, (self.ended - self.invited).days - 1)

    def dates(self) -> Iterator[date]:
        """The days that stand still, in order."""
        return (self.invited + timedelta(days=number) for number in range(1, self.days + 1))


def suspended_days(suspensions: Iterable[Suspension], after: date | None = None) -> int:
    """How many calendar days stand still, each counted once however many suspensions cover it (Awb art. 4:15).

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
    """The day from which the term runs again, where its last day would lie before it; else None (Awb art. 4:15).

    So it is where the request was sent on the last day of the weeks, or on a day off after it: all days that stand
    still are added, and yet the sum ends among them.
    """
    ended = max((suspension.ended for suspension in suspensions), default=last_day)
    return ended if ended > last_day else None
