"""Restoring a backup into an empty installation: all of it or nothing, and with proof that it is the same."""

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
    """A table, a document, or one of the single members: its name, and what belongs to it, to be read once."""

    name: str
    members: Iterator[Member]

    def only(self) -> bytes:
        """What it holds, where that is one member."""
        return next(self.members)[1]


def group_members(members: Iterable[Member]) -> Iterator[Item]:
    """The members of a table or a document together, in the order of the archive."""
    for name, group in groupby(members, key=lambda member: belongs_to(member[0])):
        yield Item(name, group)


def belongs_to(name: str) -> str:
    """`tables/casework_event` for each part of that table; single members belong to nothing but themselves."""
    return name.rpartition("/")[0] or name


def restore_backup(path: Path, keys: list[Any], *, tell: Tell) -> None:
    """Put everything back, compare it, and only then keep it; an older one is then brought up to date.

    Raises BackupRefused, with everything as it was: the installation is not empty, or the file is not to be trusted.
    """
    with translate_errors(path), archive.open_archive(path, keys) as members, taken_back_documents() as written:
        everything = group_members(members)
        manifest = read_manifest(next(everything, None), path)
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            refuse_filled(cursor)
            # no trigger and no foreign key checks: the rows were consistent with each other
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
    """What no backup holds ends in one message: anybody with the public key can write a file that this key opens."""
    try:
        yield
    except (LookupError, TypeError, ValueError, StopIteration, RuntimeError, SuspiciousFileOperation) as error:
        raise BackupRefused(f"{path.name} is not as a backup of the Loket is made ({error!r}).") from error


def read_manifest(first: Item | None, path: Path) -> dict[str, Any]:
    """What the backup is of; raises BackupRefused if this version does not know how to read it."""
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
    """The same, with one squashed migration in place of those that it replaces."""
    for key, squashed in MigrationLoader(connection).replacements.items():
        if applied.issuperset(squashed.replaces):
            applied = (applied - set(squashed.replaces)) | {key}
    return applied


def refuse_filled(cursor: Any) -> None:
    """Raise BackupRefused if there is anything that a person brought."""
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
    """Make the tables as the backup knew them; returns whether those are of an earlier version."""
    if name_as_today(set(MigrationRecorder(connection).applied_migrations())) != wanted:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        executor = MigrationExecutor(connection)
        executor.migrate(find_last_migrations(executor, wanted))
    return set(MigrationLoader(connection).disk_migrations) != wanted


def find_last_migrations(executor: MigrationExecutor, wanted: Migrations) -> list[tuple[str, str]]:
    """Of each app the last migration among these: to go there is to take them all."""
    nodes = executor.loader.graph.node_map
    return [
        node
        for node in sorted(wanted)
        if not any(child.key in wanted and child.key[0] == node[0] for child in nodes[node].children)
    ]


def bring_up_to_date(tell: Tell) -> None:
    """Go forward to the tables of this version, as an upgrade does."""
    tell("The backup was of an earlier version: bringing its tables up to date.")
    call_command("migrate", verbosity=0)
    if database_rights.role_exists(database_rights.ROLE):
        database_rights.grant_rights(database_rights.ROLE)


# --- The contents of the archive -------------------------------------------------------------------------------


class Restoration:
    """One restore while it runs: puts each item back, compares it, and counts."""

    def __init__(self, cursor: Any, manifest: dict[str, Any], is_older: bool, written: IO[str], tell: Tell) -> None:
        self.cursor, self.manifest, self.is_older, self.written, self.tell = cursor, manifest, is_older, written, tell
        self.known = tables.list_tables(cursor)
        self.rows = self.tables = self.documents = 0
        self.is_whole = False

    def take(self, everything: Iterator[Item]) -> None:
        """Put all of it back. Raises BackupRefused as soon as something differs, or the end is missing."""
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
        """Load its rows, and count them again from the table."""
        if table not in self.known:  # the owner may write in those of PostgreSQL itself
            raise LookupError(table)
        columns = json.loads(next(members)[1])
        content = Content(members)
        tables.load_rows(self.cursor, table, columns, content.parts())
        found = tables.compute_digest(self.cursor, table).as_data()
        refuse_unlike(f"the table {table}", found, content.end)
        self.rows += found["rows"]
        self.tables += 1

    def take_sequences(self, content: bytes) -> None:
        """Let numbers go on where they were. It is the end of the tables."""
        tables.set_sequences(self.cursor, json.loads(content))
        ContentType.objects.clear_cache()
        cache.clear()  # of what was true of the empty installation
        self.tell(f"The same: {self.rows:,} rows of {self.tables} tables, by their digests.")

    def compare_report(self, content: bytes) -> None:
        """Compute the whole report again; an earlier version may have counted otherwise."""
        if self.is_older:
            self.tell("Not compared: the report and the letters, as they were made by an earlier version.")
            return
        as_of = date.fromisoformat(self.manifest["report_as_of"])
        refuse_unlike("the report", proof.render_report(as_of=as_of), content)
        self.tell(f"The same: the whole report as of {as_of}, {len(content):,} bytes of JSON.")

    def compare_letters(self, content: bytes) -> None:
        """Render the newest letters again, if this machine has the same press."""
        if self.is_older:
            return
        if self.manifest["press"] != proof.describe_press():
            self.tell("Not made again: letters, as this installation has another address or another press.")
            return
        known = json.loads(content)
        refuse_unlike("the letters", proof.digest_letters(), known)
        self.tell(f"The same: {len(known)} letters, made again as PDF.")

    def take_document(self, name: str, members: Iterator[Member]) -> None:
        """Store a file under the name that its row knows, and read it again."""
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
        """Write it; what an earlier try left under this name belongs to no row, and goes."""
        if default_storage.exists(name):
            default_storage.delete(name)
        self.written.write(f"{json.dumps(name)}\n")
        default_storage.save(name, File(file))

    def take_end(self, _content: bytes) -> None:
        """All of the backup was there."""
        self.is_whole = True
        self.tell(f"The same: {self.documents:,} documents, read again from where they are kept.")


class Content:
    """The parts of a table or document, and what follows the last of them."""

    def __init__(self, members: Iterator[Member]) -> None:
        self.members = members
        self.end: dict[str, Any] = {}

    def parts(self) -> Iterator[bytes]:
        """One after the other; then `end` is known."""
        for name, content in self.members:
            if name.endswith("/end.json"):
                self.end = json.loads(content)
            else:
                yield content


def refuse_unlike(what: str, found: Any, known: Any) -> None:
    """Raise BackupRefused if something is not as it was backed up."""
    if found != known:
        raise BackupRefused(f"Not the same as when the backup was made: {what}. Nothing was restored.")


@contextmanager
def taken_back_documents() -> Iterator[IO[str]]:
    """A list of names as JSON, one a line: the files of a restore that fails are deleted again."""
    with tempfile.TemporaryFile("w+") as written:
        try:
            yield written
        except BaseException:
            written.seek(0)
            for line in written:
                default_storage.delete(json.loads(line))
            raise
