"""Objections, cases before a court and notices of default as files; and addresses that nobody clicked together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import contest, given
from tests.casework.exports.files import address, book, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    """Gives a rejected application, each time another."""
    plates = iter(range(100))

    def one():
        return given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V{next(plates):03}AA")

    return one


def test_an_objection_says_what_it_is_against_and_until_when(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected(), by=applicant)
    (row,) = rows(as_objection_officer, "objection", list="to-check")

    assert (row["Nummer"], row["Aanvraag"]) == (str(objection), str(objection.application))
    assert row["Beslissen uiterlijk"] == objection.decide_by.isoformat()


def test_an_appeal_says_before_which_court(as_objection_officer, rejected, applicant, objection_officer):
    contest.appeal(contest.filed(rejected(), by=applicant), desk=objection_officer, against="silence")

    (row,) = rows(as_objection_officer, "appeal", list="open")
    assert row["Rechter"] == "Rechtbank Midden-Nederland"


def test_a_notice_of_default_is_money_as_a_number(as_caseworker, applicant, caseworker, time_machine):
    late = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(timezone.localtime() + (late.decide_by - timezone.localdate()) + timedelta(days=1))
    late.receive_default_notice(by=applicant, received_on=timezone.localdate())
    time_machine.move_to(timezone.localtime() + timedelta(days=25))  # two weeks, and holidays that move their end
    as_caseworker.force_login(caseworker)

    head, row = book(as_caseworker, "defaultnotice", list="running").worksheets[1].iter_rows(values_only=True)
    found = dict(zip(head, row, strict=True))
    assert found["Dwangsom tot vandaag in euro's"] > 0
    assert found["Ten hoogste in euro's"] > found["Dwangsom tot vandaag in euro's"]
    assert found["Van wie"] == "Bakkerij De Korst"


@pytest.mark.parametrize("name", ["objection", "appeal"])
def test_more_rows_are_no_more_queries(name, as_objection_officer, rejected, applicant, objection_officer):
    contest.appeal(contest.filed(rejected(), by=applicant), desk=objection_officer, against="silence")
    with CaptureQueriesContext(connection) as few:
        assert len(rows(as_objection_officer, name, list="open")) == 1
    for _more in range(3):
        contest.appeal(contest.filed(rejected(), by=applicant), desk=objection_officer, against="silence")
    with CaptureQueriesContext(connection) as many:
        assert len(rows(as_objection_officer, name, list="open")) == 4

    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["nothing/csv/", "application/pdf/", "application/CSV/", "klaar/x/", "klaar/csv/"])
def test_what_is_no_list_or_no_file_is_not_found(as_caseworker, path):
    assert as_caseworker.get(f"/lijsten/{path}").status_code == 404


@pytest.mark.parametrize("name", ["x", "open'--", "../../etc/passwd", "x" * 5000, "new\r\nX: y"])
def test_a_filter_that_no_page_has_is_not_found(as_caseworker, name):
    assert as_caseworker.get(address("application"), {"list": name}).status_code == 404
    assert as_caseworker.post(address("application") + "?list=x").status_code == 404


def test_what_is_no_filter_of_the_page_is_let_go(as_caseworker, applicant):
    given.filed(by=applicant)

    answer = as_caseworker.get(address("application"), {"list": "new", "page": "9", "owner__password": "x"})
    assert answer.status_code == 200
