"""The worklists of objections: what waits for whom, and how many queries a page takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from objections.worklists import OBJECTIONS
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db

NAME = "objections_objection"


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    """Gives a rejected application, each time another."""
    plates = iter(range(100))

    def one():
        return given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V{next(plates):03}AA")

    return one


def counts(user):
    return {counted.worklist.name: counted.count for counted in OBJECTIONS.counted_for(user) if counted.count}


def test_each_objection_stands_on_its_worklists(rejected, applicant, objection_officer):
    contest.filed(rejected(), by=applicant)
    contest.in_repair(rejected(), by=applicant, desk=objection_officer)
    contest.handling(rejected(), by=applicant, desk=objection_officer)
    contest.hearing_offered(rejected(), by=applicant, desk=objection_officer)
    contest.hearing_planned(rejected(), by=applicant, desk=objection_officer)
    contest.upheld(contest.handling(rejected(), by=applicant, desk=objection_officer), by=objection_officer)

    assert counts(objection_officer) == {
        "to-check": 1,
        "with-objector": 2,
        "hearing": 1,
        "to-decide": 1,
        "mine": 3,
        "open": 5,
    }


def test_the_legal_due_date_makes_one_due_and_then_overdue(rejected, applicant, objection_officer, time_machine):
    objection = contest.filed(rejected(), by=applicant)
    time_machine.move_to(timezone.localtime() + (objection.decide_by - timezone.localdate()) - timedelta(days=6))
    assert counts(objection_officer)["due"] == 1

    time_machine.move_to(timezone.localtime() + timedelta(days=7))

    assert counts(objection_officer)["overdue"] == 1


def test_a_team_lead_reads_the_lists_and_has_none_of_their_own(as_team_lead, rejected, applicant):
    contest.filed(rejected(), by=applicant)

    groups = {str(group.title): group for group in as_team_lead.get("/loket/").context["groups"]}
    lists = [counted for group in groups.values() for counted in group.lists if NAME in counted.url.replace("/", "_")]

    assert {counted.worklist.name: counted.count for counted in lists}["to-check"] == 1
    assert "mine" not in {counted.worklist.name for counted in lists}
    assert as_team_lead.get(pages.worklist("mine", of=NAME)).status_code == 404


def test_a_caseworker_has_no_lists_of_objections(caseworker):
    assert OBJECTIONS.counted_for(caseworker) == []


def test_a_row_tells_what_it_is_about(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.hearing_planned(rejected(), by=applicant, desk=objection_officer)

    page = pages.text(as_objection_officer.get(pages.worklist("hearing", of=NAME)))

    for words in (objection, objection.application.applicant, objection.application.kind, objection_officer):
        assert str(words) in page
    assert ", 10:00" in page


def test_a_late_one_is_marked_until_somebody_has_judged(login, rejected, applicant, objection_officer, time_machine):
    application, address = rejected(), pages.worklist("open", of=NAME)
    time_machine.move_to(timezone.localtime() + timedelta(weeks=7))
    objection, client = contest.filed(application, by=applicant, late_reason="Opname."), login(objection_officer)
    assert client.get(address).context["cl"].result_list[0].is_to_excuse

    objection.admit(by=objection_officer, excused=True, because="Een lange opname.")

    assert not client.get(address).context["cl"].result_list[0].is_to_excuse


def test_the_number_of_queries_does_not_grow_with_the_rows(login, rejected, applicant, objection_officer):
    client, lists = login(objection_officer), ["to-check", "with-objector", "open", "ended", "mine", "hearing"]
    every_stage(rejected, applicant, objection_officer)
    for name in lists:
        count_queries(client, name)  # what the first one learns
    few = {name: count_queries(client, name) for name in lists}
    assert max(few.values()) < 18  # four of them ask what the filters offer, and the columns
    for _time in range(3):
        every_stage(rejected, applicant, objection_officer)

    assert {name: count_queries(client, name) for name in lists} == few


def count_queries(client, name):
    """How often the page of a list asks the database."""
    with CaptureQueriesContext(connection) as asked:
        client.get(pages.worklist(name, of=NAME))
    return len(asked)


def every_stage(rejected, applicant, officer):
    contest.filed(rejected(), by=applicant)
    contest.hearing_planned(rejected(), by=applicant, desk=officer)
    contest.in_repair(rejected(), by=applicant, desk=officer)
    contest.unfounded(contest.handling(rejected(), by=applicant, desk=officer), by=officer)


def test_a_list_tells_what_a_late_decision_costs(rejected, applicant, objection_officer, login, time_machine):
    objection = contest.filed(rejected(), by=applicant)
    time_machine.move_to(timezone.localtime() + (objection.decide_by - timezone.localdate()) + timedelta(days=1))
    objection.receive_default_notice(by=applicant, received_on=timezone.localdate())
    time_machine.move_to(timezone.localtime() + timedelta(days=17))

    page = login(objection_officer).get(pages.worklist("overdue", of=NAME))

    assert "€" in pages.text(page)
