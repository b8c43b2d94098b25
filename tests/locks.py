"""Wait until another session of the same test stands before a lock: so two that come at once really meet."""

import time

from django.db import connection

PATIENCE = 30
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def wait_until_blocked(count: int = 1) -> None:
    """Return as soon as `count` sessions wait for a lock; other tests have other databases on the same server."""
    end = time.monotonic() + PATIENCE
    while count_blocked() < count:
        assert time.monotonic() < end, "nobody came to wait"
        time.sleep(0.02)


def count_blocked() -> int:
    """How many sessions wait now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction keeps seeing its first answer
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])
