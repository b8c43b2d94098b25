"""The tests' database: made once for each state of the migrations and the reference data, then copied.

Every worker of every run begins with a copy, which takes a second. The model that is copied stays in the tests' own
PostgreSQL (`var/test`): only the first run after a change of what it is made of waits for all migrations. `make test`
makes it beside the checks (`python -m tests.database`), for only one process can.
"""

import os
from hashlib import sha256
from pathlib import Path

import django
import psycopg
from django.core.management import call_command
from django.db import connection

BASE_DIR = Path(__file__).resolve().parent.parent
MADE_OF = ("*/migrations/*.py", "*/data/**/*", "zones/reference/*.csv", "uv.lock")
KEPT = 3
"""Models that stay: those of the branches one works on by turns."""
LOCK = 4102


def find_model() -> str:
    """The name of the database to copy. The first worker makes it if it is missing; the others wait for it."""
    name = f"loket_model_{hash_of_content()}"
    with psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'loket_model_%' ORDER BY oid DESC")
        models = [row[0] for row in found]
        if name not in models:
            for model in models[KEPT - 1 :]:
                server.execute(f'DROP DATABASE "{model}"')
            server.execute(f'ALTER DATABASE "{make_database(f"making_{name}")}" RENAME TO "{name}"')
    return name


def hash_of_content() -> str:
    """Of what the database is made of. The clock counts too: see `make test-hours`."""
    content = sha256(os.environ.get("CLOCK", "").encode())
    for path in sorted(path for pattern in MADE_OF for path in BASE_DIR.glob(pattern) if path.is_file()):
        content.update(path.relative_to(BASE_DIR).as_posix().encode() + path.read_bytes())
    return content.hexdigest()[:16]


def make_database(name: str) -> str:
    """A database of that name, migrated and with the reference data; returns the name."""
    from helpdesk.tasks import learn_ways_to_ask

    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    usual, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        call_command("load_reference")
        learn_ways_to_ask()  # before the first test asks
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)  # closes it, and speaks to the former
        test["NAME"] = usual
    return name


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    find_model()
