"""Which steps the desk offers on an objection: status × role; whoever took the decision never decides on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from objections.admin.desk_steps import OBJECTIONS
from tests import cast, contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db

ALWAYS = {"note", "ask_relief", "message_applicant"}
RUNNING = {
    *ALWAYS,
    "add_papers",
    "adjourn",
    "assign",
    "delay_further",
    "inquire_abroad",
    "suspend_decision_term",
    "receive_default_notice",
    "ask_costs",
    "withdraw",
    "forward",
}
BEFORE_A_HEARING = {*RUNNING, "refer_to_committee"}
DECIDING = {"uphold", "declare_unfounded", "declare_inadmissible"}
IN_HAND = {*BEFORE_A_HEARING, *DECIDING, "ask_information"}
TABLE = {
    "filed": {*BEFORE_A_HEARING, "admit", "ask_repair", "declare_inadmissible", "take_up"},
    "in_repair": {*BEFORE_A_HEARING, "remind_repair", "repair"},
    "handling": {
        *BEFORE_A_HEARING,
        *DECIDING,
        "ask_information",
        "ask_repair",
        "offer_hearing",
        "plan_hearing",
        "waive_hearing",
        "snooze",
    },
    "hearing_offered": {
        *BEFORE_A_HEARING,
        *DECIDING,
        "ask_information",
        "answer_hearing",
        "plan_hearing",
        "waive_hearing",
        "snooze",
    },
    "hearing_planned": {*RUNNING, "ask_information", "plan_hearing", "cancel_hearing", "answer_hearing", "snooze"},
}


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def at(rejected, applicant, objection_officer):
    """`at("handling")`: an objection at a stage."""

    def stage(name, **about):
        desk = {} if name == "filed" else {"desk": objection_officer}
        return getattr(contest, name)(rejected, by=applicant, **desk, **about)

    return stage


def names(objection, user):
    return {step.name for step in OBJECTIONS.offered(objection, user)}


@pytest.mark.parametrize("stage", TABLE)
def test_the_buttons_of_a_status(stage, at, as_objection_officer):
    objection = at(stage)

    page = pages.text(as_objection_officer.get(pages.case(objection)))

    shown = {step.name for step in OBJECTIONS.steps if f'"{pages.step(objection, step.name)}"' in page}
    assert shown == TABLE[stage]


@pytest.mark.parametrize("stage", TABLE)
def test_a_team_lead_has_no_buttons(stage, at, team_lead):
    assert names(at(stage), team_lead) == set()


def test_what_is_ended_can_only_be_noted_and_written_about(at, objection_officer):
    assert names(contest.upheld(at("handling"), by=objection_officer), objection_officer) == ALWAYS


def test_the_main_button_is_the_way_on(at, objection_officer):
    def main(objection):
        return {step.name for step in OBJECTIONS.offered(objection, objection_officer) if step.main}

    objection = at("handling")
    assert main(objection) == {"offer_hearing"}
    objection.offer_hearing(by=objection_officer, reply_until=given.working_day(14))
    assert main(objection) == {"answer_hearing"}
    objection.answer_hearing(by=objection_officer, wants=False)
    assert main(objection) == {"waive_hearing"}
    objection.waive_hearing(by=objection_officer, ground="waived")
    assert main(objection) == {"uphold", "declare_unfounded"}


def test_missing_grounds_are_asked_first(at, objection_officer):
    main = [step.name for step in OBJECTIONS.offered(at("filed", grounds=""), objection_officer) if step.main]

    assert main == ["ask_repair"]


def test_a_report_is_written_after_the_hearing(at, objection_officer, time_machine):
    objection = at("hearing_planned")
    assert "hold_hearing" not in names(objection, objection_officer)

    time_machine.move_to(objection.current_hearing.held_at + timedelta(hours=2))

    assert "hold_hearing" in names(objection, objection_officer)


def test_in_part_is_offered_once_the_objector_was_heard(at, objection_officer):
    objection = at("handling")
    assert "uphold_in_part" not in names(objection, objection_officer)

    contest.waived(objection, desk=objection_officer)

    assert "uphold_in_part" in names(objection, objection_officer)


def test_a_lapsed_term_is_not_lengthened(at, objection_officer, time_machine):
    objection = at("handling")
    time_machine.move_to(timezone.localtime() + timedelta(weeks=14))

    assert {"adjourn", "delay_further", "refer_to_committee"}.isdisjoint(names(objection, objection_officer))


def test_direct_appeal_is_answered_where_it_was_asked(at, objection_officer):
    asked = names(at("filed", direct_appeal_asked=True), objection_officer)

    assert {"agree_direct_appeal", "refuse_direct_appeal"} <= asked


# --- The decider rule ------------------------------------------------------------------------------------


@pytest.fixture
def decider():
    """Took the decision under attack, and handles objections too."""
    return cast.staff("Dirk Dubbel", "national caseworker", "objection officer")


@pytest.fixture
def attacked(applicant, caseworker, decider):
    rejected = given.rejected(by=applicant, desk=caseworker, second=decider)
    return contest.handling(rejected, by=applicant, desk=decider, direct_appeal_asked=True)


def test_who_took_the_decision_handles_and_does_not_decide(attacked, decider):
    offered = names(attacked, decider)

    assert {"offer_hearing", "waive_hearing", "note"} <= offered
    assert offered.isdisjoint({*DECIDING, "uphold_in_part", "refuse_direct_appeal", "agree_direct_appeal"})


def test_the_page_says_that_a_colleague_must_decide(attacked, decider, login, as_objection_officer):
    assert login(decider).get(pages.case(attacked)).context["must_be_another"]
    assert not as_objection_officer.get(pages.case(attacked)).context["must_be_another"]


@pytest.mark.parametrize("name", sorted(DECIDING))
def test_a_forged_decision_is_forbidden(name, attacked, decider, login):
    client = login(decider)

    assert client.get(pages.step(attacked, name)).status_code == 403
    assert pages.send(client, attacked, name, explanation="Zo.", skip_hearing="on").status_code == 403
    assert pages.status(attacked) == "handling"


def test_who_took_an_earlier_decision_of_the_chain_does_not_decide_either(
    attacked, decider, objection_officer, applicant
):
    contest.upheld(attacked, by=objection_officer)
    again = contest.handling(attacked.application, by=applicant, desk=objection_officer)

    assert names(again, decider).isdisjoint(DECIDING)
    assert names(again, objection_officer).isdisjoint(DECIDING)


def test_4_18_an_objection_to_the_penalty_is_upheld_with_another_amount(at, rejected, caseworker, objection_officer):
    penalty = given.penalty(rejected, by=caseworker)
    objection = at("handling", decision=penalty)

    assert {"uphold_penalty", "declare_unfounded"} < names(objection, objection_officer)
    assert not {"uphold", "uphold_and_reject", "contest_penalty"} & names(objection, objection_officer)


def test_4_19_the_penalty_can_be_added_to_an_objection(at, rejected, caseworker, objection_officer):
    given.penalty(rejected, by=caseworker)

    assert "contest_penalty" in names(at("handling"), objection_officer)
