"""The start page begins with what of one's own cases asks for something now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db


def own(client):
    """The lists of 'my day', with the cases that they show."""
    return {
        one.counted.worklist.name: [row.name for row in one.rows] for one in client.get("/loket/").context["my_day"]
    }


def test_what_is_mine_and_due_stands_there_with_its_days(login, caseworker, other_caseworker, applicant, time_machine):
    mine = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    given.taken_up(by=applicant, desk=other_caseworker, plate="V002AA")
    time_machine.move_to(mine.decide_by - timedelta(days=7))
    assert own(login(caseworker)) == {}

    time_machine.move_to(mine.decide_by - timedelta(days=6))

    assert own(login(caseworker)) == {"mine-due": [str(mine)]}
    assert "nog 6 dagen" in pages.text(login(caseworker).get("/loket/"))


def test_an_answer_stands_there_until_one_goes_on(as_caseworker, caseworker, applicant):
    answered = given.supplied(by=applicant, desk=caseworker)
    page = as_caseworker.get("/loket/")
    assert own(as_caseworker) == {"mine-answered": [str(answered)]}
    assert page.context["my_day"][0].rows[0].news == "sinds vandaag"

    answered.take_up(by=caseworker)

    assert own(as_caseworker) == {}


def test_a_proposal_that_a_colleague_sent_back_stands_there_until_one_acts(
    as_caseworker, caseworker, other_caseworker, applicant
):
    proposed = given.proposed(by=applicant, desk=caseworker)
    proposed.return_proposal(by=other_caseworker, remark="Zie artikel 3.")
    assert own(as_caseworker) == {"mine-back": [str(proposed)]}

    proposed.note(by=caseworker, text="Bekeken.")

    assert own(as_caseworker) == {}


def test_a_proposal_that_one_took_back_oneself_is_no_news(as_caseworker, caseworker, applicant):
    given.proposed(by=applicant, desk=caseworker).return_proposal(by=caseworker, remark="Vergist.")

    assert own(as_caseworker) == {}


def test_a_row_leads_to_its_case_on_that_list(as_caseworker, caseworker, applicant):
    for number in range(7):
        given.supplied(by=applicant, desk=caseworker, plate=f"V{number:03}AA")
    rows = as_caseworker.get("/loket/").context["my_day"][0].rows

    place = as_caseworker.get(rows[4].url).context["place"]

    assert len(rows) == 5
    assert (place.title, place.number, place.count) == ("Van mij: beantwoord", 5, 7)


def test_an_objection_officer_has_the_own_objections_first(
    login, objection_officer, applicant, caseworker, other_caseworker, time_machine
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(objection.decide_by)

    page = login(objection_officer).get("/loket/")

    titles = [str(group.title) for group in page.context["groups"]]
    assert titles[0] == "Bezwaren"
    assert titles[-1] == "Aanvragen"
    assert [one.counted.url for one in page.context["my_day"]] == [
        pages.worklist("mine-due", of="objections_objection")
    ]


def test_a_list_where_nothing_waits_is_only_a_link(as_caseworker, caseworker, applicant):
    given.filed(by=applicant)

    group = as_caseworker.get("/loket/").context["groups"][0]

    cards = [one.worklist.name for one in group.cards]
    assert cards == ["new", "open"]
    assert [one.worklist.name for one in group.begun] == ["to-register"]
    assert "overdue" in [one.worklist.name for one in group.empty]
    assert f'<a href="{pages.worklist("overdue")}">Te laat</a>' in pages.text(as_caseworker.get("/loket/"))


def test_a_list_for_now_and_then_stands_under_its_heading(as_caseworker, caseworker, applicant):
    given.waiting(by=applicant, desk=caseworker)

    group = as_caseworker.get("/loket/").context["groups"][0]

    assert [(heading, [one.worklist.name for one in lists]) for heading, lists in group.more] == [
        ("In behandeling", ["waiting"])
    ]
    assert "waiting" not in [one.worklist.name for one in (*group.cards, *group.empty)]


def test_an_own_list_has_a_tab_only_while_it_is_open(as_caseworker):
    shown = {name: pages.text(as_caseworker.get(pages.worklist(name))) for name in ("mine", "mine-due")}

    assert "Van mij: beslissen" not in shown["mine"]
    assert 'aria-current="page">Van mij: beslissen binnen een week' in shown["mine-due"]


def test_the_rows_of_ones_own_cost_the_same_number_of_queries(as_caseworker, caseworker, applicant):
    counted = []
    for many in (range(2), range(2, 6)):
        for number in many:
            given.supplied(by=applicant, desk=caseworker, plate=f"V{number:03}AA")
        as_caseworker.get("/loket/")
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get("/loket/")
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 15


def test_the_last_ten_cases_that_one_opened_stand_there(as_caseworker, as_other_caseworker, applicant):
    rows = [given.filed(by=applicant, plate=f"V{number:03}AA") for number in range(11)]
    for one in (*rows, rows[5]):
        as_caseworker.get(pages.case(one))

    recent = [words.partition(" ")[0] for _address, words in as_caseworker.get("/loket/").context["recent_cases"]]

    assert recent == [str(one) for one in (rows[5], *rows[:5:-1], *rows[4:0:-1])]
    assert as_other_caseworker.get("/loket/").context["recent_cases"] == []
