"""Who serves pages waits for the database no longer than a visitor would, and shares its connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

from zesportal import stores

pytestmark = pytest.mark.django_db(transaction=True)


def connect(**limits: int) -> DatabaseWrapper:
    """A connection of its own to the database of the test, as a web server makes it."""
    made = stores.build_database("postgres://of-the-test/", **{"pool_size": 0, "patience_s": 0, **limits})
    options = {**connection.settings_dict["OPTIONS"], **made["OPTIONS"]}
    about = {name: made[name] for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS")}
    return DatabaseWrapper({**connection.settings_dict, **about, "OPTIONS": options}, alias="default")


def test_a_statement_that_lasts_ends():
    database = connect(patience_s=1)

    with pytest.raises(OperationalError, match="statement timeout"), database.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(3)")

    database.close()


def test_who_waits_for_a_row_of_somebody_else_gives_up_sooner():
    holder, waiting = connect(), connect(patience_s=3)
    with holder.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE casework_policy")

        with pytest.raises(OperationalError, match="lock timeout"), waiting.cursor() as asking:
            asking.execute("SELECT 1 FROM casework_policy")

        cursor.execute("ROLLBACK")
    holder.close()
    waiting.close()


def test_a_command_waits_as_long_as_it_needs():
    assert "options" not in stores.build_database("postgres://host/name", pool_size=0, patience_s=0)["OPTIONS"]


def test_the_threads_of_a_process_share_a_few_connections():
    both = Barrier(2)

    def ask(number: int) -> int:
        database = connect(pool_size=2, patience_s=5)
        with database.cursor() as cursor:
            if number < 2:
                both.wait(5)
            cursor.execute("SELECT pg_backend_pid()")
            (found,) = cursor.fetchone()
        database.close()
        return int(found)

    with ThreadPoolExecutor(6) as threads:
        asked = set(threads.map(ask, range(6)))

    assert len(asked) <= 2
    connect(pool_size=2, patience_s=5).close_pool()
