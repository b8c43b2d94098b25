"""A small history that is over: three months of 2025, looked at on 20 April 2025."""

from collections.abc import Iterator
from typing import Any, Protocol

import pytest
import time_machine
from django.test import Client

from reporting.figures import PUBLIC
from tests.reporting.cases import case, day_exemption

TODAY = "2025-04-20T12:00+02:00"
NATIONAL = [name for name, figure in PUBLIC.items() if figure.is_national]
MUNICIPAL = [name for name, figure in PUBLIC.items() if figure.is_municipal]
MARCH = ["Utrecht"] * 6 + ["Amsterdam"] * 2 + ["Assen"] * 2 + ["Delft"] * 3 + ["Zwolle"]


class Ask(Protocol):
    def __call__(self, path: str, **query: str) -> Any: ...


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def ask(db: None) -> Ask:
    """Somebody whom nobody knows."""

    def get(path: str, **query: str) -> Any:
        return Client().get(f"/api/v1/{path}", query)

    return get


@pytest.fixture
def some_cases(db: None) -> None:
    """National ones, and in March day exemptions in five municipalities: two of them with few."""
    case("LEV", file="2025-02-03", take_up="2025-02-04", grant="2025-02-20")
    case("LEV", file="2025-03-03")
    case("NEV", file="2025-04-03")
    for number, where in enumerate(MARCH):
        day_exemption("2025-03-10", plate=f"VAA{number:02}A", where=where)


def rows(answer: Any) -> dict[str, Any]:
    """The rows of an answer by their key, after the municipality if there is one."""
    assert answer.status_code == 200, answer.content
    return {":".join(filter(None, (row.get("municipality"), row["key"]))): row for row in answer.json()["rows"]}
