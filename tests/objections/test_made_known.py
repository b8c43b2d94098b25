"""Sent is sent, in objection: what begins and ends by post does so on the day of posting (Awb 3:41, 7:10, 7:14)."""

import pytest
from django_fsm import TransitionNotAllowed

from casework.models import DefaultNotice
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import refused, terms
from tests.posting import choose_post, post


@pytest.fixture
def by_post(organisation, applicant):
    """Wants letters by post."""
    return choose_post(organisation, by=applicant)


@pytest.fixture
def handled(by_post, rejected_on_2_september, applicant, caseworker, objection_officer, go_to):
    """An objection of 10 October 2025 to a decision of 2 September: to be decided until Tuesday 25 November."""
    post(rejected_on_2_september, by=caseworker)
    go_to("Fri 2025-10-10")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    post(objection, by=objection_officer)
    return objection


def too_late(objection):
    return objection.dossier.events.filter(step="post_letters").latest("pk").detail["too_late"]


# --- Repair (Awb 7:10(2)) -----------------------------------------------------------------------------------


def test_7_10_by_post_the_term_stands_still_from_the_day_of_posting(handled, applicant, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    handled.ask_repair(by=objection_officer, items=["signature"], ends_on=on("Mon 2025-11-17"))
    assert handled.decide_by == on("Tue 2025-11-25")

    go_to("Thu 2025-10-23")
    post(handled, by=objection_officer)
    go_to("Mon 2025-11-03")
    handled.repair(by=applicant, answer="Hier is hij.")

    assert handled.decide_by == on("Fri 2025-12-05")


def test_7_10_in_the_portal_from_the_day_of_asking(rejected_on_2_september, applicant, objection_officer, go_to):
    go_to("Fri 2025-10-10")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    go_to("Mon 2025-10-20")
    objection.ask_repair(by=objection_officer, items=["signature"], ends_on=on("Mon 2025-11-17"))
    go_to("Mon 2025-11-03")
    objection.repair(by=applicant, answer="Hier is hij.")

    assert objection.decide_by == on("Mon 2025-12-08")


# --- More time (Awb 7:10(3) to (5)) -------------------------------------------------------------------------

IN_TIME, LATE = "Tue 2025-11-25", "Wed 2025-11-26"


@pytest.mark.parametrize(("posted", "due", "lost"), [(IN_TIME, "Tue 2026-01-06", False), (LATE, IN_TIME, True)])
def test_7_10_an_adjournment_holds_if_it_is_posted_within_the_term(
    handled, objection_officer, go_to, posted, due, lost
):
    go_to("Tue 2025-11-25")
    handled.adjourn(by=objection_officer, reason="Advies.")
    assert handled.decide_by == on("Tue 2025-11-25")
    with refused(handled, TransitionNotAllowed):
        handled.adjourn(by=objection_officer, reason="Advies.")

    go_to(posted)
    post(handled, by=objection_officer)

    assert handled.decide_by == on(due)
    assert too_late(handled) == (["objection_adjourned"] if lost else [])


@pytest.mark.parametrize(("posted", "due", "lost"), [(IN_TIME, "Fri 2026-02-27", False), (LATE, IN_TIME, True)])
def test_7_10_a_further_delay_holds_if_it_is_posted_within_the_term(
    handled, objection_officer, go_to, posted, due, lost
):
    go_to("Tue 2025-11-25")
    handled.delay_further(by=objection_officer, until=on("Fri 2026-02-27"), consent="objector", reason="Samen gekozen.")
    go_to(posted)
    post(handled, by=objection_officer)

    assert handled.decide_by == on(due)
    assert too_late(handled) == (["objection_delayed"] if lost else [])


# --- The decision (Awb 7:12, 7:14) --------------------------------------------------------------------------


def test_7_14_a_penalty_ends_on_the_day_of_posting(handled, applicant, objection_officer, go_to):
    go_to("Wed 2025-11-26")
    handled.receive_default_notice(by=applicant, received_on=on("Wed 2025-11-26"))
    go_to("Wed 2025-12-10")
    contest.unfounded(handled, by=objection_officer)
    assert terms(handled)["decide_objection"] == on("Tue 2025-11-25")

    go_to("Mon 2025-12-15")
    post(handled, by=objection_officer)

    notice = DefaultNotice.objects.get()
    assert (notice.decided_on, notice.amount(today=on("Mon 2025-12-15"))) == (on("Mon 2025-12-15"), 4 * 23)


def test_7_14_before_it_is_posted_one_can_still_give_notice(handled, applicant, objection_officer, go_to):
    go_to("Tue 2025-11-25")
    contest.unfounded(handled, by=objection_officer)
    go_to("Wed 2025-11-26")

    handled.receive_default_notice(by=applicant, received_on=on("Wed 2025-11-26"))

    assert DefaultNotice.objects.get().has_effect


def test_3_45_the_letter_gets_its_last_day_to_appeal_when_it_is_posted(handled, objection_officer, go_to):
    go_to("Thu 2025-11-20")
    contest.unfounded(handled, by=objection_officer)
    go_to("Tue 2025-11-25")
    post(handled, by=objection_officer)

    assert "tot en met **6 januari 2026**" in handled.dossier.letters.get(kind="objection_unfounded").body
    assert terms(handled) == {"appeal": on("Tue 2026-01-06")}


# --- Before the decision under attack was posted (Awb 6:10) ---------------------------------------------------


def test_6_10_an_early_objection_is_counted_again_once_the_letter_was_posted(
    by_post, applicant, caseworker, other_caseworker, objection_officer, go_to
):
    go_to("Mon 2026-02-02")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    go_to("Wed 2026-02-04")
    objection = contest.filed(rejected, by=applicant)
    go_to("Fri 2026-02-06")
    post(rejected, by=caseworker)
    objection.refresh_from_db()

    assert objection.is_in_time
    assert objection.decide_by == on("Fri 2026-05-01")
    assert objection.dossier.events.filter(step="learn_announcement").get().detail == {"announced_on": "2026-02-06"}


def test_6_10_so_is_one_to_the_decision_that_came_in_place_of_the_first(
    handled, rejected_on_2_september, applicant, objection_officer, go_to
):
    contest.heard(handled, by=applicant, desk=objection_officer)
    go_to("Mon 2025-11-10")
    contest.upheld_and_rejected(handled, by=objection_officer)
    rejected_on_2_september.refresh_from_db()
    early = contest.filed(rejected_on_2_september, by=applicant)
    go_to("Wed 2025-11-12")
    post(handled, by=objection_officer)
    early.refresh_from_db()

    assert early.decide_by == on("Wed 2026-02-04")


# --- What the events tell (Awb 3:41) ------------------------------------------------------------------------


def details(objection, *steps):
    return [objection.dossier.events.filter(step=step).latest("pk").detail for step in steps]


def test_3_41_a_posted_decision_tells_its_term_when_it_is_posted(handled, objection_officer, go_to):
    contest.unfounded(handled, by=objection_officer)
    go_to("Mon 2025-10-13")
    post(handled, by=objection_officer)

    taken, posted = details(handled, "declare_unfounded", "post_letters")
    assert (taken["made_known_on"], taken["decision_term"]) == (None, None)
    assert posted["decision_term"] == {"received": "2025-10-10", "due": "2025-11-25", "suspended_days": 0}


def test_6_10_until_the_decision_is_posted_no_later_step_moves_the_term(
    by_post, rejected_on_2_september, applicant, objection_officer, go_to
):
    go_to("Fri 2025-10-10")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    go_to("Mon 2025-10-20")
    contest.referred(objection, desk=objection_officer)
    post(objection, "objection_committee", by=objection_officer)

    assert objection.decide_by == on("Fri 2026-02-13")
