"""Which steps the desk offers whom: status × role."""

from datetime import timedelta

import pytest

from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.models.decision import Change
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db

ALWAYS = {"note", "message_applicant"}
OWN = {"assign", "snooze"}
SUSPENDING = {"inquire_abroad", "suspend_decision_term", "propose_delay"}
HANDLED = {"correct_facts", "withdraw", "forward", "repair_channel", "receive_default_notice", *SUSPENDING, *ALWAYS}
IN_HAND = {
    *HANDLED,
    "judge",
    "grant",
    "propose_grant",
    "propose_rejection",
    "ask_completion",
    "offer_hearing",
    "extend",
    "convert",
}
AMENDING = {
    "replace_vehicle",
    "allow_temporary_vehicle",
    "end_on_request",
    "lengthen",
    "correct_decision",
    "ask_change",
    "rename_holder",
    "ask_view_on_change",
    "propose_revocation",
    "propose_suspension",
    "propose_shortening",
}
TABLE = {
    ("filed", "handler"): {*HANDLED, "take_up", "judge"},
    ("taken_up", "handler"): {*IN_HAND, *OWN},
    ("taken_up", "colleague"): IN_HAND,
    ("taken_up", "lead"): {*IN_HAND, "assign"},
    ("waiting", "handler"): {*HANDLED, "remind", "supply", "convert", *OWN},
    ("supplied", "handler"): {*IN_HAND, "set_aside", "take_up", *OWN},
    ("heard", "handler"): {*IN_HAND, "take_up", *OWN},
    ("proposed", "handler"): {*HANDLED, "extend", "judge", "return_proposal", *OWN},
    ("proposed", "lead"): {*HANDLED, "extend", "judge", "return_proposal", "approve_rejection", "assign"},
    ("granted", "handler"): {*ALWAYS, *AMENDING},
    **{
        (stage, "objection"): set()
        for stage in ("filed", "taken_up", "waiting", "supplied", "heard", "proposed", "granted")
    },
}


@pytest.fixture
def people(caseworker, other_caseworker, team_lead, objection_officer):
    return {
        "handler": caseworker,
        "colleague": other_caseworker,
        "lead": team_lead,
        "objection": objection_officer,
    }


@pytest.mark.parametrize(("stage", "who"), TABLE)
def test_the_buttons_of_a_status_and_a_role(stage, who, people, applicant, login):
    desk = {} if stage == "filed" else {"desk": people["handler"]}
    application = getattr(given, stage)(by=applicant, **desk)

    page = pages.text(login(people[who]).get(pages.case(application)))

    shown = {step.name for step in APPLICATIONS.steps if f'"{pages.step(application, step.name)}"' in page}
    assert shown == TABLE[stage, who]


def test_an_ended_request_can_be_asked_again_or_gone_on_without(applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    time_machine.move_to(application.open_request().ends_on + timedelta(days=1))

    names = {step.name for step in APPLICATIONS.offered(application, caseworker)}

    assert {"ask_again", "go_on_unanswered"} <= names


def test_a_hearing_that_ended_in_silence_can_be_closed(applicant, caseworker, time_machine):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    time_machine.move_to(given.working_day() + timedelta(days=1))

    assert "close_hearing" in {step.name for step in APPLICATIONS.offered(application, caseworker)}


def test_a_change_is_refused_only_where_one_was_asked(applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)
    assert "refuse_change" not in {step.name for step in APPLICATIONS.offered(application, caseworker)}

    application.ask_change(by=applicant, what=Change.VEHICLE, plate="V99ABC", country="NL")

    assert "refuse_change" in {step.name for step in APPLICATIONS.offered(application, caseworker)}


def test_what_only_the_system_or_the_applicant_does_is_no_button():
    assert {"grant_at_once", "file", "receive_conversion", "dispute_facts"}.isdisjoint(
        step.name for step in APPLICATIONS.steps
    )


@pytest.mark.parametrize("name", ["grant_at_once", "file", "receive_conversion", "dispute_facts", "delete", "save"])
def test_a_step_that_is_not_of_the_desk_has_no_page(name, as_caseworker, applicant):
    application = given.filed(by=applicant)

    assert as_caseworker.get(pages.step(application, name)).status_code == 404


def test_a_step_that_belongs_to_somebody_else_is_refused(as_caseworker, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)

    assert as_caseworker.get(pages.step(application, "approve_rejection")).status_code == 403
    assert pages.send(as_caseworker, application, "approve_rejection").status_code == 403
    application.refresh_from_db()
    assert application.status == "proposed"


def test_proposing_to_grant_is_a_rare_step_where_one_person_may_grant(applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)

    steps = {step.name: step for step in APPLICATIONS.offered(application, caseworker)}

    assert steps["grant"].main
    assert steps["propose_grant"].rare
    assert not steps["propose_rejection"].rare  # rejecting needs a second pair of eyes


def test_what_was_answered_has_one_way_on(applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)

    steps = APPLICATIONS.offered(application, caseworker)

    assert [step.name for step in steps if step.main] == ["take_up"]
    assert "grant" in [step.name for step in steps]


def test_rare_steps_wait_behind_one_click(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)

    page = as_caseworker.get(pages.case(application))

    assert "Meer stappen" in pages.text(page)
    assert {step.name for step in page.context["rare_steps"]} >= {"extend", "convert", "propose_grant"}
