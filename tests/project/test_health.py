"""The addresses for proxy and operator."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from casework.models import Message
from tests import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """New connections find no server; the test's own connection stays open."""
    monkeypatch.setitem(connections.settings["default"], "HOST", "/nowhere")


def ask(client: Client, address: str, **headers: str) -> Any:
    with loop.put_aside():
        return client.get(address, headers=headers)


def test_all_is_well(client: Client):
    response = ask(client, "/gezondheid")

    assert (response.status_code, response.content) == (200, b"Database(alias='default'): OK\n")


def test_without_the_database_nobody_can_be_served(client: Client, database_away: None):
    response = ask(client, "/gezondheid")

    assert response.status_code == 500
    assert b"OK" not in response.content


def test_a_lost_redis_closes_no_door(client: Client, redis_away: None):
    assert ask(client, "/gezondheid").status_code == 200


def test_the_monitor_hears_of_a_lost_redis(client: Client, redis_away: None):
    response = ask(client, "/gezondheid/delen")

    assert response.status_code == 500
    assert "Redis(): Unavailable: ConnectionError" in response.content.decode()


def test_the_monitor_hears_of_a_lost_mail_server(client: Client, mail_server_away: None):
    assert "Mail(alias='default'): " in ask(client, "/gezondheid/delen").content.decode()


@pytest.mark.django_db(transaction=True)  # the view asks over another connection: see `loop`
def test_the_monitor_hears_of_what_is_due_and_not_done(client: Client) -> None:
    Message.objects.create(
        kind="receipt", to="anna@example.org", subject="Ontvangen", not_before=timezone.now() - timedelta(minutes=11)
    )

    answer = ask(client, "/gezondheid/delen").content.decode()

    assert re.search(r"OldestDue\(\): .*email due since \d{4}-\d\d-\d\d \d\d:\d\d UTC", answer)


def test_what_waits_for_the_next_minute_is_no_news(client: Client) -> None:
    Message.objects.create(kind="receipt", to="anna@example.org", subject="Ontvangen")

    assert "OldestDue(): OK" in ask(client, "/gezondheid/delen").content.decode()


@pytest.mark.parametrize("address", ["/gezondheid/delen", "/metrics"])
def test_what_is_the_matter_inside_is_not_told_to_who_came_by_a_proxy(client: Client, address: str) -> None:
    assert ask(client, address, **{"X-Forwarded-For": "203.0.113.7"}).status_code == 404


def test_the_metrics_count_requests(client: Client):
    ask(client, "/gezondheid")

    assert 'view="health"' in ask(client, "/metrics").content.decode()
