"""The year, played once, in a file: written and read with COPY."""

import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from casework.models import CaseKey, Event, ReferenceVersion

FILE = Path(__file__).with_name("history.xz")
APPS = ("zones", "accounts", "casework", "exemptions", "objections", "renewals")
REFERENCE: Mapping[str, tuple[str, ...]] = {
    "accounts_user": ("email",),
    "zones_municipality": ("cbs_code",),
    "casework_lettertext": ("kind", "language", "version"),
    "exemptions_kindversion": ("kind_id", "valid_from"),
    "exemptions_ground": ("kind_id", "code", "valid_from"),
    "exemptions_evidencerequirement": ("kind_id", "code"),
}
"""How a row that others refer to is found in another database. Later ones may refer to earlier ones."""
LEFT_OUT = ("casework_message", "accounts_user_groups", "exemptions_kind", "zones_municipalauthority")
"""Mails are not kept for so long, groups belong to who logs in; the codes of kinds are the same everywhere, and what
letters say of a municipality comes with the reference tables."""
MADE_BY_TRIGGERS = (CaseKey._meta.db_table, ReferenceVersion._meta.db_table)
"""Rows that triggers make for those of other tables."""
BEYOND = 1_000_000
"""The keys of the year's rows begin here in tables that have others, so that they do not collide."""
NULL = b"\\N"
Keys = dict[bytes, bytes]
"""From a primary key in the file to the one in this database."""
Change = Callable[[bytes], bytes]
IN_DETAIL = {"ground": "exemptions_ground", "kind": "exemptions_kindversion", "to": "accounts_user"}
"""What the keys in the details of events refer to."""
NAMED = re.compile(rb'"(%s)": (\d+)' % "|".join(IN_DETAIL).encode())


@dataclass(frozen=True)
class Table:
    """Rows of a table: `known` bytes from before the year, up to the key `last_known`; `own` bytes, from `first` on."""

    name: str
    columns: list[str]
    known: int
    own: int
    last_known: int
    first: int

    @property
    def key(self) -> str:
        """The column of the primary key, which comes first."""
        return quote_name(self.columns[0])

    @property
    def copy(self) -> str:
        """The COPY statement for its rows."""
        return f"COPY {quote_name(self.name)} ({', '.join(map(quote_name, self.columns))}) FROM STDIN"


@dataclass(frozen=True)
class Head:
    """The contents of the first line."""

    migrations: dict[str, str]
    tables: list[Table]

    @property
    def is_current(self) -> bool:
        """Whether the tables are those of today's migrations."""
        return self.migrations == newest_migrations()


def read_head(file: IO[bytes]) -> Head:
    """Read the first line; the rows follow."""
    head = json.loads(file.readline())
    return Head(head["migrations"], [Table(**table) for table in head["tables"]])


# --- Writing ----------------------------------------------------------------------------------------------


def last_keys() -> dict[str, int]:
    """The last primary key of every table with rows from before the year; the year's keys begin far above it."""
    found = {}
    with connection.cursor() as cursor:
        for model in models_of_cases():
            name, key = model._meta.db_table, list_columns(model)[0]
            cursor.execute(f"SELECT max({quote_name(key)}) FROM {quote_name(name)}")
            if last := cursor.fetchone()[0]:
                found[name] = last
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, key, BEYOND])
    return found


def write_file(path: Path, *, known: Mapping[str, int]) -> None:
    """Write every table that has rows. `known`: the last key from before the year, for those that had rows then."""
    tables, rows = [], []
    for model in models_of_cases():
        name, last_known = model._meta.db_table, known.get(model._meta.db_table, 0)
        before, own = dump_rows(model, f"<= {last_known}"), dump_rows(model, f"> {last_known}")
        if own or name in REFERENCE:
            tables.append(Table(name, list_columns(model), len(before), len(own), last_known, first_key(own)))
            rows += [before, own]
    head = {"migrations": newest_migrations(), "tables": [asdict(table) for table in tables]}
    with lzma.open(path, "wb", preset=9) as file:
        file.write(json.dumps(head).encode() + b"\n")
        file.writelines(rows)


def dump_rows(model: type[models.Model], keys: str) -> bytes:
    """Rows as COPY writes them, in the order of their keys, without passwords."""
    key, *others = list_columns(model)
    chosen = ", ".join([quote_name(key), *("'!'" if column == "password" else quote_name(column) for column in others)])
    table, first = quote_name(model._meta.db_table), quote_name(key)
    rows = f"SELECT {chosen} FROM {table} WHERE {first} {keys} ORDER BY {first}"
    with connection.cursor() as cursor, cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
        return b"".join(copy)


def first_key(rows: bytes) -> int:
    """The key of the first row, which is its first column."""
    return int(rows.partition(b"\t")[0] or 0)


# --- Loading ----------------------------------------------------------------------------------------------


@transaction.atomic
def load_file(path: Path) -> None:
    """Load the year's rows, all or none. Raises CommandError if other rows have their keys."""
    with lzma.open(path) as file:
        tables = read_head(file).tables
        keys: dict[str, Keys] = {}
        for table in tables:
            known = file.read(table.known)
            if table.name in REFERENCE:
                keys[table.name] = keys_here(table, known.splitlines(), keys)
            take_in(table, file, find_references(table, keys))
    set_sequences(tables)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # many rows came at once: do not wait for autovacuum


def restore_file(path: Path) -> Head:
    """Load every row as it is in the file, into empty tables of that version."""
    with lzma.open(path) as file, connection.cursor() as cursor:
        head = read_head(file)
        cursor.execute("SET session_replication_role TO replica")  # rows precede those that they refer to
        for table in head.tables:
            cursor.execute(f"DELETE FROM {quote_name(table.name)}")
            with cursor.copy(table.copy) as copy:
                copy.write(file.read(table.known + table.own))
        cursor.execute("SET session_replication_role TO DEFAULT")
    set_sequences(head.tables)
    return head


def take_in(table: Table, file: IO[bytes], changed: Mapping[int, Change]) -> None:
    """Load the rows of a table, with the keys that rows have in this database."""
    rows = file.read(table.own)
    if table.name in MADE_BY_TRIGGERS:
        return
    refuse_taken_keys(table, rows)
    with connection.cursor() as cursor, cursor.copy(table.copy) as copy:
        if changed:
            rows = b"".join(b"\t".join(renumber_row(line.split(b"\t"), changed)) + b"\n" for line in rows.splitlines())
        copy.write(rows)


def renumber_row(row: list[bytes], changed: Mapping[int, Change]) -> Iterator[bytes]:
    """A row with other keys in some columns."""
    for place, value in enumerate(row):
        yield changed[place](value) if place in changed else value


def keys_here(table: Table, rows: Iterable[bytes], keys: Mapping[str, Keys]) -> Keys:
    """For every row of a reference table, its key in this database."""
    names = REFERENCE[table.name]
    here = {as_words(row[1:]): str(row[0]).encode() for row in own_rows(table.name, names)}
    changed, places = find_references(table, keys), [table.columns.index(name) for name in names]
    found = {}
    for line in rows:
        row = list(renumber_row(line.split(b"\t"), changed))
        if (key := here.get(tuple(row[place].decode() for place in places))) is not None:
            found[row[0]] = key
    return found


def own_rows(name: str, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    """The key and some columns of every row in this database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {', '.join(map(quote_name, columns))} FROM {quote_name(name)}")
        return list(cursor.fetchall())


def as_words(values: Iterable[Any]) -> tuple[str, ...]:
    """Values as COPY writes them."""
    return tuple(NULL.decode() if value is None else str(value) for value in values)


def find_references(table: Table, keys: Mapping[str, Keys]) -> dict[int, Change]:
    """The columns that refer to rows with another key here, and how they change."""
    moved = {name: found for name, found in keys.items() if any(old != new for old, new in found.items())}
    model = next(model for model in models_of_cases() if model._meta.db_table == table.name)
    places: dict[int, Change] = {}
    for field in model._meta.concrete_fields:
        to = field.related_model._meta.db_table if isinstance(field.related_model, type) else ""
        if to in moved:
            places[table.columns.index(str(field.column))] = partial(changed_key, moved[to])
    if moved and model is Event:
        places[table.columns.index("detail")] = partial(changed_detail, moved)
    return places


def changed_key(keys: Keys, value: bytes) -> bytes:
    """The key here; unchanged if it is not of a reference row."""
    return keys.get(value, value)


def changed_detail(moved: Mapping[str, Keys], detail: bytes) -> bytes:
    """The details of an event, with the keys of this database."""

    def change(found: re.Match[bytes]) -> bytes:
        name, key = found.groups()
        return b'"%s": %s' % (name, changed_key(moved.get(IN_DETAIL[name.decode()], {}), key))

    return NAMED.sub(change, detail)


def refuse_taken_keys(table: Table, rows: bytes) -> None:
    """Refuse to load the year if its keys are taken; rows are in the order of their keys."""
    span = [table.first, first_key(rows[rows.rfind(b"\n", 0, -1) + 1 :])]
    taken = f"SELECT EXISTS (SELECT FROM {quote_name(table.name)} WHERE {table.key} BETWEEN %s AND %s)"
    with connection.cursor() as cursor:
        cursor.execute(taken, span)
        if rows and cursor.fetchone()[0]:
            raise CommandError(f"The demo needs a database without cases: {table.name} has rows of its own.")


def set_sequences(tables: Iterable[Table]) -> None:
    """Have new rows come after those of the year."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.columns[0]])
            if sequence := cursor.fetchone()[0]:
                cursor.execute(f"SELECT setval(%s, max({table.key})) FROM {quote_name(table.name)}", [sequence])


# --- Tables -----------------------------------------------------------------------------------------------


def models_of_cases() -> list[type[models.Model]]:
    """The models of the year: reference rows first, then each app after its dependencies."""
    every = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    order: Sequence[str] = [*REFERENCE]
    kept = [model for model in every if model._meta.managed and model._meta.db_table not in LEFT_OUT]
    return sorted(kept, key=lambda model: (model._meta.db_table not in order, *_find_place(model, order)))


def _find_place(model: type[models.Model], order: Sequence[str]) -> tuple[int, ...]:
    return (order.index(model._meta.db_table),) if model._meta.db_table in order else ()


def list_columns(model: type[models.Model]) -> list[str]:
    """The key, then the other columns."""
    key = model._meta.pk
    others = (field for field in model._meta.concrete_fields if field is not key)
    return [str(key.column), *(str(field.column) for field in others)]


def number_tables() -> dict[str, int]:
    """Every table by name, with the number that it keeps if a migration renames it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, tablename::regclass::oid::bigint FROM pg_tables WHERE schemaname = 'public'")
        return dict(cursor.fetchall())


def newest_migrations() -> dict[str, str]:
    """The last migration of each app at which the year is written."""
    leaves = MigrationLoader(None).graph.leaf_nodes()
    return {app: name for app, name in leaves if app in APPS}


def quote_name(name: str) -> str:
    """A name, quoted for SQL."""
    return connection.ops.quote_name(name)
