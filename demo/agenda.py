"""Plays what happens in the demo in chronological order, through the product's own steps and daily jobs."""

from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from casework import clock
from exemptions import deadline_monitoring
from exemptions.terms import AMSTERDAM
from objections import deadline_monitoring as objection_monitoring

ONE_DAY = timedelta(days=1)
AT_SEVEN = time(7)
Life = Generator[datetime, None, Any]
"""What happens to one case: yields the moment of the next event, and is resumed at that moment."""


class Agenda:
    """The queue of lives. Each is resumed at its moment, after the daily jobs of the days in between."""

    def __init__(self, *, first: date) -> None:
        self.jobs_on, self.moment = first, datetime.min.replace(tzinfo=AMSTERDAM)
        self.waiting: list[tuple[datetime, int, Life]] = []
        self.places = count()

    def put(self, life: Life, *, place: int | None = None) -> None:
        """Queue a life until its next moment; one without a next moment is over."""
        moment = next(life, None)
        if moment is None:
            return
        if moment < self.moment:
            raise ValueError(f"{life} wants to go on at {moment}, and it is {self.moment}")
        heappush(self.waiting, (moment, next(self.places) if place is None else place, life))

    def live(self) -> None:
        """Play everything, until the queue is empty."""
        while self.waiting:
            self.moment, place, life = heappop(self.waiting)
            self.run_jobs(until=self.moment)
            with clock.at(self.moment):
                self.put(life, place=place)

    def run_jobs(self, *, until: datetime) -> None:
        """Run the jobs of each morning: remind, ask again, let lapse."""
        while (at := datetime.combine(self.jobs_on, AT_SEVEN, AMSTERDAM)) <= until:
            with clock.at(at):
                deadline_monitoring.take_due_steps(today=self.jobs_on)
                objection_monitoring.take_due_steps(today=self.jobs_on)
            self.jobs_on += ONE_DAY
