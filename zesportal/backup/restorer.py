"""Restores a backup into an empty installation: all or nothing, with proof that it is the same."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import structlog
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from casework.models import Document, Dossier
from enforcement import feed
from enforcement.models import ExemptionChange
from helpdesk.models import Question
from zesportal import database_rights
from zesportal.backup import archive, proof, tables
from zesportal.backup.archive import BackupRefused, Member
from zesportal.backup.writer import FORM, Tell

log = structlog.get_logger("loket.backup")

HELD_IN_MEMORY = 8 * 1024 * 1024
Migrations = set[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """A table, a document, or a single member: its name, and its content, which is read once."""

    name: str
    members: Iterator[Member]

    def only(self) -> bytes:
        """The content of a single member."""
        return next(self.members)[1]


def group_members(members: Iterable[Member]) -> Iterator[Item]:
    """The members of each table or document together, in the order of the archive."""
    for name, group in groupby(members, key=lambda member: belongs_to(member[0])):
        yield Item(name, group)


def belongs_to(name: str) -> str:
    """`tables/casework_event` for each part of that table; a single member has its own name."""
    return name.rpartition("/")[0] or name


def restore_backup(path: Path, keys: list[Any], *, tell: Tell) -> None:
    """Restore and verify everything, and only then commit; an older backup is then migrated."""
    with translate_errors(path), archive.open_archive(path, keys) as members, taken_back_documents() as written:
        everything = group_members(members)
        manifest = read_manifest(next(everything, None), path)
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            refuse_filled(cursor)
            # no triggers and foreign-key checks: the rows were consistent with each other
            cursor.execute("SET LOCAL session_replication_role = replica")
            is_older = fit_tables(cursor, manifest["migrations"])
            tables.use_one_form(cursor)
            tables.empty_tables(cursor)
            Restoration(cursor, manifest, is_older, written, tell).take(everything)
            if ExemptionChange._meta.db_table in tables.list_tables(cursor):
                feed.begin_series()
    log.info("backup_restored", file=path.name)
    if is_older:
        bring_up_to_date(tell)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Report invalid content as one message: anybody with the public key can write a file that this key opens."""
    try:
        yield
    except (LookupError, TypeError, ValueError, StopIteration, RuntimeError, SuspiciousFileOperation) as error:
        raise BackupRefused(f"{path.name} is not as a backup of the Loket is made ({error!r}).") from error


def read_manifest(first: Item | None, path: Path) -> dict[str, Any]:
    """What the backup is of; raises BackupRefused if this version cannot read it."""
    if first is None or first.name != "backup.json":
        raise BackupRefused(f"{path.name} is no backup of the Loket.")
    manifest: dict[str, Any] = json.loads(first.only())
    manifest["migrations"] = name_as_today({(app, name) for app, name in manifest["migrations"]})
    unknown = sorted(manifest["migrations"] - set(MigrationLoader(connection).disk_migrations))
    if manifest["form"] > FORM or unknown:
        raise BackupRefused(
            f"{path.name} was made by another version ({manifest['version']}), which this one does not know"
            + "".join(f" ({app} {name})" for app, name in unknown[:1])
            + ". Install that version, or a later one, and restore with it."
        )
    return manifest


def name_as_today(applied: Migrations) -> Migrations:
    """The same migrations, with a squashed one in place of those that it replaces."""
    for key, squashed in MigrationLoader(connection).replacements.items():
        if applied.issuperset(squashed.replaces):
            applied = (applied - set(squashed.replaces)) | {key}
    return applied


def refuse_filled(cursor: Any) -> None:
    """Raise BackupRefused if there is anything that a person entered."""
    if not connection.introspection.table_names(cursor):
        raise BackupRefused("There are no tables yet. Type `manage.py migrate` first.")
    cursor.execute(f"LOCK TABLE {User._meta.db_table} IN EXCLUSIVE MODE")
    filled = {
        str(model._meta.verbose_name_plural): model._base_manager.count()
        for model in (User, Dossier, Document, Question)
        if model._base_manager.exists()
    }
    if filled:
        raise BackupRefused(
            "This installation is not empty, and a restore would replace what is in it: "
            + ", ".join(f"{count} {name}" for name, count in filled.items())
            + ". Restore into a new database, after `manage.py migrate`."
        )


# --- Tables of an earlier version -------------------------------------------------------------------------


def fit_tables(cursor: Any, wanted: Migrations) -> bool:
    """Migrate the tables to those of the backup; returns whether these are of an earlier version."""
    if name_as_today(set(MigrationRecorder(connection).applied_migrations())) != wanted:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        executor = MigrationExecutor(connection)
        executor.migrate(find_last_migrations(executor, wanted))
    return set(MigrationLoader(connection).disk_migrations) != wanted


def find_last_migrations(executor: MigrationExecutor, wanted: Migrations) -> list[tuple[str, str]]:
    """For each app, the last of these migrations: migrating to it applies them all."""
    nodes = executor.loader.graph.node_map
    return [
        node
        for node in sorted(wanted)
        if not any(child.key in wanted and child.key[0] == node[0] for child in nodes[node].children)
    ]


def bring_up_to_date(tell: Tell) -> None:
    """Migrate to the tables of this version, as an upgrade does."""
    tell("The backup was of an earlier version: bringing its tables up to date.")
    call_command("migrate", verbosity=0)
    if database_rights.role_exists(database_rights.ROLE):
        database_rights.grant_rights(database_rights.ROLE)


# --- The contents of the archive -------------------------------------------------------------------------------


class Restoration:
    """A restore in progress: puts each item back, compares it, and counts."""

    def __init__(self, cursor: Any, manifest: dict[str, Any], is_older: bool, written: IO[str], tell: Tell) -> None:
        self.cursor, self.manifest, self.is_older, self.written, self.tell = cursor, manifest, is_older, written, tell
        self.known = tables.list_tables(cursor)
        self.rows = self.tables = self.documents = 0
        self.is_whole = False

    def take(self, everything: Iterator[Item]) -> None:
        """Restore everything. Raises BackupRefused as soon as something differs, or if the end is missing."""
        single = {
            "sequences.json": self.take_sequences,
            "report.json": self.compare_report,
            "letters.json": self.compare_letters,
            "end.json": self.take_end,
        }
        for item in everything:
            sort, _slash, name = item.name.partition("/")
            if sort == "tables":
                self.take_table(name, item.members)
            elif sort == "documents":
                self.take_document(name, item.members)
            else:
                single[item.name](item.only())
        if not self.is_whole:
            raise BackupRefused("The backup has no end: it was cut short. Take another copy, or an earlier backup.")

    def take_table(self, table: str, members: Iterator[Member]) -> None:
        """Load the rows of a table, and compute its digest again."""
        if table not in self.known:  # the owner could write to those of PostgreSQL itself
            raise LookupError(table)
        columns = json.loads(next(members)[1])
        content = Content(members)
        tables.load_rows(self.cursor, table, columns, content.parts())
        found = tables.compute_digest(self.cursor, table).as_data()
        refuse_unlike(f"the table {table}", found, content.end)
        self.rows += found["rows"]
        self.tables += 1

    def take_sequences(self, content: bytes) -> None:
        """Continue sequences where they were. This comes after all tables."""
        tables.set_sequences(self.cursor, json.loads(content))
        ContentType.objects.clear_cache()
        cache.clear()  # computed while the installation was empty
        self.tell(f"The same: {self.rows:,} rows of {self.tables} tables, by their digests.")

    def compare_report(self, content: bytes) -> None:
        """Compute the whole report again; an earlier version may have counted differently."""
        if self.is_older:
            self.tell("Not compared: the report and the letters, as they were made by an earlier version.")
            return
        as_of = date.fromisoformat(self.manifest["report_as_of"])
        refuse_unlike("the report", proof.render_report(as_of=as_of), content)
        self.tell(f"The same: the whole report as of {as_of}, {len(content):,} bytes of JSON.")

    def compare_letters(self, content: bytes) -> None:
        """Render the newest letters again, if this machine has the same typesetter and fonts."""
        if self.is_older:
            return
        if self.manifest["press"] != proof.describe_press():
            self.tell("Not made again: letters, as this installation has another address or another press.")
            return
        known = json.loads(content)
        refuse_unlike("the letters", proof.digest_letters(), known)
        self.tell(f"The same: {len(known)} letters, made again as PDF.")

    def take_document(self, name: str, members: Iterator[Member]) -> None:
        """Store a file under the name that its row has, and read it back."""
        content = Content(members)
        with tempfile.SpooledTemporaryFile(max_size=HELD_IN_MEMORY) as file:
            for part in content.parts():
                file.write(part)
            file.seek(0)
            self.store(name, file)
        with default_storage.open(name) as stored:
            found = hashlib.file_digest(stored, "sha256").hexdigest()
        refuse_unlike(f"the document {name}", {"sha256": found}, content.end)
        self.documents += 1

    def store(self, name: str, file: IO[bytes]) -> None:
        """Write a file, replacing what an earlier attempt left under its name."""
        if default_storage.exists(name):
            default_storage.delete(name)
        self.written.write(f"{json.dumps(name)}\n")
        default_storage.save(name, File(file))

    def take_end(self, _content: bytes) -> None:
        """Note that the backup is complete."""
        self.is_whole = True
        self.tell(f"The same: {self.documents:,} documents, read again from where they are kept.")


class Content:
    """The parts of a table or document, and the member after the last of them."""

    def __init__(self, members: Iterator[Member]) -> None:
        self.members = members
        self.end: dict[str, Any] = {}

    def parts(self) -> Iterator[bytes]:
        """The parts one by one; after that, `end` is known."""
        for name, content in self.members:
            if name.endswith("/end.json"):
                self.end = json.loads(content)
            else:
                yield content


def refuse_unlike(what: str, found: Any, known: Any) -> None:
    """Raise BackupRefused if something differs from when it was backed up."""
    if found != known:
        raise BackupRefused(f"Not the same as when the backup was made: {what}. Nothing was restored.")


@contextmanager
def taken_back_documents() -> Iterator[IO[str]]:
    """A list of names as JSON, one per line: a restore that fails deletes these files again."""
    with tempfile.TemporaryFile("w+") as written:
        try:
            yield written
        except BaseException:
            written.seek(0)
            for line in written:
                default_storage.delete(json.loads(line))
            raise
