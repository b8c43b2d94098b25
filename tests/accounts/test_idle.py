"""Whoever has rights and walks away is logged out; what they had typed is there after the login."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import given
from tests.cast import person
from tests.desk import pages

pytestmark = pytest.mark.django_db
DESK = "/loket/"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moment:
        yield moment


@pytest.fixture
def at_work(clock, client, caseworker):
    client.force_login(caseworker)
    return client


def is_in(client):
    return client.get(reverse("session_state")).json()["logged_in"]


def test_after_half_an_hour_of_nothing_one_logs_in_again(at_work, clock):
    clock.shift(timedelta(minutes=31))

    page = at_work.get(DESK, follow=True)

    assert "/account/login/" in page.redirect_chain[-1][0]
    assert "U bent uitgelogd: u hebt 30 minuten niets gedaan." in page.content.decode()
    assert not is_in(at_work)


def test_who_goes_on_stays_logged_in(at_work, clock):
    for _page in range(4):
        clock.shift(timedelta(minutes=20))
        assert at_work.get(DESK).status_code == 200


def test_an_applicant_may_take_a_long_time(clock, client, applicant):
    client.force_login(applicant)
    clock.shift(timedelta(hours=3))

    assert is_in(client)


def test_a_role_alone_is_enough(clock, client):
    user = person("Rik Rol")
    user.groups.add(Group.objects.get(name="reporter"))
    client.force_login(user)
    clock.shift(timedelta(minutes=31))

    assert not is_in(client)


def test_what_was_typed_is_there_after_the_login(at_work, clock, applicant, caseworker):
    case = given.taken_up(by=applicant, desk=caseworker)
    clock.shift(timedelta(minutes=31))

    sent = at_work.post(pages.step(case, "note"), {"text": "Gebeld met de leverancier.", "action": "take"})
    assert sent["Location"].startswith(reverse("account_login"))
    at_work.force_login(caseworker)

    assert "Gebeld met de leverancier." in at_work.get(pages.step(case, "note")).content.decode()
    assert not case.notes.exists()


def test_it_is_noted_once_a_minute_not_at_each_page(at_work, clock):
    clock.shift(timedelta(minutes=2))
    at_work.get(DESK)

    with CaptureQueriesContext(connection) as seen:
        at_work.get(DESK)

    assert not [one for one in seen.captured_queries if "UPDATE" in one["sql"] and "django_session" in one["sql"]]
