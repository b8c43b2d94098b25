"""The reference data as every test finds them: what a test with real transactions wrote is taken back after it.

Django would empty every table, and make all permissions anew: a second for each test. Here only those tables are put
back that something was written to.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

SCHEMA = "as_loaded"
Mark = tuple[int, int]
_marks: dict[str, Mark] = {}
"""How each table was left: nothing was written to it as long as `marks` says the same."""


def keep() -> None:
    """Copy every table that has rows now into a schema of its own, and remember its state."""
    with connection.cursor() as cursor:
        _marks.update(marks(cursor, tables(cursor)))
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in with_rows():
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE "{table}"')


def put_back() -> None:
    """Restore every table that was written to."""
    kept = with_rows()
    with transaction.atomic(), connection.cursor() as cursor:
        now = marks(cursor, list(_marks))
        written = [table for table, mark in now.items() if mark != _marks[table]]
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key: rows go and come
        for table in written:
            cursor.execute(f'DELETE FROM "{table}"')
            if table in kept:
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {SCHEMA}."{table}"')
        _marks.update(marks(cursor, written))
    if ContentType._meta.db_table in written:
        ContentType.objects.clear_cache()


def tables(cursor: CursorWrapper) -> list[str]:
    """All that a test can write to."""
    return [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]


def with_rows() -> set[str]:
    """The tables that had rows when they were kept."""
    return {table for table, (rows, _written) in _marks.items() if rows}


def marks(cursor: CursorWrapper, names: list[str]) -> dict[str, Mark]:
    """For each table its number of rows, and the sum of the transactions that wrote them: these only count up."""
    if not names:
        return {}
    parts = (f"SELECT '{name}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM \"{name}\"" for name in names)
    cursor.execute(" UNION ALL ".join(parts))
    return {name: (rows, int(written)) for name, rows, written in cursor.fetchall()}
