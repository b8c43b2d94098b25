"""Statements that the database plans once for each connection: planning one of ours takes it longer than running it."""

from select import POLLIN, poll
from typing import Any

from django.db import connection
from psycopg import Cursor


def fetch_prepared(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is always the same text; it may be the first of a request."""
    close_lost_connection()
    connection.ensure_connection()
    # Django's own cursors put the values into the text, and the database sees another statement each time.
    with connection._prepare_cursor(Cursor(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def close_lost_connection() -> None:
    """So that another one is made. A server that ended it said so: asking it would be a journey for each question."""
    if connection.connection is None or connection.in_atomic_block:
        return
    if is_gone() and not connection.is_usable():
        connection.close()


def is_gone() -> bool:
    """Whether something came in unrequested: usually that the server is closing the connection."""
    if connection.connection.closed:
        return True
    said = poll()
    said.register(connection.connection.fileno(), POLLIN)
    return bool(said.poll(0))
