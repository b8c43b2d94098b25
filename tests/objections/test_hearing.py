"""Hearing the objector: offered, planned, held, or skipped on a ground of Awb 7:3; and who hears (7:5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.deadline_words import in_words
from casework.models import Policy
from objections.models import Hearing, ObjectionStatus
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms

SKIPPED = Hearing.Skipped


@pytest.fixture
def handled(rejected, applicant, objection_officer):
    """Admitted; no hearing was offered yet."""
    return contest.handling(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def offered(rejected, applicant, objection_officer):
    """Asked whether the objector wants to be heard, until in two weeks."""
    return contest.hearing_offered(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def planned(rejected, applicant, objection_officer):
    """In three weeks."""
    return contest.hearing_planned(rejected, by=applicant, desk=objection_officer)


def plan(objection, *, by, heard_by=None, days=21, members=()):
    objection.plan_hearing(
        by=by, held_at=contest.at_ten(days), place="Stadskantoor", heard_by=heard_by or by, members=members
    )


# --- Offered and answered -------------------------------------------------------------------------------


def test_an_offer_has_a_day_until_which_to_answer(offered):
    assert offered.status == ObjectionStatus.HEARING_OFFERED
    assert terms(offered)["hearing_reply"] == given.working_day(14)
    assert letters(offered)[-1] == "objection_hearing_offer"


@pytest.mark.parametrize("wants", [True, False])
def test_the_objector_answers(offered, applicant, wants):
    offered.answer_hearing(by=applicant, wants=wants)

    assert (offered.status, offered.current_hearing.wanted) == (ObjectionStatus.HANDLING, wants)
    assert "hearing_reply" not in terms(offered)


def test_a_term_to_answer_is_a_real_chance(handled, objection_officer):
    with refused(handled):
        handled.offer_hearing(by=objection_officer, reply_until=timezone.localdate() + timedelta(days=1))


def test_how_many_days_that_is_policy_says(handled, objection_officer):
    Policy.objects.filter(name="least_answer_days").update(value=20)

    with refused(handled):
        handled.offer_hearing(by=objection_officer, reply_until=given.working_day(14))


# --- Skipped ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", ["manifestly_inadmissible", "manifestly_unfounded", "fully_upheld"])
def test_these_grounds_need_no_answer(handled, objection_officer, ground):
    handled.waive_hearing(by=objection_officer, ground=ground, because="Zo klaar als een klontje.")

    assert handled.hearing_is_done
    assert (handled.current_hearing.skipped, handled.status) == (ground, ObjectionStatus.HANDLING)


def test_a_ground_that_the_law_does_not_know_is_refused(handled, objection_officer):
    with refused(handled):
        handled.waive_hearing(by=objection_officer, ground="too_busy")


@pytest.mark.parametrize("wants", [None, True])
def test_waived_is_what_the_objector_said(offered, applicant, objection_officer, wants):
    if wants:
        offered.answer_hearing(by=applicant, wants=wants)

    with refused(offered):
        offered.waive_hearing(by=objection_officer, ground=SKIPPED.WAIVED)


def test_who_does_not_want_it_is_not_heard(offered, applicant, objection_officer):
    offered.answer_hearing(by=applicant, wants=False)

    offered.waive_hearing(by=objection_officer, ground=SKIPPED.WAIVED)

    assert offered.current_hearing.skipped == SKIPPED.WAIVED


def test_7_3_silence_is_a_ground_once_the_term_has_passed(offered, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + (given.working_day(14) - timezone.localdate()), tick=False)
    with refused(offered):
        offered.waive_hearing(by=objection_officer, ground=SKIPPED.NO_REPLY)

    time_machine.shift(timedelta(days=1))
    offered.waive_hearing(by=objection_officer, ground=SKIPPED.NO_REPLY)

    assert offered.current_hearing.skipped == SKIPPED.NO_REPLY
    assert "hearing_reply" not in terms(offered)


def test_nobody_was_silent_who_was_never_asked(handled, objection_officer):
    with refused(handled):
        handled.waive_hearing(by=objection_officer, ground=SKIPPED.NO_REPLY)


# --- Planned ------------------------------------------------------------------------------------------------


def test_7_4_papers_come_until_the_eleventh_day_before_and_the_file_is_open_a_week_before(
    handled, objection_officer, go_to
):
    go_to("Mon 2026-11-23")

    plan(handled, by=objection_officer, days=20)  # Sunday 13 December; counted backwards nothing moves

    assert terms(handled)["papers"] == on("Wed 2026-12-02")
    assert handled.current_hearing.papers_until == on("Wed 2026-12-02")
    assert terms(handled)["file_open"] == on("Sun 2026-12-06")


def test_7_4_the_sum_of_the_papers_adds_up(handled, objection_officer, go_to):
    go_to("Mon 2026-11-23")

    plan(handled, by=objection_officer, days=20)

    sums = {one.kind: in_words(one) for one in handled.dossier.deadlines.open()}
    assert sums["papers"] == "hoorzitting op 13 december 2026 − 11 dagen = 2 december 2026"
    assert sums["file_open"] == "hoorzitting op 13 december 2026 − 7 dagen = 6 december 2026"


@pytest.mark.parametrize("days", [-1, 0, 10, 17, 400])
def test_7_4_it_is_planned_far_enough_ahead_for_papers_and_not_in_another_year(handled, objection_officer, days):
    with refused(handled):
        plan(handled, by=objection_officer, days=days)


def test_7_4_a_week_for_papers_is_enough(handled, objection_officer):
    plan(handled, by=objection_officer, days=18)

    assert handled.status == ObjectionStatus.HEARING_PLANNED
    assert terms(handled)["papers"] == timezone.localdate() + timedelta(days=7)


def test_policy_says_how_many_days_are_left_for_papers(handled, objection_officer):
    Policy.objects.filter(name="least_answer_days").update(value=8)

    with refused(handled):
        plan(handled, by=objection_officer, days=18)


def test_7_4_another_day_moves_the_terms_and_invites_again(planned, objection_officer):
    plan(planned, by=objection_officer, days=30)

    assert planned.hearings.count() == 1
    assert terms(planned)["papers"] == timezone.localdate() + timedelta(days=19)
    assert letters(planned).count("objection_hearing_invitation") == 2


def test_7_5_who_took_or_prepared_the_decision_does_not_hear(handled, objection_officer, caseworker, other_caseworker):
    for involved in (caseworker, other_caseworker):  # one proposed the rejection, the other approved it
        with refused(handled):
            plan(handled, by=objection_officer, heard_by=involved)


def test_one_who_was_involved_may_sit_with_two_who_were_not(handled, objection_officer, other_officer, caseworker):
    plan(handled, by=objection_officer, members=[other_officer, caseworker])

    assert set(handled.current_hearing.members.all()) == {other_officer, caseworker}


def test_half_is_no_majority(handled, objection_officer, caseworker):
    with refused(handled):
        plan(handled, by=objection_officer, members=[caseworker])


def test_nobody_counts_twice_in_a_majority(handled, objection_officer, caseworker):
    with refused(handled):
        plan(handled, by=objection_officer, members=[objection_officer, caseworker])


def test_the_objector_hands_in_papers_until_the_eleventh_day_before(planned, applicant, time_machine):
    paper = given.attach(planned.application.evidence_items.first())
    time_machine.move_to(timezone.localtime() + timedelta(days=10), tick=False)
    planned.add_papers(by=applicant, documents=[paper])

    time_machine.shift(timedelta(days=1))
    with refused(planned):
        planned.add_papers(by=applicant, documents=[paper])


def test_the_desk_may_add_what_comes_later(planned, objection_officer, time_machine):
    paper = given.attach(planned.application.evidence_items.first())
    time_machine.move_to(timezone.localtime() + timedelta(days=15), tick=False)

    planned.add_papers(by=objection_officer, documents=[paper])

    assert list(planned.documents.all()) == [paper]


# --- Called off ---------------------------------------------------------------------------------------------


def test_7_2_a_planned_hearing_is_called_off_and_the_objector_reads_why(planned, objection_officer):
    planned.cancel_hearing(by=objection_officer, because="De voorzitter is ziek.")

    assert planned.status == ObjectionStatus.HANDLING
    assert set(terms(planned)) == {"decide_objection"}
    letter = planned.dossier.letters.latest("pk")
    assert letters(planned)[-1] == "objection_hearing_cancelled"
    assert "De voorzitter is ziek." in letter.body


def test_why_it_is_called_off_must_be_said(planned, objection_officer):
    with refused(planned):
        planned.cancel_hearing(by=objection_officer, because=" ")


def test_what_was_called_off_is_planned_again(planned, objection_officer):
    planned.cancel_hearing(by=objection_officer, because="De voorzitter is ziek.")
    plan(planned, by=objection_officer, days=30)

    assert (planned.status, planned.hearings.count()) == (ObjectionStatus.HEARING_PLANNED, 1)
    assert letters(planned).count("objection_hearing_invitation") == 2


def test_7_3_who_was_invited_may_not_want_to_be_heard_after_all(planned, applicant, objection_officer):
    planned.answer_hearing(by=applicant, wants=False)
    assert letters(planned)[-1] == "objection_hearing_cancelled"
    planned.waive_hearing(by=objection_officer, ground=SKIPPED.WAIVED)

    contest.unfounded(planned, by=objection_officer, skip_hearing=False)
    assert planned.status == ObjectionStatus.UNFOUNDED


def test_7_3_who_gets_everything_need_not_wait_for_the_hearing(planned, objection_officer):
    planned.cancel_hearing(by=objection_officer, because="U krijgt gelijk.")

    contest.upheld(planned, by=objection_officer)

    assert planned.current_hearing.skipped == SKIPPED.UPHELD


def test_a_yes_to_a_planned_hearing_changes_nothing(planned, applicant):
    with refused(planned):
        planned.answer_hearing(by=applicant, wants=True)


def test_after_its_hour_nobody_says_no_any_more(planned, applicant, time_machine):
    time_machine.move_to(contest.at_ten(21) + timedelta(minutes=1), tick=False)

    with refused(planned):
        planned.answer_hearing(by=applicant, wants=False)


# --- Held ---------------------------------------------------------------------------------------------------


def test_it_is_not_held_before_its_hour(planned, objection_officer):
    with refused(planned):
        planned.hold_hearing(by=objection_officer, attended=True, report="Wij spraken elkaar.")


def test_7_7_a_hearing_has_a_report(planned, objection_officer, time_machine):
    time_machine.move_to(contest.at_ten(21) + timedelta(hours=1), tick=False)
    with refused(planned):
        planned.hold_hearing(by=objection_officer, attended=True, report=" ")

    planned.hold_hearing(by=objection_officer, attended=True, report="Aanwezig: mevrouw De Bakker.")

    assert (planned.status, planned.hearing_is_done) == (ObjectionStatus.HANDLING, True)
    assert set(terms(planned)) == {"decide_objection"}


def test_7_2_before_a_hearing_or_a_ground_nothing_is_decided(handled, objection_officer):
    with refused(handled):
        contest.unfounded(handled, by=objection_officer, skip_hearing=False)


def test_after_the_hearing_it_can_be_decided(planned, objection_officer, time_machine):
    time_machine.move_to(contest.at_ten(21) + timedelta(hours=1), tick=False)
    planned.hold_hearing(by=objection_officer, attended=False, report="Niemand kwam.")

    contest.unfounded(planned, by=objection_officer, skip_hearing=False)

    assert planned.status == ObjectionStatus.UNFOUNDED
