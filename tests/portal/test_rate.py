"""How often one address may ask: the window ends when announced, whatever keeps the counters."""

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine as travelling
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import rate
from accounts.models import User
from casework.limits import find_most, is_within_lookups
from zesportal import stores


@pytest.fixture
def kept_in_files(settings: Any, tmp_path: Any) -> None:
    settings.CACHES = {**settings.CACHES, "default": stores.build_cache("", tmp_path)}


def asked(action: str, *, most: int, seconds: int = 60, address: str = "203.0.113.9", by: User | None = None) -> bool:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = by or AnonymousUser()
    return rate.is_within_rate(request, action, most=most, seconds=seconds)


def test_so_many_are_answered_and_then_none():
    assert [asked("some", most=2) for _time in range(4)] == [True, True, False, False]


def test_another_address_and_another_question_have_a_count_of_their_own():
    assert [asked("own", most=1) for _time in range(2)] == [True, False]
    assert asked("own", most=1, address="203.0.113.10")
    assert asked("other", most=1)


def test_who_asks_again_meanwhile_does_not_wait_longer():
    assert [asked("again", most=1, seconds=2) for _time in range(2)] == [True, False]
    time.sleep(1.2)
    assert not asked("again", most=1, seconds=2)
    time.sleep(1.2)
    assert asked("again", most=1, seconds=2)


@pytest.mark.usefixtures("kept_in_files")
def test_nor_where_the_counters_are_files():
    assert [asked("again", most=1) for _time in range(2)] == [True, False]
    for later in (20, 40, 59):
        with travelling.travel(timezone.now() + timedelta(seconds=later)):
            assert not asked("again", most=1)
    with travelling.travel(timezone.now() + timedelta(seconds=61)):
        assert asked("again", most=1)


@pytest.mark.usefixtures("kept_in_files")
def test_an_hour_is_an_hour_in_files_too():
    assert [asked("hour", most=1, seconds=3600) for _time in range(2)] == [True, False]
    with travelling.travel(timezone.now() + timedelta(minutes=50)):
        assert not asked("hour", most=1, seconds=3600)


@pytest.mark.usefixtures("redis_away")
def test_a_lost_redis_is_counted_without():
    assert [asked("lost", most=2) for _time in range(3)] == [True, True, False]


def test_a_whole_network_of_one_visitor_counts_as_one():
    addresses = [f"2001:db8:1:1::{number:x}" for number in range(3)]

    assert [asked("v6", most=2, address=address) for address in addresses] == [True, True, False]
    assert asked("v6", most=2, address="2001:db8:1:2::1")


def test_one_account_at_many_addresses_counts_as_one(applicant: User, caseworker: User):
    addresses = [f"203.0.113.{number}" for number in range(3)]

    assert [asked("account", most=2, address=address, by=applicant) for address in addresses] == [True, True, False]
    assert asked("account", most=2, address="203.0.113.4", by=caseworker)


def test_all_visitors_together_do_not_burn_the_quota_of_who_logged_in(applicant: User):
    def look_up(address: str, user: User | AnonymousUser) -> bool:
        request = RequestFactory().get("/", REMOTE_ADDR=address)
        request.user = user
        return is_within_lookups(request)

    visitors = [look_up(f"10.0.{number // 250}.{number % 250}", AnonymousUser()) for number in range(601)]

    assert visitors.count(False) == 1
    assert look_up("10.9.9.9", applicant)


def test_pages_and_programs_share_one_count(client: Client, db: None):
    for _time in range(find_most("vehicle_lookups_a_minute")):
        client.post("/api/v1/toegangscontroles", {"plate": "XX-99-99"}, content_type="application/json")

    answer = client.post("/api/v1/toegangscontroles", {"plate": "XX-99-99"}, content_type="application/json")

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
