"""While the database is away everybody hears so, in words or as problem+json, and when to try again."""

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.fixture
def visitor(client: Client) -> Client:
    """Returns the answer that a visitor gets, instead of raising the error."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question to the database fails, as while it restarts."""
    let_queries_fail(monkeypatch, OperationalError("the database system is shutting down"))


def let_queries_fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise error

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("database_away")
def test_a_page_says_that_we_are_briefly_unavailable(visitor: Client) -> None:
    answer = visitor.get("/ontheffingen/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Wij zijn even niet bereikbaar" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("name", ["catalogus", "gemeenten", "soorten"])
def test_a_program_gets_it_in_its_own_form(visitor: Client, name: str) -> None:
    answer = visitor.get(f"/api/v1/{name}")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 503


@pytest.mark.django_db
def test_any_other_fault_is_a_500_also_for_a_program(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    let_queries_fail(monkeypatch, ValueError("our own mistake"))

    answer = visitor.get("/api/v1/soorten")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
