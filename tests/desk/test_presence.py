"""A colleague who has the same case open is seen."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone

from tests.desk import pages

pytestmark = pytest.mark.django_db
SEEN = "heeft deze zaak nu open"


def seen_by(client, case, page="present"):
    return pages.text(client.get(pages.address(page, case)))


def test_who_opens_a_case_sees_the_colleague_who_has_it_open(
    as_caseworker, as_other_caseworker, application, caseworker, other_caseworker
):
    assert SEEN not in seen_by(as_caseworker, application, "change")

    assert f"{caseworker} {SEEN}" in seen_by(as_other_caseworker, application, "change")
    assert f"{other_caseworker} {SEEN}" in seen_by(as_caseworker, application)


def test_the_form_of_a_step_shows_it_too(as_caseworker, as_other_caseworker, application):
    as_caseworker.get(pages.step(application, "withdraw"))

    assert SEEN in pages.text(as_other_caseworker.get(pages.step(application, "withdraw")))


def test_after_a_minute_without_a_sign_nobody_is_seen(as_caseworker, as_other_caseworker, application, time_machine):
    seen_by(as_caseworker, application, "change")

    time_machine.move_to(timezone.now() + timedelta(seconds=61))

    assert SEEN not in seen_by(as_other_caseworker, application)


def test_the_page_that_asks_by_itself_keeps_nobody_logged_in(as_caseworker, application, time_machine):
    as_caseworker.get(pages.case(application))
    for _time in range(3):
        time_machine.move_to(timezone.now() + configured.STAFF_IDLE / 2)
        last = as_caseworker.get(pages.address("present", application))

    assert last.status_code == 302


def test_without_redis_the_case_opens_all_the_same(as_caseworker, as_other_caseworker, application, redis_away):
    for client in (as_caseworker, as_other_caseworker):
        assert client.get(pages.case(application)).status_code == 200
        assert client.get(pages.address("present", application)).status_code == 200


def test_who_may_not_see_the_case_learns_nothing(as_municipal_caseworker, as_reporter, application):
    for client in (as_municipal_caseworker, as_reporter):
        assert client.get(pages.address("present", application)).status_code == 404
