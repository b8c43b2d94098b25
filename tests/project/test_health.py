"""The addresses for proxy and operator."""

import pytest
from django.db import connections
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who connects from now on finds no server; the test's own connection stands."""
    monkeypatch.setitem(connections.settings["default"], "HOST", "/nowhere")


def test_all_is_well(client: Client):
    response = client.get("/gezondheid")

    assert (response.status_code, response.content) == (200, b"Database(alias='default'): OK\n")


def test_without_the_database_nobody_can_be_served(client: Client, database_away: None):
    response = client.get("/gezondheid")

    assert response.status_code == 500
    assert b"OK" not in response.content


def test_a_lost_redis_closes_no_door(client: Client, redis_away: None):
    assert client.get("/gezondheid").status_code == 200


def test_the_monitor_hears_of_a_lost_redis(client: Client, redis_away: None):
    response = client.get("/gezondheid/delen")

    assert response.status_code == 500
    assert "Cache(alias='default'): Unavailable" in response.content.decode()


def test_the_monitor_hears_of_a_lost_mail_server(client: Client, mail_server_away: None):
    assert "Mail(alias='default'): " in client.get("/gezondheid/delen").content.decode()


def test_the_metrics_count_requests(client: Client):
    client.get("/gezondheid")

    assert 'view="health"' in client.get("/metrics").content.decode()
