"""The figures for all zones together: public, by whole months, the same numbers as the report's."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from reporting.figures import FIGURES, Figure
from reporting.models import BranchSignal, MailTopic, SiteMonth, SiteMonthVersion
from reporting.period import Period
from tests.looping import each
from tests.reporting.api.conftest import NATIONAL, rows
from tests.reporting.cases import case, in_term, moment

pytestmark = pytest.mark.django_db


def decided(count: int) -> None:
    """Cases that each took 17 days."""
    for _number in range(count):
        case(
            "LEV", file="2025-02-03", take_up="2025-02-04", grant="2025-02-20", term=in_term("2025-02-03", "2025-03-31")
        )


# --- Which ---------------------------------------------------------------------------------------------------


def test_every_figure_says_whether_it_is_public():
    words = {name: getattr(FIGURES["R02"], name) for name in ("id", "title", "counted_on", "scope", "compute")}

    with pytest.raises(TypeError, match="public"):
        Figure(**words, numerator="cases", denominator="none")


def test_the_list_leads_to_every_figure_with_its_definition(ask):
    found = {one["id"]: one for one in ask("cijfers").json()["results"]}

    assert found["R02"]["cuts"] == ["kind", "scope"]
    assert found["R02"]["municipalities_href"] is None
    assert found["R09"]["municipalities_href"].endswith("/api/v1/cijfers/R09/gemeenten")
    assert all(found["R01"][word] for word in ("title", "counted_on", "scope", "numerator", "denominator"))


def test_every_link_of_the_list_works(ask):
    links = [one[name] for one in ask("cijfers").json()["results"] for name in ("href", "municipalities_href")]

    assert {ask(link.split("/api/v1/")[1]).status_code for link in links if link} == {200}


@pytest.mark.parametrize("name", ["R21", "R99", "r01"])
def test_a_figure_that_is_not_public_does_not_exist(ask, name):
    answer = ask(f"cijfers/{name}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert "/api/v1/cijfers" in answer.json()["detail"]


def test_what_municipalities_hand_in_leads_to_where_it_is(ask):
    answer = ask("cijfers/R14")

    assert answer.status_code == 404
    assert "/api/v1/cijfers/R14/gemeenten" in answer.json()["detail"]


# --- What ----------------------------------------------------------------------------------------------------


@each("name", NATIONAL)
def test_the_numbers_are_those_of_the_report(ask, some_cases, name):
    period = Period(date(2024, 7, 1), date(2025, 3, 31), date(2025, 3, 31))
    computed = {row.key: (row.count, row.of, row.percent) for row in FIGURES[name].compute(period)}

    found = rows(ask(f"cijfers/{name}", **{"from": "2024-07-01", "to": "2025-03-31"}))

    assert {key: (row["count"], row["of"], row["percent"]) for key, row in found.items()}.items() <= computed.items()


def test_by_default_it_is_everything_since_the_opening_until_the_last_month_that_is_over(ask, some_cases):
    answer = ask("cijfers/R01").json()

    assert (answer["from"], answer["to"], answer["as_of"]) == ("2024-07-01", "2025-03-31", "2025-03-31")
    assert [row["count"] for row in answer["rows"]] == [2, 0, 14]  # not the one of April


def test_small_national_numbers_are_published_as_in_the_letters(ask, some_cases):
    assert rows(ask("cijfers/R01"))["national"]["count"] == 2


def test_a_kind_can_be_chosen(ask, some_cases):
    answer = ask("cijfers/R01", kind="LEV", to="2025-02-28")

    assert rows(answer)["national"]["count"] == 1
    assert (answer.json()["kind"], answer.json()["scope"]) == ("LEV", None)


def test_as_of_a_past_month_later_decisions_are_not_known(ask):
    case(file="2025-01-03", take_up="2025-01-04", grant="2025-03-20")

    before = ask("cijfers/R02", to="2025-01-31", asOf="2025-02-28")

    assert rows(before)["granted"]["count"] == 0
    assert rows(ask("cijfers/R02"))["granted"]["count"] == 1


def test_what_editors_typed_is_not_published(ask):
    month = SiteMonth.objects.create(month=date(2025, 2, 1))
    version = SiteMonthVersion.objects.create(
        site_month=month, number=1, delivered_at=moment("2025-03-03"), mails=200, source="proef"
    )
    MailTopic.objects.create(version=version, topic="Klacht van Bakker Korst", tone="complaint", count=1)

    answer = ask("cijfers/R20")

    assert rows(answer)["2025-02"]["count"] == 200
    assert "Korst" not in answer.content.decode()


def test_signals_of_branches_are_nowhere(ask, client):
    day = date(2025, 2, 1)
    BranchSignal.objects.create(
        organisation="Vereniging Vrachtwens", topic="Laadpalen", text="Te weinig", first=day, last=day
    )

    pages = [ask("cijfers"), ask("catalogus"), ask("cijfers/R21"), client.get("/open-data/")]

    assert not any(word in page.content.decode() for page in pages for word in ("Vrachtwens", "Laadpalen"))


def test_the_median_of_a_few_decisions_is_the_time_of_one_of_them_and_hidden(ask):
    decided(4)

    found = rows(ask("cijfers/R22"))

    assert (found["LEV:median"]["count"], found["LEV:median"]["suppressed"]) == (None, True)
    assert found["LEV:in_time"]["of"] == 4


def test_the_median_of_five_is_shown(ask):
    decided(5)

    assert rows(ask("cijfers/R22"))["LEV:median"]["count"] == 17


def test_plates_from_abroad_tell_no_municipality(ask, some_cases):
    assert set(rows(ask("cijfers/R24"))) <= {"national"}


def test_the_data_are_dutch_whoever_asks(db):
    answer = Client(headers={"Accept-Language": "en"}).get("/api/v1/cijfers/R01")

    assert answer.json()["title"] == "Ontvangen aanvragen"
    assert answer["Content-Language"] == "nl"


# --- CSV -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["address", "header"])
def test_the_same_numbers_as_csv(ask, client, some_cases, how):
    address = "/api/v1/cijfers/R01"
    answer = (
        client.get(address, {"format": "csv"})
        if how == "address"
        else client.get(address, headers={"Accept": "text/csv"})
    )

    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [line["count"] for line in lines] == ["2", "0", "14"]
    assert lines[0]["to"] == "2025-03-31"


@pytest.mark.parametrize("path", ["cijfers", "gemeenten", "soorten", "cijfers/R07/gemeenten"])
def test_every_list_is_there_as_csv(ask, path):
    lines = list(csv.reader(io.StringIO(ask(path, format="csv").content.decode())))

    assert len(lines) > 10
    assert len({len(line) for line in lines}) == 1
