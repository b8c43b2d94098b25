"""What a clock that jumps may not do: stop the jobs, or let one of them run a day early."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import Task
from celery.beat import PersistentScheduler
from django.db import connection
from django.utils import timezone

log = structlog.get_logger("loket.clock")

MOST_APART = timedelta(minutes=5)


class ForgivingScheduler(PersistentScheduler):
    """Celery's own, but a last run that lies in the future counts as now: the clock was ahead and has been put right.

    Without this nothing would run until the clock is there again, also after a restart.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One round; see Celery."""
        if self.forget_the_future():
            self._heap = None  # made again by the round itself
        waits: float = super().tick(*args, **kwargs)
        return waits

    def forget_the_future(self) -> bool:
        """Set last runs of a clock that was ahead to now; returns whether there were any."""
        ahead = [
            entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > entry.default_now()
        ]
        for entry in ahead:
            log.warning("clock_was_ahead", job=entry.name, last_run=entry.last_run_at)
            entry.last_run_at = entry.default_now()
        return bool(ahead)


class Job(Task[Any, Any]):
    """A task that a worker leaves alone while its clock and the database's differ too much.

    A worker that lives a day ahead would let terms lapse that people still have.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it, unless the clock is wrong: then the next turn of the schedule tries again."""
        if not self.request.called_directly and (apart := abs(ahead_of_database())) > MOST_APART:
            log.error("clock_differs", job=self.name, seconds=int(apart.total_seconds()))
            return None
        return super().__call__(*args, **kwargs)


def ahead_of_database() -> timedelta:
    """How far this machine's clock is ahead of the database's; negative where it is behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return timezone.now() - at
