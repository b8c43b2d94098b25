"""A file has the rows of its page: the same filters, the same order, the same rights; numbers and days as such."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exemptions.admin.application import ApplicationAdmin
from exemptions.models import Applicant, Application
from exemptions.worklists import TO_REGISTER
from tests import contest, given
from tests.casework.exports.files import address, book, content, numbers, rows, table
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def applications(applicant, caseworker):
    """One waits for the applicant, one is new, one was granted."""
    waiting = given.waiting(by=applicant, desk=caseworker, plate="V001AA")
    new = given.filed(by=applicant, plate="V002AA")
    granted = given.granted(by=applicant, desk=caseworker, plate="V003AA")
    return {"waiting": waiting, "new": new, "granted": granted}


@pytest.fixture
def in_every_list(applications, applicant, caseworker, other_caseworker, objection_officer):
    """Objections that are handled and before a court, and a notice of default, besides the applications."""
    first, second = (
        given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V01{number}AA")
        for number in range(2)
    )
    contest.filed(first, by=applicant)
    planned = contest.hearing_planned(second, by=applicant, desk=objection_officer)
    contest.appeal(planned, desk=objection_officer, against="silence")


# --- Which rows ------------------------------------------------------------------------------------------


def test_the_filter_of_the_page_is_that_of_the_file(as_caseworker, applications):
    assert numbers(as_caseworker, list="new") == [str(applications["new"])]
    assert numbers(as_caseworker, list="ended") == [str(applications["granted"])]
    assert len(numbers(as_caseworker, list="open")) == 2
    assert len(numbers(as_caseworker)) == 2


@pytest.mark.parametrize("who", ["as_caseworker", "as_team_lead", "as_objection_officer", "as_municipal_caseworker"])
def test_every_list_of_the_start_page_is_exported_with_as_many_rows_as_it_counts(who, in_every_list, request):
    client = request.getfixturevalue(who)
    counted = [one for group in client.get("/loket/").context["groups"] for one in group.lists]
    lists = [one for one in counted if one.worklist is not TO_REGISTER]  # which leads to a form

    exported = {one.url: len(rows(client, name_of(one.url), list=one.worklist.name)) for one in lists}

    assert exported == {one.url: one.count for one in lists}


def name_of(page: str) -> str:
    """The list of a page of the desk is called as its model."""
    return urlsplit(page).path.strip("/").split("/")[-1]


def test_every_worklist_with_rows_links_to_its_files(as_team_lead, in_every_list):
    lists = [one for group in as_team_lead.get("/loket/").context["groups"] for one in group.lists if one.count]

    for one in lists:
        page = pages.text(as_team_lead.get(one.url))
        assert f'href="/lijsten/{name_of(one.url)}/xlsx/?list={one.worklist.name}"' in page


def test_the_order_is_that_of_the_page(as_caseworker, applicant):
    for number in range(3):
        case = given.filed(by=applicant, plate=f"V10{number}AA")
        Application.objects.filter(pk=case.pk).update(decide_by=date(2030, 1, 9 - number))
    page = as_caseworker.get(pages.worklist("open")).context["cl"]

    assert numbers(as_caseworker, list="open") == [str(one) for one in page.result_list]
    newest = as_caseworker.get(pages.worklist("open") + "&o=-1").context["cl"]
    assert numbers(as_caseworker, list="open", o="-1") == [str(one) for one in newest.result_list]


def test_more_rows_than_a_page_holds_are_all_in_the_file(as_caseworker, applicant, applications, monkeypatch):
    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 1)
    page = pages.text(as_caseworker.get(pages.worklist("open") + "&p=2"))

    assert 'href="/lijsten/application/csv/?list=open"' in page
    assert len(numbers(as_caseworker, list="open")) == 2


def test_an_empty_list_is_a_file_with_a_header(as_caseworker):
    lines = table(content(as_caseworker.get(address("application"), {"list": "overdue"})))

    assert lines[0][0] == "Nummer"
    assert len(lines) == 1


def test_more_rows_are_no_more_queries(as_caseworker, applicant):
    given.filed(by=applicant)
    with CaptureQueriesContext(connection) as few:
        assert len(numbers(as_caseworker, list="new")) == 1
    for number in range(6):
        given.filed(by=applicant, plate=f"V10{number}AA")
    with CaptureQueriesContext(connection) as many:
        assert len(numbers(as_caseworker, list="new")) == 7

    assert len(many) == len(few)


# --- What a row says ---------------------------------------------------------------------------------------


def test_a_row_says_what_the_page_says_in_words_days_and_numbers(as_caseworker, applications):
    row = rows(as_caseworker, "application", list="new")[0]

    assert row["Aanvrager"] == "Bakkerij De Korst"
    assert row["Ontvangen"] == timezone.localdate().isoformat()
    assert row["Beslissen uiterlijk"] == applications["new"].decide_by.isoformat()


def test_a_workbook_tells_on_a_sheet_in_front_what_it_is(as_caseworker, applications):
    workbook = book(as_caseworker, "application", list="waiting")
    about = dict(workbook.worksheets[0].iter_rows(values_only=True))

    assert workbook.worksheets[0].title == "Over deze lijst"
    assert workbook.active == workbook.worksheets[1]
    assert about["Lijst"] == "Aanvragen"
    assert about["Gekozen"] == "Wacht op de aanvrager"
    assert about["Gevraagd door"] == "Kees Behandelaar"
    assert about["Aantal rijen"] == 1
    assert about["Gemaakt op"].date() == timezone.localdate()
    assert about["Pagina van de lijst"].endswith("/loket/exemptions/application/?list=waiting")


def test_a_csv_file_has_nothing_but_its_rows(as_caseworker, applications):
    data = content(as_caseworker.get(address("application"), {"list": "open"}))

    assert data.startswith(b"\xef\xbb\xbfNummer;")
    assert len(table(data)) == 3


def test_names_of_all_the_world_arrive_as_they_are(as_caseworker, applications):
    Applicant.objects.update(name="Çelik & Łódź 日本 🚚")

    assert rows(as_caseworker, "application", list="new")[0]["Aanvrager"] == "Çelik & Łódź 日本 🚚"


def test_the_header_is_in_the_language_of_the_reader(as_caseworker, applications):
    as_caseworker.cookies["django_language"] = "en"

    assert "Applicant" in rows(as_caseworker, "application", list="new")[0]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_file_is_saved_under_the_name_of_the_list_and_the_day(as_caseworker, format):
    response = as_caseworker.get(address("application", format), {"list": "to-set-aside"})
    content(response)

    assert response["Content-Disposition"].startswith('attachment; filename="aanvragen-')
    assert response["Content-Disposition"].endswith(f'-{timezone.localdate()}.{format}"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
