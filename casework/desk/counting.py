"""Counting rows as far as anybody reads: what has ended, or the backlog of years, is never counted through."""

from collections.abc import Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import number_format

Key = TypeVar("Key", bound=Hashable)
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Count:
    """A statement that counts the rows of several queries, and its parameters. `keys`: of the queries it holds."""

    keys: tuple[Hashable, ...]
    sql: str
    parameters: tuple[Any, ...]


def count_rows(queries: Mapping[Key, QuerySet[Any]]) -> dict[Key, int]:
    """The number of rows of each, no further than one above `MOST_COUNTED`: one query."""
    return {**dict.fromkeys(queries, 0), **run_count(write_count(queries))}


def write_count(queries: Mapping[Key, QuerySet[Any]]) -> Count:
    """The statement for the number of rows of each, without those that never find any.

    Written around the SQL of each: as subqueries of a query of Django's, giving every table a new alias took longer
    than PostgreSQL takes to count.
    """
    parts: dict[Key, tuple[str, tuple[Any, ...]]] = {}
    for key, rows in queries.items():
        with suppress(EmptyResultSet):  # a role that sees no row
            parts[key] = rows.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
    counted = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _values in parts.values())  # noqa: S608
    return Count(tuple(parts), f"SELECT {counted}", tuple(value for _sql, values in parts.values() for value in values))


def run_count(count: Count) -> dict[Any, int]:
    """The numbers by key."""
    if not count.keys:
        return {}
    with connection.cursor() as cursor:  # Django wrote each part, and the values stay apart from it
        cursor.execute(count.sql, count.parameters)
        return dict(zip(count.keys, cursor.fetchone() or (), strict=True))


def describe_count(number: int) -> str:
    """The number, or that there are more: '13', '1,000+'."""
    return f"{number_format(MOST_COUNTED)}+" if number > MOST_COUNTED else number_format(number)
