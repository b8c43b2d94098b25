"""The NLgov REST API Design Rules 2.1 that a program can check, over the public addresses."""

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OURS = ("cijfers", "gemeenten", "soorten", "catalogus")


@pytest.fixture
def described() -> Any:
    return Client().get("/api/v1/openapi.json").json()


@pytest.fixture
def operations(described) -> dict[str, Any]:
    """Our addresses with their description of `get`."""
    paths = described["paths"]
    return {path: paths[path]["get"] for path in paths if path.removeprefix("/api/v1/").startswith(OURS)}


def test_every_address_is_described(operations):
    assert set(operations) == {
        "/api/v1/catalogus",
        "/api/v1/cijfers",
        "/api/v1/cijfers/{name}",
        "/api/v1/cijfers/{name}/gemeenten",
        "/api/v1/gemeenten",
        "/api/v1/soorten",
    }


def test_path_segments_are_kebab_case_without_a_slash_at_the_end(operations):
    shape = re.compile(r"/api/v1(/([a-z0-9-]+|\{[^}]+\}))+")

    assert [path for path in operations if not shape.fullmatch(path)] == []


def test_query_keys_are_camel_case(operations):
    keys = {one["name"] for operation in operations.values() for one in operation["parameters"] if one["in"] == "query"}

    assert keys >= {"from", "to", "asOf", "month", "municipality", "kind", "scope", "format"}
    assert [key for key in keys if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", key)] == []


def test_only_reading(described, operations):
    assert {method for path in operations for method in described["paths"][path]} == {"get"}


def test_the_version_is_a_header_of_every_answer(operations):
    answers = [operation["responses"]["200"] for operation in operations.values()]

    assert all("API-Version" in answer["headers"] for answer in answers)


def test_every_error_is_described_as_a_problem(operations):
    for path, operation in operations.items():
        errors = {code: list(answer["content"]) for code, answer in operation["responses"].items() if code >= "4"}
        assert {"400", "406", "412", "429"} <= set(errors), path
        assert set(map(tuple, errors.values())) == {("application/problem+json",)}, path


def test_nobody_needs_to_log_in(operations):
    assert [path for path, operation in operations.items() if operation.get("security", [{}]) != [{}]] == []


@pytest.mark.parametrize("path", OURS)
def test_a_slash_at_the_end_does_not_exist(client, path):
    answer = client.get(f"/api/v1/{path}/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", OURS)
def test_the_headers_that_protect_a_reader(client, path):
    answer = client.get(f"/api/v1/{path}")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"]
    assert "default-src" in answer["Content-Security-Policy"]
    assert answer["API-Version"] == "1.0.0"


def test_days_are_days_without_a_time(client):
    answer = client.get("/api/v1/cijfers/R01").json()

    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", answer[name]) for name in ("from", "to", "as_of"))
