"""The journal as a feed: everything after a cursor, in an order that nothing can be inserted into later.

Transactions commit in a different order from that in which they began, so neither a number nor a moment can be the
cursor: a late commit would lie before it. So a line is shown once every transaction up to its own has ended; after that
no earlier one can appear.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, models

from enforcement.models import ExemptionChange
from zones.models import Municipality

PAGE = 1000
CURSOR = re.compile(r"(\d{1,12})-(\d{1,18})-(\d{1,18})", re.ASCII)


class Cursor(NamedTuple):
    """After which line: the series of the journal, the line's transaction and its number."""

    series: int
    transaction: int
    number: int

    def __str__(self) -> str:
        return f"{self.series}-{self.transaction}-{self.number}"


class OtherSeries(Exception):
    """The cursor is from before a restore: the consumer has to start again."""


class OldestRunning(models.Func):
    """The oldest transaction that has not ended; all before it have.

    The server numbers those of all its databases in one row. One that is known to be of another database writes nothing
    here, and however long it takes, nobody waits for it.
    """

    template = """COALESCE(
        (SELECT min(running::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS running
         WHERE NOT EXISTS (
             SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND transactionid = running::xid
             AND datname <> current_database())),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"""
    output_field = models.BigIntegerField()


def read_series() -> int:
    """Which series of transactions the journal is in; a restored database begins another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM enforcement_feed_series")
        return int(cursor.fetchone()[0])


def begin_series() -> None:
    """After a restore, as the owner of the tables and without their triggers.

    Each server numbers its own transactions, so the numbers of another one mean nothing here. So what was restored lies
    before everything to come, and earlier cursors are refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_exemptionchange SET transaction = 0")
        cursor.execute("SELECT setval('enforcement_feed_series', extract(epoch FROM clock_timestamp())::bigint)")


def find_start() -> Cursor:
    """Before the first line."""
    return Cursor(read_series(), 0, 0)


def parse_cursor(text: str) -> Cursor:
    """What `str` wrote; raises ValueError for what we never gave out, OtherSeries for one that is no longer valid."""
    found = CURSOR.fullmatch(text)
    if found is None:
        raise ValueError("not a cursor of ours")
    cursor = Cursor(*map(int, found.groups()))
    if cursor.series != read_series():
        raise OtherSeries
    return cursor


def read_changes(municipality: Municipality, *, after: Cursor, most: int = PAGE) -> Sequence[ExemptionChange]:
    """The next lines that a municipality may know, in order: its own, and those valid in every zone."""
    later = models.Q(transaction__gt=after.transaction) | models.Q(transaction=after.transaction, pk__gt=after.number)
    theirs = models.Q(municipality=None) | models.Q(municipality=municipality)
    ended = ExemptionChange.objects.filter(transaction__gte=after.transaction, transaction__lt=OldestRunning())
    return list(ended.filter(later, theirs).select_related("municipality").order_by("transaction", "pk")[:most])


def find_next(changes: Sequence[ExemptionChange], *, after: Cursor) -> Cursor:
    """Where to go on; the same cursor where there was nothing."""
    return after._replace(transaction=changes[-1].transaction, number=changes[-1].pk) if changes else after
