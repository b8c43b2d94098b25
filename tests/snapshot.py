"""The reference data as every test finds them: kept once, and brought back when a test has emptied the tables."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

SCHEMA = "as_loaded"


def keep(connection: BaseDatabaseWrapper = connection) -> None:
    """Copy every table that has rows now into a schema beside the tables: a flush does not see it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in connection.introspection.table_names(cursor):
            if table != "django_migrations" and has_rows(cursor, table):
                cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE "{table}"')


def bring_back() -> None:
    """Fill the tables again, where a test with real transactions has left them empty."""
    with transaction.atomic(), connection.cursor() as cursor:
        if has_rows(cursor, "auth_group"):
            return
        tables = kept_tables(cursor)
        if not tables:
            return
        quoted = [f'"{table}"' for table in tables]
        # PostgreSQL checks Django's foreign keys at the end of the transaction: the order does not matter.
        cursor.execute(f"TRUNCATE {', '.join(quoted)} CASCADE")
        for table in quoted:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {SCHEMA}.{table}")
    ContentType.objects.clear_cache()


def kept_tables(cursor: CursorWrapper) -> list[str]:
    """The tables that had rows."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
    return [name for (name,) in cursor.fetchall()]


def has_rows(cursor: CursorWrapper, table: str) -> bool:
    """Whether anything is in it."""
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
    return bool(cursor.fetchone()[0])
