"""The returns of municipalities, and the cases behind a figure, as files."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.deliveries.deliver import keep_delivery
from reporting.models import ReturnVersion
from reporting.returns.kind import RETURNS
from tests.casework.exports.files import address, book, numbers, rows
from tests.cast import staff
from tests.reporting.cases import case
from tests.reporting.disputes import objection
from zones.models import Municipality

pytestmark = pytest.mark.django_db
PERIOD = {"from": "2025-01-01", "to": "2025-03-31", "as_of": "2025-03-31"}
BEHIND = {**PERIOD, "figure": "R01", "key": "local"}


# --- Returns of municipalities --------------------------------------------------------------------------------


@pytest.fixture
def june(reporter):
    """Utrecht handed in June 2025: twelve letters, and nothing about passages."""
    utrecht = Municipality.objects.get(cbs_code="GM0344")
    values = {**RETURNS.values_of(None), "warnings": 12, "context": "=Vakantie"}
    return keep_delivery(
        RETURNS, utrecht, date(2025, 6, 1), values=values, by=reporter, channel=ReturnVersion.Channel.FORM
    )


def of_june(found):
    return next(row for row in found if (row["Gemeentecode"], row["Maand"]) == ("GM0344", "2025-06"))


def test_what_was_not_handed_in_is_empty_and_never_zero(as_reporter, june):
    row = of_june(rows(as_reporter, "returns", year="2025"))

    assert (row["Waarschuwingsbrieven"], row["Passages van bestelauto's (ANPR)"]) == ("12", "")
    assert row["Toelichting"] == "'=Vakantie"


def test_the_year_of_the_page_is_that_of_the_file(as_reporter, june):
    page = as_reporter.get("/opgaven/", {"year": "2025"}).content.decode()
    months = {row["Maand"] for row in rows(as_reporter, "returns", year="2025")}

    assert 'href="/lijsten/returns/csv/?year=2025"' in page
    assert {month[:4] for month in months} == {"2025"}


def test_a_municipality_has_its_own_months_in_it_and_no_other(as_municipal_reporter, june):
    page = as_municipal_reporter.get("/opgaven/GM0344/").content.decode()

    assert 'href="/lijsten/returns/xlsx/?municipality=GM0344"' in page
    assert {row["Gemeentecode"] for row in rows(as_municipal_reporter, "returns")} == {"GM0344"}
    assert as_municipal_reporter.get(address("returns"), {"municipality": "GM0363"}).status_code == 404


@pytest.mark.parametrize("year", ["x", "=1+1", "202", "2025'--", "٢٠٢٥"])
def test_what_is_no_year_is_not_found(as_reporter, year):
    assert as_reporter.get(address("returns"), {"year": year}).status_code == 404


# --- The cases behind a figure --------------------------------------------------------------------------------


@pytest.fixture
def some_cases():
    """Two local ones, the second in Utrecht; a national one; and an objection."""
    local = [case("HAR", where=place, file=f"2025-03-1{day}") for day, place in enumerate(("Rotterdam", "Utrecht"))]
    case(file="2025-03-03")
    objection(file="2025-03-11", withdraw="2025-03-12")
    return local


def test_the_cases_behind_a_figure_are_those_of_its_page(as_team_lead, some_cases):
    page = as_team_lead.get("/cijfers/zaken/R01/", {**PERIOD, "key": "local"})

    assert numbers(as_team_lead, "cases", **BEHIND) == [str(line.application) for line in page.context["lines"]]


def test_the_page_links_to_its_files_with_all_that_was_asked(as_team_lead, some_cases):
    page = as_team_lead.get("/cijfers/zaken/R01/", {"key": "local", **PERIOD}).content.decode()

    query = "key=local&amp;from=2025-01-01&amp;to=2025-03-31&amp;as_of=2025-03-31&amp;figure=R01"
    assert f'href="/lijsten/cases/csv/?{query}"' in page


def test_the_choice_of_the_page_is_that_of_the_file(as_team_lead, some_cases):
    assert numbers(as_team_lead, "cases", **BEHIND, municipality="GM0344") == [str(some_cases[1])]
    assert len(numbers(as_team_lead, "cases", **{**BEHIND, "figure": "R11", "key": "withdrawn"})) == 1


def test_the_file_tells_of_which_figure_and_period(as_team_lead, some_cases):
    about = dict(book(as_team_lead, "cases", **BEHIND).worksheets[0].iter_rows(values_only=True))

    assert about["Gekozen"].startswith("R01 ")
    assert "2025-01-01 – 2025-03-31" in about["Gekozen"]
    assert "/cijfers/zaken/R01/?key=local&from=2025-01-01" in about["Pagina van de lijst"]


@pytest.mark.parametrize("who", ["as_reporter", "as_caseworker"])
def test_who_does_not_see_both_figures_and_cases_gets_no_file(who, some_cases, request):
    assert request.getfixturevalue(who).get(address("cases"), BEHIND).status_code == 403


def test_who_sees_some_of_the_cases_gets_those(client, some_cases):
    client.force_login(staff("Ria Regio", "municipal caseworker", "reporter"))
    assert numbers(client, "cases", **BEHIND) == []


@pytest.mark.parametrize(
    "wrong", [{"figure": "R99"}, {"figure": "R14"}, {"figure": ""}, {"key": "x"}, {"to": "2024-01-01"}, {"from": ""}]
)
def test_what_has_no_page_has_no_file(as_team_lead, some_cases, wrong):
    assert as_team_lead.get(address("cases"), BEHIND | wrong).status_code == 404


def test_more_cases_are_no_more_queries(as_team_lead, some_cases):
    with CaptureQueriesContext(connection) as few:
        numbers(as_team_lead, "cases", **BEHIND)
    for _more in range(5):
        case("HAR", file="2025-03-04")
    with CaptureQueriesContext(connection) as many:
        assert len(numbers(as_team_lead, "cases", **BEHIND)) == 7

    assert len(many) == len(few)
