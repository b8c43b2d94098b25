"""Makes a backup: one snapshot of the database, then the files that it names, in one file."""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from casework.files import stored_names
from zesportal.backup import archive, proof, tables
from zesportal.backup.archive import PART, BackupRefused, Member

log = structlog.get_logger("loket.backup")

FORM = 1
"""The version of the format; increased if earlier versions cannot read it."""
NAME = "loket-%Y%m%dT%H%M%SZ.tar.age"
NAMES = re.compile(r"loket-\d{8}T\d{6}Z\.tar\.age(\.part)?")
Tell = Callable[[str], None]


def make_backup(folder: Path, *, now: datetime, tell: Tell) -> Path:
    """Make a backup named by its moment, then delete expired ones. Returns its path."""
    to = list(settings.BACKUP_RECIPIENTS)
    if not to:
        raise BackupRefused(
            "For whom is the backup? Set BACKUP_RECIPIENTS to a public key; `manage.py make_backup_key` makes a pair."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / now.astimezone(UTC).strftime(NAME)
    archive.write_archive(collect_members(now=now, tell=tell), path, to=to)
    log.info("backup_made", file=path.name, bytes=path.stat().st_size)
    tell(f"{path}: {path.stat().st_size:,} bytes.")
    for old in find_expired_backups(folder, now=now):
        old.unlink()
        tell(f"{old.name} removed: older than {settings.BACKUP_DAYS} days.")
    return path


def find_expired_backups(folder: Path, *, now: datetime) -> list[Path]:
    """Expired backups, never the last complete one; and leftovers of killed ones after a day."""
    named = sorted(path for path in folder.iterdir() if NAMES.fullmatch(path.name))
    whole = [path for path in named if path.suffix != ".part"]
    parts = [path for path in named if path.suffix == ".part"]
    return [
        *(path for path in whole[:-1] if parse_backup_moment(path) < now - timedelta(days=settings.BACKUP_DAYS)),
        *(path for path in parts if parse_backup_moment(path) < now - timedelta(days=1)),
    ]


def parse_backup_moment(path: Path) -> datetime:
    """When the backup with this name was made."""
    return datetime.strptime(path.name.removesuffix(".part"), NAME).replace(tzinfo=UTC)


def collect_members(*, now: datetime, tell: Tell) -> Iterator[Member]:
    """Everything that a backup holds. Files come after the rows that name them, so that none is missing."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _collect_database(cursor, now=now, tell=tell)
    yield from _collect_documents(tell)
    yield "end.json", as_json({"whole": True})


def as_json(data: Any) -> bytes:
    """JSON for a member of the archive."""
    return json.dumps(data, indent=1).encode()


def _collect_database(cursor: Any, *, now: datetime, tell: Tell) -> Iterator[Member]:
    tables.use_one_form(cursor)
    yield "backup.json", as_json(build_manifest(now=now))
    rows = 0
    names = tables.list_tables(cursor)
    for table in names:
        shown, digest = tables.list_columns(cursor, table), tables.Digest()
        yield f"tables/{table}/columns.json", as_json(shown)
        for number, part in enumerate(tables.copy_rows(cursor, table, shown, digest)):
            yield f"tables/{table}/{number:08}", part
        yield f"tables/{table}/end.json", as_json(digest.as_data())
        rows += digest.rows
    tell(f"{rows:,} rows of {len(names)} tables.")
    yield "sequences.json", as_json(tables.read_sequences(cursor))
    yield "report.json", proof.render_report(as_of=proof.last_day())
    yield "letters.json", as_json(proof.digest_letters())


def build_manifest(*, now: datetime) -> dict[str, Any]:
    """What this backup is of: the version of the product, and of its tables."""
    return {
        "form": FORM,
        "version": product_version(),
        "made_at": now.isoformat(),
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "report_as_of": proof.last_day().isoformat(),
        "press": proof.describe_press(),
    }


def product_version() -> str:
    """The version in pyproject.toml."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _collect_documents(tell: Tell) -> Iterator[Member]:
    count = size = 0
    for name in stored_names():
        digest = hashlib.sha256()
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            continue  # deleted meanwhile: its row was marked as removed
        with file:
            for number, part in enumerate(file.chunks(PART)):
                digest.update(part)
                size += len(part)
                yield f"documents/{name}/{number:08}", part
        yield f"documents/{name}/end.json", as_json({"sha256": digest.hexdigest()})
        count += 1
    tell(f"{count:,} documents of {size:,} bytes.")
