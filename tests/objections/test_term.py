"""The term to decide on an objection: adjournment, further delay, an order of a court (Awb 7:10)."""

import pytest
from django.utils.translation import override
from django_fsm import TransitionNotAllowed

from casework import deadline_words
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms

BY_CONSENT = {"consent": "objector", "reason": "U wilde een rapport afwachten."}


@pytest.fixture
def objection(rejected_on_2_september, applicant, objection_officer, go_to):
    """Handled; to be decided by Tuesday 25 November 2025."""
    go_to("Tue 2025-10-14")
    return contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)


def test_a_new_last_day_is_no_sum(objection, objection_officer):
    objection.delay_further(by=objection_officer, until=on("Tue 2026-02-03"), **BY_CONSENT)

    with override("en"):
        assert deadline_words.describe_decision_deadline(objection) == "delayed to 3 February 2026"


def test_7_10_six_weeks_more_once(objection, objection_officer):
    objection.adjourn(by=objection_officer, reason="Wij wachten op de RDW.")

    assert objection.decide_by == on("Tue 2026-01-06")
    assert letters(objection)[-1] == "objection_adjourned"
    with refused(objection, TransitionNotAllowed):
        objection.adjourn(by=objection_officer, reason="Nog steeds.")


def test_committee_and_adjournment_add_up(objection, objection_officer):
    contest.referred(objection, desk=objection_officer)
    objection.adjourn(by=objection_officer, reason="Wij wachten op de RDW.")

    assert objection.decide_by == on("Tue 2026-02-17")


def test_on_the_last_day_it_can_still_be_adjourned(objection, objection_officer, go_to):
    go_to("Tue 2025-11-25")

    objection.adjourn(by=objection_officer, reason="Wij wachten op de RDW.")

    assert objection.decide_by == on("Tue 2026-01-06")


@pytest.mark.parametrize(
    ("step", "detail"),
    [
        ("adjourn", {"reason": "Druk."}),
        ("refer_to_committee", {"chair": "C. de Vries", "members": ["J. Bakker", "S. Yilmaz"], "is_independent": True}),
        ("delay_further", {"until": on("Tue 2026-01-06"), **BY_CONSENT}),
    ],
)
def test_a_term_that_has_lapsed_is_not_lengthened(objection, objection_officer, go_to, step, detail):
    go_to("Wed 2025-11-26")

    with refused(objection):
        getattr(objection, step)(by=objection_officer, **detail)


def test_7_10_a_further_delay_rests_on_consent_and_names_its_day(objection, objection_officer):
    objection.delay_further(by=objection_officer, until=on("Fri 2026-02-27"), **BY_CONSENT)

    assert objection.decide_by == on("Fri 2026-02-27")
    told = {"until": "2026-02-27", "consent": "objector", "made_known_on": "2025-10-14"}
    assert objection.dossier.events.last().detail == told
    assert letters(objection)[-1] == "objection_delayed"


@pytest.mark.parametrize(
    ("until", "consent"),
    [
        ("Fri 2026-02-27", "we_are_busy"),
        ("Tue 2025-11-25", "objector"),  # no later than it is
        ("Sun 2026-03-01", "objector"),
        ("Fri 2028-02-25", "objector"),
    ],
)
def test_a_further_delay_that_cannot_be_is_refused(objection, objection_officer, until, consent):
    with refused(objection):
        objection.delay_further(by=objection_officer, until=on(until), consent=consent, reason="Zo maar.")


def test_six_weeks_more_do_not_come_after_a_day_that_was_agreed(objection, objection_officer):
    objection.delay_further(by=objection_officer, until=on("Fri 2026-02-27"), **BY_CONSENT)

    with refused(objection):
        objection.adjourn(by=objection_officer, reason="En nog eens.")


def test_repair_after_a_further_delay_adds_its_days(objection, applicant, objection_officer, go_to):
    objection.delay_further(by=objection_officer, until=on("Fri 2026-02-27"), **BY_CONSENT)
    go_to("Mon 2026-02-02")
    objection.ask_repair(by=objection_officer, items=["signature"], ends_on=given.working_day(14))
    go_to("Thu 2026-02-12")

    objection.repair(by=applicant, answer="Getekend.")

    assert objection.decide_by == on("Mon 2026-03-09")  # nine days: Sunday the eighth


def test_the_day_of_a_court_is_kept_also_when_we_are_late(objection, objection_officer, go_to):
    go_to("Wed 2025-12-10")

    objection.keep_to_order(by=objection_officer, until=on("Mon 2025-12-22"))

    assert terms(objection)["decide_objection"] == on("Mon 2025-12-22")
    assert not objection.is_late


def test_no_law_moves_the_day_of_a_court_off_a_weekend(objection, objection_officer):
    objection.keep_to_order(by=objection_officer, until=on("Sun 2025-12-21"))

    assert objection.decide_by == on("Sun 2025-12-21")
