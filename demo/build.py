"""Builds the file of the year, and migrates an earlier one to today's tables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from lzma import open as open_xz
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from demo import history, people, snapshot
from zesportal import embedded_postgresql

DATABASE = "loket_demo_history"
LOCK = 13302


def current_file() -> Path:
    """The file of the year for today's tables: the one in the repository, or a copy migrated once."""
    with open_xz(snapshot.FILE) as file:
        if snapshot.read_head(file).is_current:
            return snapshot.FILE
    stand = sha256(snapshot.FILE.read_bytes() + repr(snapshot.newest_migrations()).encode()).hexdigest()
    made: Path = settings.VAR_DIR / "demo" / f"history-{stand[:16]}.xz"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        with database_apart() as url:
            if not made.exists():  # else another process made it while this one waited
                part = made.with_suffix(".part")
                run_command(url, "build_demo_history", "--forward", str(part))
                part.rename(made)
    return made


def build_history() -> None:
    """Play the year, starting from an empty database, and write the file in the repository."""
    with database_apart() as url:
        run_command(url, "migrate", "--verbosity=0")
        run_command(url, "load_reference")
        run_command(url, "build_demo_history", "--here")


def live_here() -> None:
    """The same in this database, which has only reference data."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # whatever a crash loses is played again
    people.load_all()
    known = snapshot.last_keys()
    history.live_year()
    snapshot.write_file(snapshot.FILE, known=known)


def bring_forward(to: Path) -> None:
    """Load the file in the repository into this empty database, migrated to today's tables."""
    with open_xz(snapshot.FILE) as file:
        head = snapshot.read_head(file)
    for app, name in head.migrations.items():
        call_command("migrate", app, name, verbosity=0)
    snapshot.restore_file(snapshot.FILE)
    numbers = snapshot.number_tables()
    call_command("migrate", verbosity=0)
    known = {numbers[table.name]: table.last_known for table in head.tables}
    snapshot.write_file(to, known={name: known.get(number, 0) for name, number in snapshot.number_tables().items()})


@contextmanager
def database_apart() -> Iterator[str]:
    """An empty database on the same server, for one process at a time; yields its URL."""
    url = settings.DATABASE_URL or embedded_postgresql.database_url(settings.VAR_DIR / "postgres")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield urlsplit(url)._replace(path=f"/{DATABASE}").geturl()
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def run_command(url: str, *command: str) -> None:
    """Run a management command on another database."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "zesportal.settings", "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True)
