"""The page with the figures."""

import io
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from playwright.sync_api import Page

from reporting.figures import FIGURES
from reporting.figures.base import Row
from reporting.presentation import format_share
from tests import axe
from tests.reporting.cases import case, day_exemption, in_term
from tests.reporting.disputes import objection

pytestmark = pytest.mark.django_db
PERIOD = {"from": "2025-01-01", "to": "2025-03-31", "as_of": "2025-03-31"}


@pytest.fixture
def some_cases(db: None) -> None:
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20")
    case(file="2025-03-10")
    objection(file="2025-03-11", withdraw="2025-03-12")
    day_exemption("2025-03-03")
    day_exemption("2025-03-03", plate="TAA01A", vehicle="truck")


# --- Who may see it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["as_reporter", "as_team_lead", "as_administrator"])
@pytest.mark.parametrize("address", ["/cijfers/", "/cijfers/bestand/json/"])
def test_some_roles_see_the_figures(person: str, address: str, request: pytest.FixtureRequest):
    assert request.getfixturevalue(person).get(address, PERIOD).status_code == 200


@pytest.mark.parametrize(
    "person", ["as_caseworker", "as_municipal_caseworker", "as_objection_officer", "as_editor", "as_applicant"]
)
@pytest.mark.parametrize("address", ["/cijfers/", "/cijfers/bestand/json/"])
def test_the_others_are_told_that_they_may_not(person: str, address: str, request: pytest.FixtureRequest):
    assert request.getfixturevalue(person).get(address, PERIOD).status_code == 403


@pytest.mark.parametrize("address", ["/cijfers/", "/cijfers/bestand/json/"])
def test_whoever_is_not_logged_in_goes_to_the_login_page(client: Client, address: str):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=/cijfers/")


# --- What it shows ---------------------------------------------------------------------------------------------


def test_every_figure_with_its_definition(as_reporter: Client, some_cases: None):
    page = as_reporter.get("/cijfers/", PERIOD).content.decode()

    for number in range(1, 25):
        assert f'id="R{number:02}"' in page
    assert "Ontvangen aanvragen" in page
    assert page.count("figures-definition") == len(FIGURES)


def test_it_opens_with_everything_until_yesterday(as_reporter: Client):
    page = as_reporter.get("/cijfers/")

    assert page.context["form"]["from"].value() == "2024-07-01"
    assert page.context["period"].is_final


def test_the_charts_say_what_the_tables_say(as_reporter: Client, some_cases: None):
    page = as_reporter.get("/cijfers/", PERIOD)
    shown = {section.computed.figure.id: section.charts for section in page.context["sections"]}
    (weeks,), (months,) = shown["R05"], shown["R06"]

    assert [bar.words for bar in weeks.bars if float(bar.height)] == [
        "week van 3 maart 2025: 1",
        "week van 10 maart 2025: 1",
    ]
    assert len(weeks.bars) == 14
    assert [bar.series for bar in months.bars if float(bar.height)] == [1, 2]


def test_the_lead_times_of_a_kind_stand_on_one_line(as_reporter: Client):
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20", term=in_term("2025-03-03", "2025-04-28"))

    page = as_reporter.get("/cijfers/", PERIOD)
    (times,) = [section for section in page.context["sections"] if section.computed.figure.id == "R22"]

    assert [cell.words for cell in times.rows[0][1:3]] == ["1", "17"]
    assert times.rows[0][4].words.endswith("(100%)")
    assert len(times.rows) == 1
    assert len(times.head) == len(times.rows[0]) == 9


def test_a_chart_is_an_image_with_a_name_and_a_description(as_reporter: Client, some_cases: None):
    page = as_reporter.get("/cijfers/", PERIOD).content.decode()
    start = page.index('<svg viewBox="0 0 640')
    chart = ElementTree.fromstring(page[start : page.index("</svg>", start) + len("</svg>")])

    assert chart.attrib["role"] == "img"
    assert chart.findtext("title")
    assert "tabel" in (chart.findtext("desc") or "")


def test_nothing_on_it_needs_inline_style_or_script(as_reporter: Client, some_cases: None):
    page = as_reporter.get("/cijfers/", PERIOD).content.decode()

    assert "style=" not in page
    assert "<style" not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": "2024-12-31"}, "Wissel ze om"),
        ({"from": "gisteren"}, "geen datum"),
        ({"as_of": ""}, "Vul deze dag in"),
        ({"as_of": "2024-01-01"}, "nog niets gebeurd"),
    ],
)
def test_days_that_make_no_period_get_a_sentence_and_stay_as_typed(
    as_reporter: Client, wrong: dict[str, str], sentence: str
):
    page = as_reporter.get("/cijfers/", PERIOD | wrong)

    assert sentence in page.content.decode()
    assert "sections" not in page.context
    assert page.context["form"]["as_of"].value() == (PERIOD | wrong)["as_of"]


def test_a_day_that_is_not_over_is_said_to_be_so(as_reporter: Client):
    page = as_reporter.get("/cijfers/", PERIOD | {"as_of": "2099-01-01"})

    assert "nog niet voorbij" in page.content.decode()


def test_the_number_of_queries_does_not_grow(as_reporter: Client, some_cases: None):
    as_reporter.get("/cijfers/", PERIOD)
    queries = count_queries(as_reporter)
    for number in range(5):
        case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="repeated")
        day_exemption("2025-03-04", plate=f"VAA2{number}A")

    assert count_queries(as_reporter) == queries
    assert queries <= 45


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/cijfers/", PERIOD)
    return len(asked)


# --- Files ------------------------------------------------------------------------------------------------------


def test_the_files_hold_the_numbers_of_the_page(as_reporter: Client, some_cases: None):
    page = as_reporter.get("/cijfers/", PERIOD)
    shown = {
        section.computed.figure.id: [row.count for row in section.computed.rows] for section in page.context["sections"]
    }

    as_json = json.loads(as_reporter.get("/cijfers/bestand/json/", PERIOD).content)
    as_xlsx = load_workbook(io.BytesIO(as_reporter.get("/cijfers/bestand/xlsx/", PERIOD).content))

    for name, counts in shown.items():
        assert [row["count"] for row in as_json["figures"][name]["rows"]] == counts
        assert [cell.value for cell in as_xlsx[name]["C"][1:]] == counts


@pytest.mark.parametrize("name", ["json", "csv", "xlsx"])
def test_a_file_comes_under_a_name_that_says_what_it_is(as_reporter: Client, name: str):
    response = as_reporter.get(f"/cijfers/bestand/{name}/", PERIOD)

    assert response["Content-Disposition"] == f'attachment; filename="cijfers-2025-01-01-2025-03-31-2025-03-31.{name}"'


def test_a_format_that_is_not_made_is_not_found(as_reporter: Client):
    assert as_reporter.get("/cijfers/bestand/pdf/", PERIOD).status_code == 404


def test_a_file_over_no_period_leads_back_to_the_page(as_reporter: Client):
    response = as_reporter.get("/cijfers/bestand/json/", {"from": "2025-01-01"})

    assert response["Location"] == "/cijfers/?from=2025-01-01"


# --- In a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    page: Page, sign_in, reporter, some_cases: None, width: int
):
    sign_in(page.context, reporter)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/cijfers/?from=2025-01-01&to=2025-03-31&as_of=2025-03-31")

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.django_db
def test_periods_that_people_often_want_are_one_click_away(as_reporter: Client):
    page = as_reporter.get("/cijfers/")

    for choice in page.context["choices"]:
        assert as_reporter.get(f"/cijfers/?{choice.query}").context["form"].is_valid()
    assert "from=2024-07-01&to=2025-07-31&as_of=2025-07-31" in page.context["choices"][0].query


@pytest.mark.parametrize(
    ("count", "of", "percent", "shown"),
    [(0, 9, 0, "0%"), (1, 900, 0, "minder dan 1%"), (2365, 2366, 100, "meer dan 99%"), (9, 9, 100, "100%")],
)
def test_a_share_never_says_nothing_or_all_where_it_is_not(count, of, percent, shown):
    assert format_share(Row("key", "label", count, of, percent)) == shown
