"""The demo, loaded once for all tests in this folder and taken back after them; one worker has them (`TOGETHER`)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from demo.plan import LAST
from exemptions.models import Application
from exemptions.terms import start_of_day


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo")
        connection.check_constraints()  # now, once: else every test would check all rows at its end
        yield
        transaction.set_rollback(True)


@pytest.fixture
def history(db: None) -> Any:
    """The applications of the year, converted ones included."""
    return Application.objects.filter(received_at__lt=start_of_day(LAST + timedelta(days=1)))
