"""How often one address may ask: the stretch of time ends when it said it would, whatever keeps the counters."""

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine as travelling
from django.test import RequestFactory
from django.utils import timezone

from exemptions.views import rate
from zesportal import stores


@pytest.fixture
def kept_in_files(settings: Any, tmp_path: Any) -> None:
    settings.CACHES = {**settings.CACHES, "default": stores.cache("", tmp_path)}


def asked(action: str, *, most: int, seconds: int = 60, address: str = "203.0.113.9") -> bool:
    return rate.within(RequestFactory().get("/", REMOTE_ADDR=address), action, most=most, seconds=seconds)


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
def test_a_lost_cache_refuses_nobody():
    assert all(asked("lost", most=1) for _time in range(3))
