"""A backup is one file that only its key opens; a restore puts all of it back and proves it, or changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import User
from casework import letter_pdfs
from casework.files import stored_names
from casework.models import Dossier, Event, Letter
from exemptions.models import Decision
from tests import given
from tests.looping import each
from zesportal import database_rights
from zesportal.backup import archive, writer

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = "loket_second"
EMPTY = "loket_empty"


# --- Two installations --------------------------------------------------------------------------------


def server() -> psycopg.Connection:
    """The tests' PostgreSQL, where databases are made and dropped."""
    connection.close()
    return psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}, autocommit=True)


def copy_database(name: str, *, of: str) -> None:
    with server() as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # the threads of earlier tests may still hold one; theirs are checked before they are used again
        postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [of])
        postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')


@pytest.fixture(scope="module")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An installation in which nobody has done anything yet."""
    with django_db_blocker.unblock():
        name = f"{EMPTY}_{connection.settings_dict['NAME']}"
        copy_database(name, of=connection.settings_dict["NAME"])
        yield name
        with server() as postgres:
            postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def second(empty_database: str, tmp_path: Path, settings: Any) -> Iterator[Callable[[], Any]]:
    """Another machine: with `second():` everything happens in its database and its folder of documents."""
    first, name = connection.settings_dict["NAME"], f"{SECOND}_{connection.settings_dict['NAME']}"
    documents = settings.MEDIA_ROOT
    copy_database(name, of=empty_database)

    @contextmanager
    def there() -> Iterator[None]:
        connection.close()
        connection.settings_dict["NAME"], settings.MEDIA_ROOT = name, tmp_path / "second"
        (tmp_path / "second").mkdir(exist_ok=True)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"], settings.MEDIA_ROOT = first, documents

    yield there
    with server() as postgres:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> Path:
    """The secret key of the backups, which are made for it."""
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(identity.to_public())]
    (tmp_path / "key").write_text(f"# kept elsewhere\n{identity}\n")
    return tmp_path / "key"


@pytest.fixture
def filled(settings: Any, tmp_path: Path, applicant: User, caseworker: User) -> None:
    """An installation with cases, letters and files, one of them larger than a part of the archive, one empty."""
    settings.MEDIA_ROOT = tmp_path / "first"
    (tmp_path / "first").mkdir()
    given.granted(by=applicant, desk=caseworker)
    letter_pdfs.store_missing()
    default_storage.save("exports/large", ContentFile(bytes(range(256)) * 10_000))
    default_storage.save("exports/none", ContentFile(b""))


@pytest.fixture
def backup(filled: None, key: Path, tmp_path: Path) -> Path:
    return writer.make_backup(tmp_path / "backups", now=timezone.now(), tell=lambda _words: None)


def restored(file: Path, key: Path) -> str:
    """What the command says."""
    said = StringIO()
    call_command("restore", str(file), identity=key, stdout=said)
    return said.getvalue()


def refusal(file: Path, key: Path) -> str:
    """Why the command refuses; nothing may be left of what it did."""
    with pytest.raises(CommandError) as refused:
        restored(file, key)
    assert not Dossier.objects.exists()
    assert not list(stored_names())
    return str(refused.value)


# --- What comes back ------------------------------------------------------------------------------------


OF_THE_SERVER = {"enforcement_exemptionchange": "transaction"}
"""A column that says nothing on another server."""


def state() -> dict[str, Any]:
    """All that a restore must bring back, read by ways of its own."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(
                "SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM"
                f' (SELECT (to_jsonb(t) - %s)::text AS line FROM "{table}" t)',
                [OF_THE_SERVER.get(table, "")],
            )
            rows[table] = cursor.fetchone()[0]
    return {"rows": rows, "files": {name: default_storage.open(name).read() for name in stored_names()}}


def test_everything_comes_back_into_an_empty_installation(backup: Path, key: Path, second: Any) -> None:
    known = state()
    with second():
        said = restored(backup, key)

        assert state() == known
        assert "The same: the whole report" in said
        assert f"The same: {Letter.objects.count()} letters, made again as PDF" in said


def test_work_goes_on_after_the_last_number(backup: Path, key: Path, second: Any, applicant: User) -> None:
    last = Event.objects.latest("pk").pk
    with second():
        restored(backup, key)
        given.filed(by=User.objects.get(email=applicant.email))

        assert Event.objects.earliest("-pk").pk > last
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("DELETE FROM casework_event")  # the triggers watch again


def test_a_backup_of_earlier_tables_is_brought_up_to_date(filled: None, key: Path, second: Any, tmp_path: Path) -> None:
    """Made before the last migration; the restore makes the tables of that day, fills them, and goes forward."""
    call_command("migrate", *find_earlier(), verbosity=0)
    try:
        backup = writer.make_backup(tmp_path / "backups", now=timezone.now(), tell=lambda _words: None)
    finally:
        call_command("migrate", verbosity=0)
    with second():
        said = restored(backup, key)

        assert "bringing its tables up to date" in said
        assert Decision.objects.exists()
        call_command("migrate", check_unapplied=True)


def test_a_backup_that_names_what_was_squashed_since_is_of_these_tables(
    filled: None, key: Path, second: Any, tmp_path: Path
) -> None:
    for squashed in MigrationLoader(connection).replacements:
        MigrationRecorder(connection).record_unapplied(*squashed)
    backup = writer.make_backup(tmp_path / "backups", now=timezone.now(), tell=lambda _words: None)
    with second():
        said = restored(backup, key)

        assert "bringing its tables up to date" not in said
        assert Decision.objects.exists()


def find_earlier() -> Any:
    """An app and its last migration but one."""
    loader = MigrationLoader(connection)
    squashed, leaves = loader.replacements, loader.graph.leaf_nodes()
    last = next(leaf for leaf in leaves if leaf not in squashed and any(leaf[0] == app for app, _name in squashed))
    return next(parent.key for parent in loader.graph.node_map[last].parents if parent.key[0] == last[0])


# --- What is refused ---------------------------------------------------------------------------------------


def test_a_file_that_was_cut_short(backup: Path, key: Path, second: Any) -> None:
    whole = backup.read_bytes()
    with second():
        for end in (0, 100, len(whole) // 2, len(whole) - 1):
            backup.write_bytes(whole[:end])
            assert "changed or cut short" in refusal(backup, key), end


def test_a_changed_byte(backup: Path, key: Path, second: Any) -> None:
    whole = backup.read_bytes()
    with second():
        for place in (300, len(whole) // 2, len(whole) - 1):
            backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert "changed or cut short" in refusal(backup, key), place


def test_another_key(backup: Path, key: Path, second: Any) -> None:
    key.write_text(str(pyrage.x25519.Identity.generate()))
    with second():
        assert "made for another one" in refusal(backup, key)


@each("words", ["", "# only a comment", "AGE-SECRET-KEY-1", "-----BEGIN nothing"])
def test_a_key_that_is_none(backup: Path, key: Path, second: Any, words: str) -> None:
    key.write_text(words)
    with second():
        assert str(key) in refusal(backup, key)


def test_a_newer_version(filled: None, key: Path, second: Any, tmp_path: Path) -> None:
    MigrationRecorder(connection).record_applied("casework", "9999_of_next_year")
    try:
        backup = writer.make_backup(tmp_path, now=timezone.now(), tell=lambda _words: None)
    finally:
        MigrationRecorder(connection).record_unapplied("casework", "9999_of_next_year")
    with second():
        assert "9999_of_next_year" in refusal(backup, key)


def test_an_installation_in_which_somebody_worked(backup: Path, key: Path, second: Any) -> None:
    with second():
        User.objects.create_user("first@example.org")

        assert "not empty" in refusal(backup, key)
        assert User.objects.count() == 1


def test_something_else_for_the_same_key(key: Path, second: Any, tmp_path: Path, settings: Any) -> None:
    file = tmp_path / "other.age"
    keys = archive.parse_recipients(settings.BACKUP_RECIPIENTS)
    with second():
        for content in (b"", b"Beste collega", b"\x01" * 500_000):
            file.write_bytes(pyrage.encrypt(content, keys))
            assert "no backup of the Loket" in refusal(file, key)


def test_tables_that_differ_from_what_was_counted(backup: Path, key: Path, second: Any, settings: Any) -> None:
    """A file that is whole, but whose rows are not those that were counted when it was made."""
    with archive.open_archive(backup, archive.read_identities(key)) as members:
        forged = [(name, rows.replace(b"Utrecht", b"Amsterdam")) for name, rows in members]
    backup.unlink()
    archive.write_archive(forged, backup, to=settings.BACKUP_RECIPIENTS)
    with second():
        assert "Not the same as when the backup was made: the table" in refusal(backup, key)


def test_a_backup_without_its_end(backup: Path, key: Path, second: Any, settings: Any) -> None:
    with archive.open_archive(backup, archive.read_identities(key)) as members:
        forged = list(members)[:-1]
    backup.unlink()
    archive.write_archive(forged, backup, to=settings.BACKUP_RECIPIENTS)
    with second():
        assert "no end" in refusal(backup, key)


OUTSIDE, OTHERS = "documents/../outside", "documents/a\nkept.pdf"
FORGED = {
    "table of the server": [("tables/pg_authid/columns.json", b'["oid"]'), ("tables/pg_authid/end.json", b"{}")],
    "half a table": [("tables/accounts_user/end.json", b"{}")],
    "outside": [(f"{OUTSIDE}/0", b"x"), (f"{OUTSIDE}/end.json", b"{}")],
    "name of two lines": [(f"{OTHERS}/0", b"x"), (f"{OTHERS}/end.json", b"{}")],
    "unknown": [("other.json", b"{}")],
    "no JSON": [("sequences.json", b"[")],
}


def test_a_file_that_somebody_wrote_for_the_public_key(
    key: Path, second: Any, tmp_path: Path, settings: Any, subtests: pytest.Subtests
) -> None:
    with second():
        manifest = writer.as_json(writer.build_manifest(now=timezone.now()))
        default_storage.save("kept.pdf", ContentFile(b"of somebody else"))

        for name, members in FORGED.items():
            with subtests.test(name):
                archive.write_archive(
                    [("backup.json", manifest), *members], tmp_path / name, to=settings.BACKUP_RECIPIENTS
                )
                with pytest.raises(CommandError, match="Nothing was restored"):
                    restored(tmp_path / name, key)
                assert list(stored_names()) == ["kept.pdf"]


# --- The file --------------------------------------------------------------------------------------------------


def test_nobody_else_reads_the_file_and_nothing_in_it_is_legible(backup: Path, applicant: User) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.parent.stat().st_mode & 0o777 == 0o700
    assert applicant.email.encode() not in backup.read_bytes()


def test_without_a_key_nothing_is_made(settings: Any, tmp_path: Path) -> None:
    for recipients, words in (([], "BACKUP_RECIPIENTS"), (["age1nobody"], "no public key")):
        settings.BACKUP_RECIPIENTS = recipients
        with pytest.raises(CommandError, match=words):
            call_command("backup", str(tmp_path / "backups"))
    assert not list((tmp_path / "backups").glob("*"))


def test_a_backup_that_fails_leaves_no_file(key: Path, tmp_path: Path, settings: Any) -> None:
    def members() -> Iterator[archive.Member]:
        yield "backup.json", b"{}"
        raise OSError("The disk of the documents is away.")

    with pytest.raises(OSError, match="documents is away"):
        archive.write_archive(members(), tmp_path / "backup", to=settings.BACKUP_RECIPIENTS)
    assert not list(tmp_path.glob("backup*"))


def test_backups_whose_term_is_over_are_removed_but_never_the_last(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DAYS = 30
    now = datetime(2026, 11, 30, 2, tzinfo=UTC)
    days = {ago: tmp_path / (now - timedelta(days=ago)).strftime(writer.NAME) for ago in (400, 31, 29, 2)}
    for path in days.values():
        path.touch()
    (tmp_path / "holiday.jpg").touch()
    killed = days[2].with_name(days[2].name + ".part")
    killed.touch()

    assert writer.find_expired_backups(tmp_path, now=now) == [days[400], days[31], killed]
    assert writer.find_expired_backups(tmp_path, now=now + timedelta(days=900)) == [
        days[400],
        days[31],
        days[29],
        killed,
    ]


def test_a_pair_of_keys_fits(tmp_path: Path, settings: Any, second: Any, filled: None) -> None:
    secret, public = StringIO(), StringIO()
    call_command("make_backup_key", stdout=secret, stderr=public)
    settings.BACKUP_RECIPIENTS = [public.getvalue().strip().partition("=")[2]]
    (tmp_path / "key").write_text(secret.getvalue())
    call_command("backup", str(tmp_path / "backups"), stdout=StringIO())
    with second():
        assert "Restored." in restored(next((tmp_path / "backups").iterdir()), tmp_path / "key")


def test_the_role_that_serves_may_make_a_backup(filled: None, key: Path, tmp_path: Path) -> None:
    """It reads every table and every sequence, and no more is needed."""
    role = "loket_app_of_a_backup"
    database_rights.make_role(role)
    database_rights.grant_rights(role)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        assert writer.make_backup(tmp_path / "backups", now=timezone.now(), tell=lambda _words: None).exists()
    finally:
        connection.close()
