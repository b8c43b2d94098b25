"""The other grounds on which the term to decide on an objection stands still, by portal and by post (Awb 7:14)."""

import pytest
from django.urls import reverse

from casework.deadline_words import in_words
from tests import contest
from tests.casework.days import on
from tests.objections.look import refused
from tests.posting import choose_post, post


@pytest.fixture
def handled(rejected_on_2_september, applicant, objection_officer, go_to):
    """An objection of 10 October 2025, in the portal: to be decided until Tuesday 25 November."""
    go_to("Fri 2025-10-10")
    return contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)


@pytest.fixture
def handled_by_post(handled, organisation, applicant):
    """The same of who wants letters by post since then."""
    choose_post(organisation, by=applicant)
    return handled


def inquire(objection, *, by):
    objection.inquire_abroad(by=by, expected_on=on("Mon 2025-11-03"), reason="Het register in Polen.")


def suspend(objection, *, by, why="force_majeure", since="Mon 2025-10-20", expected="Mon 2025-11-03"):
    objection.suspend_decision_term(
        by=by, suspended_by=why, first_day=on(since), expected_on=on(expected), reason="Een storing."
    )


def resume(objection, *, by, again):
    suspension = objection.dossier.term_suspensions.open().get()
    objection.resume_decision_term(by=by, suspension=suspension, runs_again_on=on(again))


def test_7_14_a_foreign_inquiry_in_the_portal_suspends_from_the_day_after(handled, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    inquire(handled, by=objection_officer)
    assert handled.decide_by == on("Mon 2025-12-08")  # 21 October to 2 November: 13 days

    go_to("Thu 2025-10-30")
    resume(handled, by=objection_officer, again="Thu 2025-10-30")

    assert handled.decide_by == on("Thu 2025-12-04")
    assert "4 december 2025" in handled.dossier.letters.get(kind="term_resumed").body


def test_7_14_by_post_from_the_day_after_posting(handled_by_post, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    inquire(handled_by_post, by=objection_officer)
    assert handled_by_post.decide_by == on("Tue 2025-11-25")

    go_to("Thu 2025-10-23")
    post(handled_by_post, "foreign_inquiry", by=objection_officer)

    assert handled_by_post.decide_by == on("Fri 2025-12-05")
    assert "artikel 7:14 en artikel 4:15" in handled_by_post.dossier.letters.get(kind="foreign_inquiry").body


@pytest.mark.parametrize("why", ["applicant", "force_majeure"])
@pytest.mark.parametrize("way", ["handled", "handled_by_post"])
def test_7_14_delay_of_the_objector_and_force_majeure_by_the_facts(request, way, why, objection_officer, go_to):
    objection = request.getfixturevalue(way)
    go_to("Mon 2025-10-27")
    suspend(objection, by=objection_officer, why=why)
    assert objection.decide_by == on("Tue 2025-12-09")

    go_to("Fri 2025-10-31")
    resume(objection, by=objection_officer, again="Thu 2025-10-30")
    assert objection.decide_by == on("Fri 2025-12-05")


def test_7_14_days_before_the_term_to_decide_add_nothing(handled, objection_officer, go_to):
    go_to("Mon 2025-10-13")
    suspend(handled, by=objection_officer, since="Sat 2025-10-11", expected="Fri 2025-10-17")

    assert handled.decide_by == on("Thu 2025-11-27")  # the term begins after 14 October: two days


def test_7_14_agreement_is_no_ground_here(handled, objection_officer, go_to):
    go_to("Mon 2025-10-27")
    with refused(handled):
        suspend(handled, by=objection_officer, why="agreed")


def test_4_15_the_objector_sees_that_it_stands_still_and_why(handled, login, applicant, objection_officer, go_to):
    go_to("Mon 2025-10-27")
    suspend(handled, by=objection_officer)

    page = login(applicant).get(reverse("objection", args=[handled.key])).content.decode()

    assert "overmacht" in page
    assert "14 dagen overmacht" in in_words(handled.find_term(handled.DECIDES))
