"""Keeps a clock that jumps from stopping the jobs, or from having one run a day early."""

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
    """Celery's scheduler, but a last run in the future counts as now: the clock was ahead and has been corrected.

    Otherwise nothing would run until the clock gets there again, even after a restart.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if self.forget_the_future():
            self._heap = None  # rebuilt by the tick itself
        waits: float = super().tick(*args, **kwargs)
        return waits

    def forget_the_future(self) -> bool:
        """Set last runs in the future to now; returns whether there were any."""
        ahead = [
            entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > entry.default_now()
        ]
        for entry in ahead:
            log.warning("clock_was_ahead", job=entry.name, last_run=entry.last_run_at)
            entry.last_run_at = entry.default_now()
        return bool(ahead)


class Job(Task[Any, Any]):
    """A task that a worker skips while its clock and the database's differ too much."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it, unless the clock is wrong: then the schedule tries again next time."""
        if not self.request.called_directly and (apart := abs(ahead_of_database())) > MOST_APART:
            log.error("clock_differs", job=self.name, seconds=int(apart.total_seconds()))
            return None
        return super().__call__(*args, **kwargs)


def ahead_of_database() -> timedelta:
    """How far this machine's clock is ahead of the database's; negative if it is behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return timezone.now() - at
