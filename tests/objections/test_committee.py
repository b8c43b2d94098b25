"""An advisory committee: asked, hearing, advising, and deciding with its advice (Awb 7:13); by portal and by post."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from exemptions.files import for_applicant
from objections.models import Hearing, ObjectionDecision, ObjectionStatus
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms
from tests.posting import choose_post, post

SIX_WEEKS, TWELVE_WEEKS = on("Tue 2025-11-25"), on("Tue 2026-01-06")


@pytest.fixture
def by_post(organisation, applicant):
    """From here on letters go by post."""
    return lambda: choose_post(organisation, by=applicant)


@pytest.fixture
def handled(rejected_on_2_september, applicant, objection_officer, go_to):
    """Admitted; to be decided by Tuesday 25 November 2025."""
    go_to("Tue 2025-10-14")
    return contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)


@pytest.fixture
def referred(handled, objection_officer):
    """A committee is to advise."""
    return contest.referred(handled, desk=objection_officer)


@pytest.fixture
def advised(referred, applicant, objection_officer):
    """Nobody wanted a hearing, and the advice is: unfounded."""
    contest.heard(referred, by=applicant, desk=objection_officer)
    return contest.advised(referred, desk=objection_officer)


# --- Asked (Awb 7:13(1), (2), 7:10(1)) --------------------------------------------------------------------------


def test_7_13_with_a_committee_there_are_twelve_weeks(referred):
    assert terms(referred)["decide_objection"] == referred.decide_by == TWELVE_WEEKS


def test_7_13_the_objector_is_told_who_advises(referred):
    assert letters(referred)[-1] == "objection_committee"
    body = referred.dossier.letters.last().body
    assert "mr. C. de Vries" in body.replace("\\", "")
    assert "6 januari 2026" in body


@pytest.mark.parametrize(
    ("posted", "due", "twelve"), [("Tue 2025-11-25", TWELVE_WEEKS, True), ("Wed 2025-11-26", SIX_WEEKS, False)]
)
def test_7_13_by_post_twelve_weeks_hold_if_it_is_told_within_six(
    handled, by_post, objection_officer, go_to, posted, due, twelve
):
    by_post()
    contest.referred(handled, desk=objection_officer)
    assert handled.decide_by == SIX_WEEKS

    go_to(posted)
    post(handled, "objection_committee", by=objection_officer)

    assert (handled.decide_by, handled.committee, handled.awaits_advice) == (due, twelve, True)


@pytest.mark.parametrize(
    "about",
    [
        {"chair": " "},
        {"members": ["J. Bakker"]},
        {"members": ["J. Bakker", "mr. C. de Vries"]},
        {"is_independent": False},
        {"chair": "Fenna Bezwaar"},
    ],
)
def test_7_13_it_has_a_chair_from_outside_and_two_members(handled, objection_officer, about):
    type(objection_officer).objects.filter(pk=objection_officer.pk).update(name="Fenna Bezwaar")
    with refused(handled):
        contest.referred(handled, desk=objection_officer, **about)


def test_7_13_one_committee_at_a_time(referred, objection_officer):
    with refused(referred, TransitionNotAllowed):
        contest.referred(referred, desk=objection_officer)


def test_7_13_who_was_heard_by_us_is_not_sent_to_a_committee(handled, objection_officer, time_machine):
    held_at = contest.at_ten(21)
    handled.plan_hearing(by=objection_officer, held_at=held_at, place="Kamer 3", heard_by=objection_officer)
    time_machine.move_to(held_at + timedelta(hours=1), tick=False)
    handled.hold_hearing(by=objection_officer, attended=True, report="Wij spraken elkaar.")

    with refused(handled):
        contest.referred(handled, desk=objection_officer)


# --- Heard (Awb 7:13(3)) ------------------------------------------------------------------------------------------


def test_7_13_the_committee_hears(referred, objection_officer, time_machine):
    held_at = contest.at_ten(21)
    referred.plan_hearing(by=objection_officer, held_at=held_at, place="Kamer 3")
    assert "adviescommissie hoort u: mr. C. de Vries" in referred.dossier.letters.last().body.replace("\\", "")

    time_machine.move_to(held_at + timedelta(hours=1), tick=False)
    referred.hold_hearing(by=objection_officer, attended=True, report="Zie het advies.")

    assert Hearing.objects.get().committee == referred.current_committee


def test_7_13_and_nobody_of_us(referred, objection_officer):
    with refused(referred):
        referred.plan_hearing(
            by=objection_officer, held_at=contest.at_ten(21), place="Kamer 3", heard_by=objection_officer
        )


def test_7_5_without_a_committee_somebody_of_us_hears(handled, objection_officer):
    with refused(handled):
        handled.plan_hearing(by=objection_officer, held_at=contest.at_ten(21), place="Kamer 3")


# --- Advised (Awb 7:13(6)) ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("decide", [contest.unfounded, contest.upheld])
def test_7_13_nothing_is_decided_without_the_advice(referred, objection_officer, decide):
    with refused(referred):
        decide(referred, by=objection_officer)


def test_7_13_nor_by_a_run_of_deciding_again(advised, team_lead):
    reason, today = given.ground("grant", advised.application), timezone.localdate()
    about = {"prepared_by": None, "explanation": "Regel gewijzigd.", "starts_on": today, "ends_on": today}
    with refused(advised):
        advised.settle_by_renewal(by=None, decider=team_lead, ground=reason, **about)


def test_7_13_the_advice_comes_after_the_hearing(referred, objection_officer):
    with refused(referred):
        contest.advised(referred, desk=objection_officer)


@pytest.mark.parametrize("about", [{"days": 1}, {"days": -1}, {"conclusion": "maybe"}])
def test_7_13_an_advice_that_cannot_be_is_refused(referred, applicant, objection_officer, about):
    contest.heard(referred, by=applicant, desk=objection_officer)
    with refused(referred):
        contest.advised(referred, desk=objection_officer, **about)


def test_7_13_who_follows_the_advice_decides_and_says_so(advised, objection_officer):
    contest.unfounded(advised, by=objection_officer)

    assert advised.status == ObjectionStatus.UNFOUNDED
    assert "Wij volgen dat advies." in advised.dossier.letters.last().body


def test_7_13_who_deviates_gives_the_reasons(advised, objection_officer):
    with refused(advised):
        contest.upheld(advised, by=objection_officer)

    contest.upheld(advised, by=objection_officer, deviation="de commissie kende het nieuwe stuk niet.")

    assert ObjectionDecision.objects.get().deviation_because
    assert "de commissie kende het nieuwe stuk niet" in advised.dossier.letters.last().body


def test_7_13_the_advice_goes_with_the_decision(advised, objection_officer):
    advice = advised.current_committee.advice
    assert advice not in for_applicant(advised.application)

    contest.unfounded(advised, by=objection_officer)

    assert advice in for_applicant(advised.application)


# --- The committee that never came --------------------------------------------------------------------------------


def test_7_13_without_a_committee_there_are_six_weeks_again(referred, objection_officer):
    referred.end_referral(by=objection_officer, because="De commissie is opgeheven.")

    assert terms(referred)["decide_objection"] == referred.decide_by == SIX_WEEKS
    assert letters(referred)[-1] == "objection_committee_ended"
    contest.unfounded(referred, by=objection_officer)


def test_7_13_also_where_those_have_passed(referred, objection_officer, go_to):
    go_to("Mon 2025-12-01")
    referred.end_referral(by=objection_officer, because="De commissie is opgeheven.")

    assert referred.is_late


def test_7_13_by_post_they_are_six_weeks_at_once(handled, by_post, objection_officer):
    by_post()
    contest.referred(handled, desk=objection_officer)
    post(handled, "objection_committee", by=objection_officer)
    handled.end_referral(by=objection_officer, because="De commissie is opgeheven.")

    assert handled.decide_by == SIX_WEEKS


def test_7_13_a_notice_posted_after_the_end_gives_no_twelve_weeks(handled, by_post, objection_officer):
    by_post()
    contest.referred(handled, desk=objection_officer)
    handled.end_referral(by=objection_officer, because="De commissie is opgeheven.")
    post(handled, by=objection_officer)

    assert handled.decide_by == SIX_WEEKS
    assert handled.dossier.events.filter(step="post_letters").get().detail["too_late"] == ["objection_committee"]


def test_7_13_why_must_be_said(referred, objection_officer):
    with refused(referred):
        referred.end_referral(by=objection_officer, because=" ")


def test_7_13_after_its_advice_the_referral_stays(advised, objection_officer):
    with refused(advised, TransitionNotAllowed):
        advised.end_referral(by=objection_officer, because="Toch niet.")
