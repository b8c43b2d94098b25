"""Terms counted a second time, in the plainest way. It shares no line with `casework.deadlines`."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay, Event

DAY = timedelta(days=1)


@dataclass
class Wait:
    """A request to complete or repair: the term is suspended strictly between it and its end.

    `sent` is None until its letter is posted.
    """

    sent: date | None
    until: date
    ended: date | None = None
    by_fact: bool = False
    """Not a request: it ends on a day, whether that was used or not."""

    def days(self, *, lapse_counts: bool) -> set[date]:
        """The suspended days."""
        if self.sent is None:
            return set()
        answered_early = self.ended is not None and self.ended < self.until
        if self.by_fact:
            return {self.sent + n * DAY for n in range(1, (self.until - self.sent).days)}
        stop = self.ended if answered_early and self.ended else self.until + (DAY if lapse_counts else timedelta())
        return {self.sent + n * DAY for n in range(1, (stop - self.sent).days)}


@dataclass
class Term:
    """The term to decide on a case, and what happened to it."""

    start: date
    weeks: int
    waits: list[Wait] = field(default_factory=list)
    standstills: list[Wait] = field(default_factory=list)
    """On the other grounds of Awb 4:15; of an application only those that begin in the term."""
    only_later: bool = False
    named: date | None = None
    named_on: date = date.min
    ordered: date | None = None
    """By a court, about an application: it never moves."""

    def due(self, calendar: "Finger") -> date:
        """A suspension counts if it began while the term ran: before its last day, for it starts on the day after."""
        if self.ordered:
            return self.ordered
        still: set[date] = set()
        others = (one for one in self.standstills if one.sent and (one.sent >= self.start or not self.only_later))
        for wait in sorted(filter(lambda one: one.sent, (*self.waits, *others)), key=lambda one: one.sent or date.min):
            if wait.sent and wait.sent < self.last_day(still, calendar):
                still |= wait.days(lapse_counts=calendar.lapse_counts)
        return self.last_day(still, calendar)

    def last_day(self, still: set[date], calendar: "Finger") -> date:
        """Its days, and one more for each that stands still; if a day was named, for each after the naming.

        It ends on no day that stands still.
        """
        begins, ends = (self.named_on, self.named) if self.named else (self.start, self.start + self.weeks * 7 * DAY)
        added = {day for day in still if day > begins}
        if self.named and not added:
            return self.named
        ends = calendar.on_or_after(ends + len(added) * DAY)
        while ends in added:
            ends = calendar.on_or_after(ends + DAY)
        return ends


@dataclass
class Notice:
    """A notice of default with effect."""

    received: date
    first: date
    decided: date | None = None
    euros: int | None = None

    @property
    def last(self) -> date:
        """The 42nd day."""
        return self.first + 41 * DAY

    def count(self, until: date) -> int:
        """Euros for the days before one."""
        days = max(0, min((until - self.first).days, 42))
        return sum(([23] * 14 + [35] * 14 + [45] * 14)[:days])


class Finger:
    """The calendar."""

    def __init__(self) -> None:
        self.calendar = EquatedDay.calendar()
        policy = CurrentPolicy.on(timezone.localdate())
        self.lapse_counts = policy.switch("unused_lapse_counts_last_day")
        self.days_to_complete = policy.number("completion_days")

    def on_or_after(self, day: date) -> date:
        """The first working day."""
        while self.calendar.is_off(day):
            day += DAY
        return day

    def weeks_after(self, day: date, weeks: int) -> date:
        """A number of weeks later, on a working day."""
        return self.on_or_after(day + 7 * weeks * DAY)


def day_of(event: Event) -> date:
    """In Amsterdam."""
    return timezone.localdate(event.at)


def made_known(event: Event) -> date | None:
    """The day on which the letter of a step was made known; None where that comes with posting."""
    return maybe(event, "made_known_on")


def told(event: Event, name: str) -> date:
    """A day that the event keeps."""
    return date.fromisoformat(event.detail[name])


def maybe(event: Event, name: str) -> date | None:
    """The same where it may be empty."""
    return told(event, name) if event.detail.get(name) else None
