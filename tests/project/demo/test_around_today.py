"""Cases around today, the people of the demo, and loading it again."""

import io
from datetime import timedelta
from random import Random

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework.models import Event, Message
from exemptions import worklists
from exemptions.models import Application, Exemption, Status
from exemptions.terms import midnight
from zesportal.demo import live
from zesportal.demo.people import EVERYBODYS, LOGINS
from zesportal.demo.rows import Rows
from zesportal.demo.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


# --- Loading ---------------------------------------------------------------------------------------------


def test_twice_is_as_once():
    before = rows_per_table()

    call_command("load_demo")

    assert rows_per_table() == before


def rows_per_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_nothing_is_loaded_where_real_people_work(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    with pytest.raises(CommandError):
        call_command("demo_logins")


# --- Around today ----------------------------------------------------------------------------------------


def test_every_worklist_has_something_for_the_team_lead():
    lead = User.objects.get(email="teamleider@example.org")

    found = {counted.worklist.name: counted.count for counted in worklists.APPLICATIONS.counted_for(lead)}

    assert all(found.values()), found
    assert Message.objects.failed().count() == 2


@pytest.mark.parametrize("login", ["behandelaar", "behandelaar2", "utrecht", "amsterdam"])
def test_every_caseworker_has_work_of_their_own(login: str):
    user = User.objects.get(email=f"{login}@example.org")

    found = {counted.worklist.name: counted.count for counted in worklists.APPLICATIONS.counted_for(user)}

    assert found["mine"]
    assert found["new"]
    assert found["due"] + found["overdue"]


@pytest.mark.parametrize("login", ["bloemist", "collega", "gemachtigde", "vervoerder"])
def test_every_applicant_has_cases_and_a_draft(login: str):
    own = Application.objects.of_applicant(User.objects.get(email=f"{login}@example.org"))

    assert own.drafts().exists()
    assert own.open().exists()
    assert own.filter(status=Status.GRANTED).exists()


@pytest.mark.parametrize("weeks", range(0, 60, 4))
def test_on_no_day_does_the_demo_tell_of_the_future(weeks: int):
    today = timezone.localdate() + timedelta(weeks=weeks, days=weeks % 7)
    rows = Rows()

    live.tell(World(Random(live.SEED), today), rows)

    events = [row for _application, row in rows.of_case if isinstance(row, Event)]
    assert len(events) > 100
    assert all(event.at < midnight(today) for event in events)


def test_special_cases_are_there():
    live = Application.objects.open()

    assert live.filter(facts_verified=False, country="NL").exists()
    assert live.exclude(country="NL").exists()
    assert live.exclude(facts_disputed="").exists()
    assert live.filter(status=Status.HEARING).exists()


@pytest.mark.parametrize("days", [60, 30, 7])
def test_exemptions_end_soon(days: int):
    assert Exemption.objects.filter(day_use=None, ends_on=timezone.localdate() + timedelta(days=days)).exists()


def test_everybody_can_log_in_with_the_password_that_the_command_prints():
    out = io.StringIO()
    call_command("demo_logins", stdout=out)

    for login in LOGINS:
        assert login.email in out.getvalue()
        assert EmailAddress.objects.filter(email=login.email, verified=True, primary=True).exists()
    assert EVERYBODYS in out.getvalue()
    assert Client().login(email="bloemist@example.org", password=EVERYBODYS)
