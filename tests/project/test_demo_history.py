"""The history of the demo in its file: loaded if nothing is in its way, onto reference rows with other keys."""

import lzma
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from casework.models import Dossier, Event
from demo import build, evidence, live, people, snapshot
from exemptions.models import Applicant, Application, Decision, Ground, KindVersion
from exemptions.terms import start_of_day
from tests import given

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WEDNESDAY, SUNDAY = 2, 6


def test_rows_find_the_reference_rows_of_this_database_whatever_their_keys():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exemptions_evidencerequirement SET kind_id = kind_id + 5000")
        cursor.execute("UPDATE exemptions_kindquestion SET kind_id = kind_id + 5000")
        cursor.execute("UPDATE exemptions_kindversion SET id = id + 5000")
        cursor.execute("UPDATE exemptions_ground SET id = id + 7000")
    people.load_all()

    snapshot.load_file(build.current_file())

    connection.check_constraints()
    assert Application.objects.filter(kind__kind="DAG").count() == 8351
    assert not Application.objects.exclude(kind__in=KindVersion.objects.all()).exists()
    granted = Event.objects.filter(step="grant").first()
    assert granted is not None
    assert Ground.objects.get(pk=granted.detail["ground"]).outcome == Ground.Outcome.GRANT


def test_the_year_is_not_loaded_among_cases_of_others():
    with lzma.open(build.current_file()) as file:
        (first,) = [table.first for table in snapshot.read_head(file).tables if table.name == "casework_dossier"]
    Dossier.objects.create(pk=first)
    people.load_all()

    with pytest.raises(CommandError, match="without cases"):
        snapshot.load_file(build.current_file())


def test_the_file_holds_no_password_and_is_small():
    with lzma.open(snapshot.FILE) as file:
        head = snapshot.read_head(file)
        (users,) = [table for table in head.tables if table.name == "accounts_user"]
        place = users.columns.index("password")
        rows = file.read(users.known + users.own).splitlines() if head.tables[0] is users else []

    assert rows
    assert {row.split(b"\t")[place] for row in rows} == {b"!"}
    assert snapshot.FILE.stat().st_size < 8_000_000


# --- With the year in the database: loaded once, as the last tests of this file -----------------------------


@pytest.fixture(scope="module")
def history(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The year, and nothing around today."""
    with django_db_blocker.unblock(), transaction.atomic():
        people.load_all()
        evidence.store_file()
        snapshot.load_file(build.current_file())
        people.choose_portal(Applicant.objects.all())  # as the loader has it, else every letter waits to be posted
        connection.check_constraints()  # now, once: else every test would check all rows at its end
        yield
        transaction.set_rollback(True)


def test_new_rows_come_after_those_of_the_year(history, applicant: User):
    last = Decision.objects.latest("pk").pk

    application = given.filed(by=applicant)

    assert application.pk > Application.objects.exclude(pk=application.pk).latest("pk").pk
    assert last > 13000


@pytest.mark.parametrize(("weeks", "weekday"), [(9, SUNDAY), (45, WEDNESDAY)])
def test_on_no_day_does_the_demo_tell_of_the_future(history, weeks: int, weekday: int):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    today = monday + timedelta(weeks=weeks, days=weekday)
    before = Event.objects.count()

    live.live_scenes(today=today)

    assert Event.objects.count() > before + 400
    assert not Event.objects.filter(at__gte=start_of_day(today + timedelta(days=1))).exists()
