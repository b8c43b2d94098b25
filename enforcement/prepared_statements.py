"""Statements that the database plans once per connection: planning one of ours takes longer than running it."""

from select import POLLIN, poll
from typing import Any

from django.db import connection
from psycopg import Cursor


def fetch_prepared(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose text never varies; it may be the first of a request."""
    close_lost_connection()
    connection.ensure_connection()
    # Django's own cursors interpolate the values, so that the database sees a new statement each time.
    with connection._prepare_cursor(Cursor(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def close_lost_connection() -> None:
    """Close a lost connection so that a new one is made. Asking the server would cost each question a round trip."""
    if connection.connection is None or connection.in_atomic_block:
        return
    if is_gone() and not connection.is_usable():
        connection.close()


def is_gone() -> bool:
    """Whether something arrived unrequested: usually that the server is closing the connection."""
    if connection.connection.closed:
        return True
    said = poll()
    said.register(connection.connection.fileno(), POLLIN)
    return bool(said.poll(0))
