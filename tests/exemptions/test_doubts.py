"""What speaks against a decision: which facts with which decision, as sentences. Pure: no database."""

from datetime import date, timedelta

import pytest

from exemptions import doubts
from exemptions.doubts import CaseFacts, Proof
from exemptions.models import Ground

TODAY = date(2026, 11, 29)
YEAR = timedelta(days=365)
ACCEPTED, SHORT = "accepted", "insufficient"
CONTRACT = Proof("Contract", ACCEPTED)


def known(*proof, **about):
    return CaseFacts(today=TODAY, received_on=TODAY - timedelta(days=30), proof=proof or (CONTRACT,), **about)


def ground(proof=Ground.Proof.NEEDED, **about):
    return Ground(proof=proof, outcome=Ground.Outcome.REJECT, **about)


def test_nothing_speaks_against_a_grant_on_accepted_proof():
    assert doubts.against_grant(known(), starts_on=TODAY, ends_on=TODAY + YEAR) == []


@pytest.mark.parametrize(
    ("proof", "speaks"),
    [
        (Proof("Contract"), True),
        (Proof("Contract", given=False), True),
        (Proof("Contract", SHORT, "Geen handtekening."), True),
        (Proof("Brief", needed=False), True),
        (Proof("Brief", needed=False, given=False), False),
        (Proof("Brief", SHORT, "Onleesbaar.", needed=False), True),
        (Proof("Contract", ACCEPTED, given=False), False),
    ],
)
def test_a_grant_asks_that_every_item_was_judged_and_sufficient(proof, speaks):
    assert bool(doubts.against_grant(known(CONTRACT, proof))) is speaks


def test_the_reason_why_proof_is_insufficient_stands_in_the_doubt():
    said = doubts.against_grant(known(Proof("Contract", SHORT, "Geen handtekening.")))

    assert "Geen handtekening." in said[0]


@pytest.mark.parametrize(
    ("answered", "number"),
    [
        ({"expected_on": date(2026, 10, 5)}, 1),
        ({"expected_on": TODAY}, 0),
        ({"expected_on": date(2026, 12, 5)}, 1),  # before the first day
        ({"expected_on": date(2027, 3, 1), "ordered_on": date(2026, 1, 1)}, 0),
        ({"expected_on": date(2027, 3, 1), "ordered_on": date(2027, 4, 1)}, 2),  # still to come, and after delivery
        ({"requested_on": date(2026, 11, 28)}, 1),  # after the application came in
        ({"since": date(2020, 1, 1)}, 0),
        ({"permit_until": date(2026, 12, 1)}, 1),
    ],
)
def test_a_grant_against_an_answer_of_the_applicant(answered, number):
    starts_on = TODAY if answered.get("expected_on") == TODAY else date(2026, 12, 10)

    assert len(doubts.against_grant(known(answered=answered), starts_on=starts_on)) == number


def test_a_last_day_beyond_delivery_and_margin_is_a_doubt_with_its_sum():
    wishes = doubts.wishes_of({"expected_on": date(2027, 3, 1)}, wanted_until=None, margin_days=14)

    assert doubts.against_grant(known(wishes=wishes), ends_on=date(2027, 3, 15)) == []
    assert "14" in doubts.against_grant(known(wishes=wishes), ends_on=date(2030, 1, 1))[0]


def test_a_grant_of_what_is_for_sale_is_a_doubt():
    assert doubts.against_grant(known(available=True, by_thresholds=True))
    assert doubts.against_grant(known(available=None, by_thresholds=True)) == []


@pytest.mark.parametrize(
    ("proof", "of_ground", "speaks"),
    [
        (Proof("Contract"), Ground.Proof.NEEDED, True),  # handed in, and nobody looked
        (Proof("Contract"), Ground.Proof.SHORT, True),
        (Proof("Contract"), Ground.Proof.NONE, False),  # the register alone decides
        (Proof("Contract", given=False), Ground.Proof.SHORT, False),  # it never came: that is the ground
        (Proof("Contract", SHORT, "Nee."), Ground.Proof.SHORT, False),
        (Proof("Contract", SHORT, "Nee."), Ground.Proof.NEEDED, False),
        (Proof("Contract", ACCEPTED), Ground.Proof.SHORT, True),  # all accepted, and yet 'not shown'
        (Proof("Contract", ACCEPTED), Ground.Proof.NEEDED, False),
    ],
)
def test_a_rejection_and_the_proof(proof, of_ground, speaks):
    assert bool(doubts.against_rejection(known(proof), ground=ground(of_ground))) is speaks


@pytest.mark.parametrize(("available", "speaks"), [(True, False), (False, True), (None, True)])
def test_a_rejection_by_the_thresholds_needs_a_vehicle_within_them(available, speaks):
    by_them = ground(rests_on_thresholds=True)

    assert bool(doubts.against_rejection(known(available=available, by_thresholds=True), ground=by_them)) is speaks


def test_without_a_ground_a_rejection_has_no_doubts_yet():
    assert doubts.against_rejection(known(Proof("Contract")), ground=None) == []


@pytest.mark.parametrize("answer", ["", "gisteren", None, 3, "2026-02-30", ["2026-01-01"]])
def test_what_is_no_day_is_no_answer(answer):
    assert doubts.day_of(answer) is None
