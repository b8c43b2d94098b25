"""Tables as PostgreSQL's COPY writes them, in one order and format, so that equal rows are equal bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from zesportal.backup.archive import PART

ONE_FORM = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "client_encoding": "UTF8",
}
"""Values are written in this format, however the server and role are configured."""


@dataclass
class Digest:
    """Shows whether two tables are equal: the number of rows, and the sum over their bytes."""

    rows: int = 0
    _sum: Any = None

    def __post_init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        """Add these bytes; a row is a line, since newlines within a value are escaped."""
        self.rows += chunk.count(b"\n")
        self._sum.update(chunk)

    def as_data(self) -> dict[str, Any]:
        """The digest as it is in the archive."""
        return {"rows": self.rows, "sha256": self._sum.hexdigest()}


def use_one_form(cursor: CursorWrapper) -> None:
    """Write values in the same format everywhere, until the end of the transaction."""
    for setting, value in ONE_FORM.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


def list_tables(cursor: CursorWrapper) -> list[str]:
    """Every table, including those of libraries."""
    return sorted(connection.introspection.table_names(cursor))


def list_columns(cursor: CursorWrapper, table: str) -> list[str]:
    """The columns that are not generated, in the order of the table."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [quote_table(table)],
    )
    return [name for (name,) in cursor.fetchall()]


def quote_table(table: str) -> str:
    """The name, quoted for SQL."""
    return connection.ops.quote_name(table)


def copy_rows(cursor: CursorWrapper, table: str, shown: list[str], digest: Digest) -> Iterator[bytes]:
    """The rows by primary key, in parts, with every row added to the digest."""
    statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, shown)),
        sql.Identifier(table),
        sql.SQL(", ").join(_build_order(cursor, table)),
    )
    part = bytearray()
    with cursor.copy(statement) as copy:
        for chunk in copy:
            digest.add(bytes(chunk))
            part += chunk
            while len(part) >= PART:
                yield bytes(part[:PART])
                del part[:PART]
    if part:
        yield bytes(part)


def _build_order(cursor: CursorWrapper, table: str) -> list[sql.Composable]:
    """The primary key; text by its bytes, because collations differ between machines."""
    cursor.execute(
        "SELECT attname, attcollation <> 0 FROM pg_index"
        " CROSS JOIN unnest(indkey) WITH ORDINALITY AS key (number, place)"
        " JOIN pg_attribute ON attrelid = indrelid AND attnum = key.number"
        " WHERE indrelid = %s::regclass AND indisprimary ORDER BY key.place",
        [quote_table(table)],
    )
    by_name, by_bytes = sql.SQL("{}"), sql.SQL('{} COLLATE "C"')
    return [(by_bytes if is_text else by_name).format(sql.Identifier(name)) for name, is_text in cursor.fetchall()]


def compute_digest(cursor: CursorWrapper, table: str) -> Digest:
    """The digest of the table as it is now."""
    digest = Digest()
    for _part in copy_rows(cursor, table, list_columns(cursor, table), digest):
        pass
    return digest


def empty_tables(cursor: CursorWrapper) -> None:
    """Delete every row, and restart every sequence."""
    every = sql.SQL(", ").join(map(sql.Identifier, list_tables(cursor)))
    cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(every).as_string(cursor.connection))


def load_rows(cursor: CursorWrapper, table: str, filled: list[str], parts: Iterable[bytes]) -> None:
    """Load rows into these columns."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, filled))
    )
    with cursor.copy(statement) as copy:
        for part in parts:
            copy.write(part)


def read_sequences(cursor: CursorWrapper) -> dict[str, int | None]:
    """The last value of each sequence; None if it has none yet."""
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
    return dict(sorted(cursor.fetchall()))


def set_sequences(cursor: CursorWrapper, last: dict[str, int | None]) -> None:
    """Continue each sequence after its last value."""
    for name, value in last.items():
        if value is not None:
            cursor.execute("SELECT setval(%s::regclass, %s)", [quote_table(name), value])
