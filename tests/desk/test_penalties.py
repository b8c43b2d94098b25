"""Notices of default at the desk: one list of applications and objections, as money; and setting the amount."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from casework.desk import penalties
from casework.models import DefaultNotice
from objections.worklists import PENALTIES
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import refused

pytestmark = pytest.mark.django_db

NAME = "casework_defaultnotice"
EURO = "€\N{NO-BREAK SPACE}"


@pytest.fixture
def application(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def to_be_late(time_machine):
    """`to_be_late(case, by=applicant)`: the day after the term has lapsed somebody says so."""

    def late(case, *, by):
        time_machine.move_to(timezone.localtime() + (case.decide_by - timezone.localdate()) + timedelta(days=1))
        case.receive_default_notice(by=by, received_on=timezone.localdate())
        return DefaultNotice.objects.latest("pk")

    return late


@pytest.fixture
def after(time_machine):
    """`after(notice, days=20)`: that many days have cost money."""

    def move(notice, *, days):
        time_machine.move_to(
            timezone.localtime() + (notice.first_day - timezone.localdate()) + timedelta(days=days - 1)
        )

    return move


def listed(user):
    return {counted.worklist.name: counted.count for counted in PENALTIES.counted_for(user) if counted.count}


def rows(client, name="running"):
    return client.get(pages.worklist(name, of=NAME)).context["cl"].result_list


# --- The list ------------------------------------------------------------------------------------------


def test_a_running_notice_shows_what_it_comes_to_today_and_at_most(
    login, application, applicant, caseworker, to_be_late, after
):
    after(to_be_late(application, by=applicant), days=20)

    page = pages.text(login(caseworker).get(pages.worklist("running", of=NAME)))

    assert f"{EURO}532" in page
    assert f"{EURO}1.442" in page
    assert f'href="{pages.case(application)}?from=' in page


def test_applications_and_objections_stand_on_one_list(
    login, application, applicant, caseworker, other_caseworker, objection_officer, to_be_late
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="V001AA")
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    to_be_late(application, by=applicant)
    to_be_late(objection, by=applicant)

    listed = {row.case for name in ("running", "to-set") for row in rows(login(objection_officer), name)}

    assert listed == {application, objection}


def test_who_may_not_see_the_case_does_not_see_its_notice(
    login, application, applicant, caseworker, municipal_caseworker, to_be_late
):
    to_be_late(application, by=applicant)

    assert listed(caseworker) == {"running": 1}
    assert listed(municipal_caseworker) == {}
    assert rows(login(municipal_caseworker)) == []


def test_a_notice_on_an_objection_is_for_who_sees_objections(
    applicant, caseworker, other_caseworker, objection_officer, team_lead, to_be_late
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    to_be_late(contest.handling(rejected, by=applicant, desk=objection_officer), by=applicant)

    assert listed(caseworker) == {}
    assert listed(objection_officer) == listed(team_lead) == {"running": 1}


@pytest.mark.parametrize("who", ["as_reporter", "as_editor", "as_administrator"])
def test_other_roles_have_no_such_list(who, request):
    assert request.getfixturevalue(who).get(pages.worklist("running", of=NAME)).status_code == 404


def test_after_the_last_day_the_amount_is_to_be_set_and_then_it_is_over(
    application, applicant, caseworker, to_be_late, after
):
    after(to_be_late(application, by=applicant), days=42)
    assert listed(caseworker) == {"running": 1}

    after(DefaultNotice.objects.get(), days=43)
    assert listed(caseworker) == {"to-set": 1}

    application.set_penalty(by=caseworker)
    assert listed(caseworker) == {}


def test_a_notice_that_came_too_early_has_ended_at_once(login, application, applicant, caseworker):
    application.receive_default_notice(by=applicant, received_on=timezone.localdate())

    (row,) = rows(login(caseworker), "ended")

    assert row.first_day is None
    assert listed(caseworker) == {}


def test_the_number_of_queries_does_not_grow_with_the_notices(
    login, applicant, caseworker, to_be_late, django_assert_num_queries
):
    cases = [given.taken_up(by=applicant, desk=caseworker, plate=f"V{number:03}AA") for number in range(6)]
    to_be_late(cases[0], by=applicant)
    client, address = login(caseworker), pages.worklist("running", of=NAME)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert len(few) < 16
    for case in cases[1:]:
        case.receive_default_notice(by=applicant, received_on=timezone.localdate())

    with django_assert_num_queries(len(few)):
        client.get(address)


def test_the_worklists_and_the_page_of_an_application_show_the_money(
    login, application, applicant, caseworker, to_be_late, after
):
    after(to_be_late(application, by=applicant), days=10)
    client = login(caseworker)

    assert f"{EURO}230" in pages.text(client.get(pages.worklist("overdue")))
    assert client.get(pages.case(application)).context["penalty"].euros == f"{EURO}230"


# --- Noting and setting ----------------------------------------------------------------------------------


def test_a_notice_that_came_by_post_is_noted(login, application, caseworker, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(weeks=12))
    client = login(caseworker)

    pages.send(client, application, "receive_default_notice", received_on=timezone.localdate())

    assert DefaultNotice.objects.get().noted_by == caseworker
    assert application.dossier.letters.filter(kind="default_notice_received").exists()


@pytest.mark.parametrize("received_on", ["", "x", "9999-12-31"])
def test_a_notice_of_another_day_is_refused(as_caseworker, application, received_on):
    answer = pages.send(as_caseworker, application, "receive_default_notice", received_on=received_on)

    assert answer.status_code == 422
    assert not DefaultNotice.objects.exists()


def test_a_penalty_that_still_grows_has_no_button(application, applicant, caseworker, login, to_be_late, after):
    after(to_be_late(application, by=applicant), days=10)
    client = login(caseworker)

    assert "set_penalty" not in {step.name for step in client.get(pages.case(application)).context["steps"]}
    refused(pages.send(client, application, "set_penalty"), "The penalty is still running: decide on the case first.")


def test_the_sum_stands_in_words_before_it_is_set(login, application, applicant, caseworker, to_be_late, after):
    after(to_be_late(application, by=applicant), days=43)
    client = login(caseworker)

    with override("en"):
        words = penalties.sum_in_words(application)
    form = client.get(pages.step(application, "set_penalty")).context["form"]

    assert words == f"42 days: 14 × {EURO}23 + 14 × {EURO}35 + 14 × {EURO}45 = {EURO}1,442"
    assert f"14 × {EURO}35" in form.fields["without"].choices[0][1]


def test_the_penalty_is_set_with_a_letter(login, application, applicant, caseworker, to_be_late, after):
    after(to_be_late(application, by=applicant), days=43)

    pages.send(login(caseworker), application, "set_penalty", explanation="Wij waren te laat.")

    assert DefaultNotice.objects.get().amount_eur == 1442
    assert "Wij waren te laat." in application.dossier.letters.get(kind="penalty_set").body


def test_nothing_is_due_on_a_ground_of_the_law(login, application, applicant, caseworker, to_be_late, after):
    after(to_be_late(application, by=applicant), days=43)
    client = login(caseworker)
    assert pages.send(client, application, "set_penalty", without="because").status_code == 422

    pages.send(client, application, "set_penalty", without="unreasonably_late")

    assert DefaultNotice.objects.get().amount_eur == 0


def test_an_objection_decided_late_has_its_penalty_set(
    login, applicant, caseworker, other_caseworker, objection_officer, to_be_late, after
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    after(to_be_late(objection, by=applicant), days=15)
    contest.unfounded(objection, by=objection_officer)

    pages.send(login(objection_officer), objection, "set_penalty")

    assert DefaultNotice.objects.get().amount_eur == 14 * 23
