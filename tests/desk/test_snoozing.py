"""A case that was put aside leaves the lists of its caseworker until a day, or until anything happens."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Policy, Snooze
from casework.steps import StepRefused
from exemptions.models import Application
from tests import contest, given
from tests.complaints import lodged
from tests.desk import bulk, pages

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def application(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture
def snoozed(application, caseworker):
    application.snooze(by=caseworker, until=timezone.localdate() + WEEK)
    return application


def listed(client, name, *, of="exemptions_application"):
    """The cases on a list."""
    return list(client.get(pages.worklist(name, of=of)).context["cl"].result_list)


# --- Going away, and coming back --------------------------------------------------------------------------


def test_it_leaves_my_lists_and_stands_on_another_with_its_day(as_caseworker, application):
    pages.send(as_caseworker, application, "snooze", until=timezone.localdate() + WEEK)

    assert listed(as_caseworker, "mine") == []
    assert listed(as_caseworker, "snoozed") == [application]
    page = pages.text(as_caseworker.get(pages.case(application)))
    assert "Teruggelegd tot" in page
    assert "De beslistermijn loopt door" in page


def test_it_comes_back_by_itself_on_that_day(as_caseworker, snoozed, login, caseworker, time_machine):
    time_machine.move_to(timezone.localtime() + WEEK)

    client = login(caseworker)
    assert listed(client, "mine") == [snoozed]
    assert listed(client, "snoozed") == []
    assert "Teruggelegd tot" not in pages.text(client.get(pages.case(snoozed)))


def test_the_day_of_the_decision_stays_as_it_was(application, caseworker):
    before = application.decide_by

    application.snooze(by=caseworker, until=timezone.localdate() + WEEK)

    application.refresh_from_db()
    assert application.decide_by == before == application.open_due(application.DECIDES)


def test_an_answer_of_the_applicant_brings_it_back_at_once(as_caseworker, applicant, caseworker):
    waiting = given.waiting(by=applicant, desk=caseworker)
    waiting.snooze(by=caseworker, until=timezone.localdate() + WEEK)
    assert listed(as_caseworker, "mine") == []

    waiting.supply(by=applicant, answer="Hier is het.")

    assert listed(as_caseworker, "mine") == listed(as_caseworker, "mine-answered") == [waiting]


def test_a_notice_of_default_and_a_note_of_a_colleague_bring_it_back(
    as_caseworker, snoozed, applicant, caseworker, other_caseworker
):
    snoozed.receive_default_notice(by=applicant, received_on=timezone.localdate())
    assert listed(as_caseworker, "mine") == [snoozed]

    snoozed.snooze(by=caseworker, until=timezone.localdate() + WEEK)
    snoozed.note(by=other_caseworker, text="Gebeld.")

    assert listed(as_caseworker, "mine") == [snoozed]


def test_a_step_from_a_second_tab_ends_it(as_caseworker, application, caseworker):
    application.snooze(by=caseworker, until=timezone.localdate() + WEEK)

    pages.send(as_caseworker, application, "note", text="Toch even gekeken.")

    assert listed(as_caseworker, "mine") == [application]


def test_the_reminder_of_the_system_is_no_news(as_caseworker, applicant, caseworker):
    waiting = given.waiting(by=applicant, desk=caseworker)
    waiting.snooze(by=caseworker, until=timezone.localdate() + WEEK)

    waiting.remind(by=None)

    assert listed(as_caseworker, "snoozed") == [waiting]


def test_it_is_undone_in_one_click(as_caseworker, snoozed):
    pages.send(as_caseworker, snoozed, "wake")

    assert listed(as_caseworker, "mine") == [snoozed]
    assert not Snooze.objects.exists()
    assert pages.send(as_caseworker, snoozed, "wake").status_code in (302, 409)


# --- Until when, and who ------------------------------------------------------------------------------------


def test_not_until_today_nor_beyond_the_last_day_less_a_margin(application, caseworker, time_machine):
    time_machine.move_to(application.decide_by - timedelta(days=20))
    last = application.decide_by - timedelta(days=5)
    for day in (timezone.localdate(), last + timedelta(days=1)):
        with pytest.raises(StepRefused):
            application.snooze(by=caseworker, until=day)

    application.snooze(by=caseworker, until=last)

    assert Snooze.objects.get().until == last


def test_no_longer_than_the_policy_allows(application, caseworker):
    Policy.objects.filter(name="snooze_most_days").update(value=3)

    with pytest.raises(StepRefused, match="Uiterlijk tot"):
        application.snooze(by=caseworker, until=timezone.localdate() + timedelta(days=4))


def test_near_the_last_day_the_button_is_gone(login, caseworker, application, time_machine):
    time_machine.move_to(application.decide_by - timedelta(days=5))

    page = pages.text(login(caseworker).get(pages.case(application)))

    assert pages.step(application, "snooze") not in page


def test_only_its_caseworker_puts_it_aside_and_the_lead_sees_all(
    as_team_lead, as_other_caseworker, snoozed, other_caseworker
):
    today = timezone.localdate()
    assert pages.send(as_other_caseworker, snoozed, "snooze", until=today + WEEK).status_code == 403
    assert listed(as_other_caseworker, "snoozed") == []
    assert listed(as_team_lead, "snoozed") == [snoozed]
    group = as_team_lead.get("/loket/").context["groups"][0]
    assert {one.worklist.name: one.count for one in group.lists}["snoozed"] == 1


def test_it_stays_with_who_had_it_and_comes_back_for_who_gets_it(as_team_lead, snoozed, other_caseworker, login):
    snoozed.assign(by=None, to=other_caseworker)

    assert listed(login(other_caseworker), "mine") == [snoozed]


def test_objections_and_complaints_have_it_too(login, applicant, caseworker, other_caseworker, objection_officer):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    complaint = lodged.handled(by=objection_officer, complainant=applicant)
    officer = login(objection_officer)
    for case, of in ((objection, "objections_objection"), (complaint, "complaints_complaint")):
        pages.send(officer, case, "snooze", until=timezone.localdate() + WEEK)

        assert listed(officer, "snoozed", of=of) == [case]
        assert listed(officer, "mine", of=of) == []
        assert "Teruggelegd tot" in pages.text(officer.get(pages.case(case)))


# --- Many at once, and the cost -----------------------------------------------------------------------------


def test_many_are_put_aside_and_taken_back_together(as_caseworker, applicant, caseworker, other_caseworker):
    mine = [given.taken_up(by=applicant, desk=caseworker, plate=f"V00{number}AA") for number in range(3)]
    until = timezone.localdate() + WEEK

    looked = bulk.look(as_caseworker, "snooze", mine, on="mine", until=until)
    assert set(bulk.states(looked).values()) == {"possible"}
    assert not Snooze.objects.exists()
    for _click in range(2):
        assert set(bulk.states(bulk.confirm(as_caseworker, looked, on="mine")).values()) == {"done"}
    assert Snooze.objects.count() == 3

    back = bulk.look(as_caseworker, "wake", mine, on="snoozed")
    bulk.confirm(as_caseworker, back, on="snoozed")
    assert len(listed(as_caseworker, "mine")) == 3


def test_in_bulk_a_day_beyond_one_case_is_told_of_that_case(login, applicant, caseworker, time_machine):
    old = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    time_machine.move_to(old.decide_by - timedelta(days=10))
    new = given.taken_up(by=applicant, desk=caseworker, plate="V002AA")

    looked = bulk.look(login(caseworker), "snooze", [old, new], on="mine", until=timezone.localdate() + WEEK)

    assert bulk.states(looked) == {"V001AA": "refused", "V002AA": "possible"}


def test_more_rows_cost_no_more_queries(as_caseworker, applicant, caseworker):
    counted = []
    for many in (range(3), range(3, 9)):
        for number in many:
            one = given.taken_up(by=applicant, desk=caseworker, plate=f"V{number:03}AA")
            one.snooze(by=caseworker, until=timezone.localdate() + WEEK)
        as_caseworker.get(pages.worklist("snoozed"))
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get(pages.worklist("snoozed"))
        counted.append(len(queries))

    assert Application.objects.count() == 9
    assert counted[0] == counted[1]
