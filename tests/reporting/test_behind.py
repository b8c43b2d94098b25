"""The list of the cases behind a figure: for those who may see them, and with the same choice."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import staff
from tests.reporting.cases import case, day_exemption
from tests.reporting.disputes import objection
from zones.models import Municipality

pytestmark = pytest.mark.django_db
PERIOD = {"from": "2025-01-01", "to": "2025-03-31", "as_of": "2025-03-31"}


@pytest.fixture(autouse=True)
def some_cases() -> None:
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20")
    case("HAR", where="Utrecht", file="2025-03-10")
    case("HAR", where="Rotterdam", file="2025-03-10")
    objection(file="2025-03-11", withdraw="2025-03-12")
    day_exemption("2025-03-03")


def cases_of(person: Client, figure: str, key: str, **more: str) -> list[str]:
    page = person.get(f"/cijfers/zaken/{figure}/", {**PERIOD, "key": key, **more})
    return [str(line.application) for line in page.context["lines"]]


# --- From a number to its cases ---------------------------------------------------------------------------


def test_a_number_leads_to_its_cases(as_team_lead: Client):
    page = as_team_lead.get("/cijfers/", PERIOD).content.decode()

    assert "/cijfers/zaken/R01/?key=local&amp;from=2025-01-01" in page
    assert len(cases_of(as_team_lead, "R01", "local")) == 2
    assert len(cases_of(as_team_lead, "R02", "granted")) == 1


def test_the_choice_goes_along(as_team_lead: Client):
    page = as_team_lead.get("/cijfers/", {**PERIOD, "municipality": "GM0344"}).content.decode()

    assert "municipality=GM0344" in page.split("/cijfers/zaken/R01/?key=local&amp;")[1].split('"')[0]
    assert len(cases_of(as_team_lead, "R01", "local", municipality="GM0344")) == 1


def test_an_objection_leads_to_its_own_page(as_team_lead: Client):
    page = as_team_lead.get("/cijfers/zaken/R11/", {**PERIOD, "key": "withdrawn"})

    assert "/loket/objections/objection/" in page.context["lines"][0].address


def test_zero_leads_nowhere(as_team_lead: Client):
    page = as_team_lead.get("/cijfers/", PERIOD).content.decode()

    assert "/cijfers/zaken/R02/?key=granted" in page
    assert "/cijfers/zaken/R02/?key=rejected" not in page


def test_who_sees_no_cases_sees_no_links_and_no_list(as_reporter: Client):
    assert "/cijfers/zaken/" not in as_reporter.get("/cijfers/", PERIOD).content.decode()
    assert as_reporter.get("/cijfers/zaken/R01/", {**PERIOD, "key": "local"}).status_code == 403


def test_who_sees_some_of_the_cases_is_told_how_many_there_are(client: Client):
    person = staff("Ria Regio", "municipal caseworker", "reporter")
    person.municipalities.set(Municipality.objects.filter(name="Utrecht"))
    client.force_login(person)

    page = client.get("/cijfers/zaken/R01/", {**PERIOD, "key": "local"})

    assert len(page.context["lines"]) == 1
    assert "U mag 1 van de 2 zaken zien." in page.content.decode()


@pytest.mark.parametrize(
    ("figure", "key"), [("R01", "nothing"), ("R05", "2025-W99"), ("R99", "x"), ("R14", "GM0344"), ("R06", "x:van")]
)
def test_a_row_that_does_not_exist_is_not_found(as_team_lead: Client, figure: str, key: str):
    assert as_team_lead.get(f"/cijfers/zaken/{figure}/", {**PERIOD, "key": key}).status_code == 404


def test_days_that_make_no_period_lead_back_to_the_page_that_says_why(as_team_lead: Client):
    response = as_team_lead.get("/cijfers/zaken/R01/", {**PERIOD, "to": "2024-01-01", "key": "local"})

    assert response.status_code == 302
    assert response["Location"].startswith("/cijfers/?")


def test_more_cases_are_no_more_queries(as_team_lead: Client):
    cases_of(as_team_lead, "R01", "national")
    with CaptureQueriesContext(connection) as few:
        cases_of(as_team_lead, "R01", "national")
    for _more in range(5):
        case(file="2025-03-04")
    with CaptureQueriesContext(connection) as many:
        assert len(cases_of(as_team_lead, "R01", "national")) == 6
    assert len(many) == len(few)


# --- What was chosen ---------------------------------------------------------------------------------------


def counts(page: Any, figure: str) -> dict[str, int | None]:
    computed = next(one.computed for one in page.context["sections"] if one.computed.figure.id == figure)
    return {row.key: row.count for row in computed.rows}


@pytest.mark.parametrize(
    ("chosen", "received"),
    [
        ({}, {"national": 1, "local": 2, "day": 1}),
        ({"scope": "local"}, {"national": 0, "local": 2, "day": 0}),
        ({"kind": "HAR"}, {"national": 0, "local": 2, "day": 0}),
        ({"municipality": "GM0344"}, {"national": 0, "local": 1, "day": 1}),
        ({"kind": "HAR", "municipality": "GM0344"}, {"national": 0, "local": 1, "day": 0}),
    ],
)
def test_the_figures_of_what_was_chosen(as_reporter: Client, chosen: dict[str, str], received: dict[str, int]):
    assert counts(as_reporter.get("/cijfers/", PERIOD | chosen), "R01") == received


def test_figures_that_say_nothing_about_the_choice_are_left_out_and_named(as_reporter: Client):
    page = as_reporter.get("/cijfers/", {**PERIOD, "municipality": "GM0344"})
    shown = {one.computed.figure.id for one in page.context["sections"]}

    assert {"R01", "R09", "R14", "R24"} <= shown
    assert shown.isdisjoint({"R02", "R17", "R18"})
    assert "Uitkomst van de landelijke aanvragen (R02)" in page.content.decode()


def test_a_file_has_what_the_page_has(as_reporter: Client):
    data = as_reporter.get("/cijfers/bestand/json/", {**PERIOD, "municipality": "GM0344"}).json()

    assert data["only"] == {"municipality": "GM0344"}
    assert data["figures"]["R01"]["rows"][1]["count"] == 1
    assert "R02" not in data["figures"]


@pytest.mark.parametrize("chosen", [{"scope": "all"}, {"kind": "XXX"}, {"municipality": "GM9999' OR 1=1"}])
def test_what_we_do_not_know_is_refused_with_a_sentence(as_reporter: Client, chosen: dict[str, str]):
    page = as_reporter.get("/cijfers/", PERIOD | chosen)

    assert "Kies uit de lijst." in page.content.decode()
    assert "sections" not in page.context


# --- What it is compared with ---------------------------------------------------------------------------------


def cells(page: Any, figure: str) -> list[list[str]]:
    found = next(one for one in page.context["sections"] if one.computed.figure.id == figure)
    return [list(found.head), *([str(cell.words) for cell in row] for row in found.rows)]


def test_the_period_before_and_everything_since_the_opening_stand_beside(as_reporter: Client):
    case(file="2025-02-03")
    page = as_reporter.get("/cijfers/", {"from": "2025-03-01", "to": "2025-03-31", "as_of": "2025-03-31"})

    head, national, *_others = cells(page, "R01")
    assert head == ["Wat", "Aantal", "Periode ervoor", "Verschil", "Sinds de opening"]
    assert national == ["Landelijk", "1", "1", "0", "3"]


def test_a_row_that_only_the_period_before_has_is_there_too(as_reporter: Client):
    page = as_reporter.get("/cijfers/", {"from": "2025-04-01", "to": "2025-04-30", "as_of": "2025-04-30"})

    rows = cells(page, "R10")[1:]
    assert [row[1:] for row in rows] == [["0", "1", "−1", "1"]]


def test_since_the_opening_there_is_nothing_to_compare(as_reporter: Client):
    page = as_reporter.get("/cijfers/")

    assert cells(page, "R01")[0] == ["Wat", "Aantal"]
