"""The journal as a feed: everything after a cursor, in an order into which nothing can be inserted later."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, models

from enforcement.models import ExemptionChange
from zones.models import Municipality

PAGE = 1000
CURSOR = re.compile(r"(\d{1,12})-(\d{1,18})-(\d{1,18})", re.ASCII)


class Cursor(NamedTuple):
    """The position after a line: the series of the journal, the line's transaction, and its number."""

    series: int
    transaction: int
    number: int

    def __str__(self) -> str:
        return f"{self.series}-{self.transaction}-{self.number}"


class OtherSeries(Exception):
    """The cursor dates from before a restore: the consumer has to start again."""


class OldestRunning(models.Func):
    """The oldest transaction still running; all earlier ones have ended."""

    template = """COALESCE(
        (SELECT min(running::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS running
         WHERE NOT EXISTS (
             SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND transactionid = running::xid
             AND datname <> current_database())),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"""
    output_field = models.BigIntegerField()


def read_series() -> int:
    """The current series of transactions; a restored database begins a new one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM enforcement_feed_series")
        return int(cursor.fetchone()[0])


def begin_series() -> None:
    """Begin a new series after a restore, as the owner of the tables and without their triggers."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_exemptionchange SET transaction = 0")
        cursor.execute("SELECT setval('enforcement_feed_series', extract(epoch FROM clock_timestamp())::bigint)")


def find_start() -> Cursor:
    """The position before the first line."""
    return Cursor(read_series(), 0, 0)


def parse_cursor(text: str) -> Cursor:
    """The cursor in a text; raises ValueError if it is not one of ours, OtherSeries if it is no longer valid."""
    found = CURSOR.fullmatch(text)
    if found is None:
        raise ValueError("not a cursor of ours")
    cursor = Cursor(*map(int, found.groups()))
    if cursor.series != read_series():
        raise OtherSeries
    return cursor


def read_changes(municipality: Municipality, *, after: Cursor, most: int = PAGE) -> Sequence[ExemptionChange]:
    """The next lines that a municipality may see, in order: its own, and those valid in every zone."""
    later = models.Q(transaction__gt=after.transaction) | models.Q(transaction=after.transaction, pk__gt=after.number)
    theirs = models.Q(municipality=None) | models.Q(municipality=municipality)
    ended = ExemptionChange.objects.filter(transaction__gte=after.transaction, transaction__lt=OldestRunning())
    return list(ended.filter(later, theirs).select_related("municipality").order_by("transaction", "pk")[:most])


def find_next(changes: Sequence[ExemptionChange], *, after: Cursor) -> Cursor:
    """The cursor to continue from; the same one if there was nothing."""
    return after._replace(transaction=changes[-1].transaction, number=changes[-1].pk) if changes else after
