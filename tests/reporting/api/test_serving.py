"""How the open data are served: to everybody, from caches, and never computed twice."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.reporting.api.conftest import NATIONAL
from tests.reporting.cases import day_exemption

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/cijfers/R01"
PATHS = ("cijfers", "cijfers/R01", "cijfers/R07/gemeenten", "gemeenten", "soorten", "catalogus")


@pytest.mark.parametrize("path", PATHS)
def test_caches_may_keep_an_answer_and_it_depends_on_nobody(ask, path):
    answer = ask(path)

    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_newest_answer_does_not_get_it_again(client, path):
    first = client.get(f"/api/v1/{path}")

    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["API-Version"] == "1.0.0"
    assert again["Access-Control-Allow-Origin"] == "*"


def test_an_answer_changes_when_a_month_is_over(client):
    first = client.get(ADDRESS)
    assert first["Last-Modified"] == "Mon, 31 Mar 2025 22:00:00 GMT"

    same = client.get(ADDRESS, headers={"If-Modified-Since": "Wed, 02 Apr 2025 00:00:00 GMT"})
    newer = client.get(ADDRESS, headers={"If-Modified-Since": "Sat, 01 Mar 2025 00:00:00 GMT"})

    assert (same.status_code, newer.status_code) == (304, 200)


def test_json_and_csv_are_two_versions(client):
    tag = client.get(ADDRESS)["ETag"]

    answer = client.get(ADDRESS, headers={"If-None-Match": tag, "Accept": "text/csv"})

    assert answer.status_code == 200


def test_a_condition_that_is_not_met_is_a_problem(client):
    answer = client.get(ADDRESS, headers={"If-Match": '"another"'})

    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"


# --- Any page may read it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PATHS, "cijfers/R99", "cijfers/R01?from=gisteren"])
def test_any_page_may_read_it_and_its_errors(client, path):
    answer = client.get(f"/api/v1/{path}", headers={"Origin": "https://example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_page_may_send_the_version_that_it_knows(client, form):
    answer = client.options(f"{ADDRESS}?format={form}", headers={"Origin": "https://example.org"})

    assert answer.status_code == 204
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["aanvragen", "besluiten/BBBB-BBBB-BBBB"])
def test_no_page_may_read_the_rest_of_the_api(client, path):
    answer = client.get(f"/api/v1/{path}", headers={"Origin": "https://example.org"})

    assert "Access-Control-Allow-Origin" not in answer


# --- Forms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"format": "xml"}, {}),
        ({"format": "xlsx"}, {}),
        ({}, {"Accept": "application/xml"}),
        ({"format": ""}, {"Accept": "x/y"}),
    ],
)
def test_a_form_that_we_do_not_have(client, query, headers):
    answer = client.get(ADDRESS, query, headers=headers)

    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    assert "application/json, text/csv" in answer.json()["detail"]


def test_an_error_is_a_problem_for_who_asks_csv_too(client):
    answer = client.get(ADDRESS, {"format": "csv", "from": "gisteren"})

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent(client, method):
    answer = getattr(client, method)(ADDRESS)

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"


# --- How much it costs -----------------------------------------------------------------------------------------


def test_a_figure_is_computed_once(client, some_cases, django_assert_num_queries):
    client.get(ADDRESS)

    with django_assert_num_queries(1):  # the opening
        client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS, {"format": "csv"})


@pytest.mark.parametrize(("path", "queries"), [("R01", 11), ("R06", 4), ("R07", 4), ("R09", 6), ("R14", 5), ("R24", 9)])
def test_a_figure_takes_as_many_queries_for_ten_cases_as_for_one(ask, django_assert_num_queries, path, queries):
    day_exemption("2025-03-10")
    with django_assert_num_queries(queries):
        ask(f"cijfers/{path}/gemeenten")
    for number, where in enumerate(["Assen", "Delft", "Zwolle"] * 3):
        day_exemption("2025-03-11", plate=f"VAA{number:02}A", where=where)
    cache.clear()

    with django_assert_num_queries(queries):
        ask(f"cijfers/{path}/gemeenten")


@pytest.mark.parametrize("name", NATIONAL)
def test_a_national_figure_takes_as_many_queries_for_ten_cases_as_for_one(ask, name):
    day_exemption("2025-03-10")
    with CaptureQueriesContext(connection) as few:
        ask(f"cijfers/{name}")
    for number in range(9):
        day_exemption("2025-03-11", plate=f"VAA{number:02}A")
    cache.clear()

    with CaptureQueriesContext(connection) as many:
        ask(f"cijfers/{name}")

    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(("path", "queries"), [("cijfers", 0), ("gemeenten", 1), ("soorten", 1), ("catalogus", 2)])
def test_lists_take_few_queries(ask, django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        ask(path)


@pytest.mark.usefixtures("redis_away")
def test_without_redis_it_answers_all_the_same(client, some_cases):
    answers = [client.get(ADDRESS), client.get("/api/v1/cijfers/R07/gemeenten")]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_who_asks_too_often_waits(client):
    answers = [client.get("/api/v1/soorten") for _number in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert answers[60]["Content-Type"] == "application/problem+json"
    assert int(answers[60]["Retry-After"]) > 0
    assert "Vraag het opnieuw over" in answers[60].json()["detail"]


def test_somebody_who_is_logged_in_gets_the_same_as_everybody(as_caseworker, some_cases):
    address = "/api/v1/cijfers/R07/gemeenten"

    assert as_caseworker.get(address).content == Client().get(address).content
