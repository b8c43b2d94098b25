"""What holds for every deadline, whatever the dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import (
    Suspension,
    appeal_due,
    count_by_ground,
    decision_due,
    explain_decision_due,
    objection_decision_due,
    objection_due,
    objection_in_time,
    penalty_amount,
    penalty_decision_due,
    penalty_first_day,
    postal_limit,
    set_aside_due,
    suspended_days,
)
from tests.casework.test_calendar import WRITTEN_OUT

ONE_DAY = timedelta(days=1)
# Deadlines reach half a year ahead, and the holidays are written out until the end of 2028.
days = st.dates(date(2025, 1, 1), date(2028, 5, 1))
whiles = st.integers(0, 40)
GROUNDS = ("completion", "foreign", "agreed", "applicant", "force_majeure")


@st.composite
def cases(draw):
    """An application and the times that it waited, each begun while the term ran: also on days off at its end."""
    received = draw(days)
    begins = draw(st.lists(st.tuples(st.integers(0, 64), whiles), max_size=4))
    suspensions = []
    for start, length in sorted(begins):
        invited = received + timedelta(days=start)
        if invited < decision_due(received, suspensions=suspensions):
            ground = draw(st.sampled_from(GROUNDS))
            suspensions.append(Suspension(invited, invited + timedelta(days=length), ground))
    return received, suspensions


def is_off(day):
    return day.isoweekday() > 5 or day in WRITTEN_OUT


def walk(start, *, weeks, suspensions=()):
    """Count as with a finger on a calendar: day by day, skipping suspended days; it never ends on one of these."""
    day, left = start, weeks * 7
    while left:
        day += ONE_DAY
        left -= not stands_still(day, suspensions)
    while is_off(day) or stands_still(day, suspensions):
        day += ONE_DAY
    return day


def stands_still(day, suspensions):
    return any(suspension.invited < day < suspension.ended for suspension in suspensions)


@given(cases())
def test_the_sum_gives_what_a_finger_on_the_calendar_gives(case):
    received, suspensions = case

    assert decision_due(received, suspensions=suspensions) == walk(received, weeks=8, suspensions=suspensions)


@given(cases())
def test_4_15_no_term_ends_while_it_stands_still(case):
    received, suspensions = case
    due = decision_due(received, suspensions=suspensions)
    of_objection = objection_decision_due(received - timedelta(days=14), adjourned=True, suspensions=suspensions)

    assert not stands_still(due, suspensions)
    assert due >= max((suspension.ended for suspension in suspensions), default=due)
    assert not is_off(of_objection)


@given(days)
def test_terms_without_waiting_too(day):
    assert set_aside_due(day) == walk(day, weeks=4)
    assert objection_due(day) == appeal_due(day) == objection_decision_due(day) == walk(day, weeks=6)
    assert objection_decision_due(day, committee=True) == walk(day, weeks=12)
    assert postal_limit(day) == walk(day, weeks=1)


@given(cases(), st.integers(0, 55), whiles)
def test_waiting_longer_never_brings_the_deadline_forward(case, start, length):
    received, suspensions = case
    more = Suspension(received + timedelta(days=start), received + timedelta(days=start + length))

    assert decision_due(received, suspensions=[*suspensions, more]) >= decision_due(received, suspensions=suspensions)


@given(cases())
def test_waiting_counts_no_day_twice_and_in_no_order(case):
    _received, suspensions = case

    assert suspended_days(suspensions) <= sum(suspension.days for suspension in suspensions)
    assert suspended_days(suspensions) == suspended_days(suspensions * 2) == suspended_days(suspensions[::-1])


@given(cases(), st.none() | days)
def test_each_suspended_day_has_one_ground(case, after):
    _received, suspensions = case
    by_ground = count_by_ground(suspensions, after)

    assert sum(by_ground.values()) == suspended_days(suspensions, after)
    assert set(by_ground) <= {suspension.ground for suspension in suspensions}


@given(cases())
def test_the_explained_sum_adds_up(case):
    received, suspensions = case

    told = explain_decision_due(received, suspensions=suspensions)

    assert told.raw == told.received + timedelta(weeks=told.weeks, days=told.suspended_days)
    assert sum(told.days_by_ground.values()) == told.suspended_days
    assert told.due == (told.stood_still_until or told.raw) + timedelta(days=len(told.skipped))


@pytest.mark.parametrize(
    "term",
    [
        decision_due,
        set_aside_due,
        objection_due,
        appeal_due,
        postal_limit,
        objection_decision_due,
        penalty_decision_due,
    ],
)
@given(day=days)
def test_no_term_ends_on_a_day_off(term, day):
    assert not is_off(term(day))


@given(days)
def test_nobody_has_less_than_six_weeks_to_object(announced):
    assert objection_due(announced) >= announced + timedelta(days=42)


@given(days, days)
def test_who_files_earlier_never_waits_longer(one, other):
    assert decision_due(min(one, other)) <= decision_due(max(one, other))


@given(days, st.integers(-10, 60), whiles)
def test_the_post_never_makes_an_objection_late(due, received_after, posted_before):
    received = due + timedelta(days=received_after)
    by_post = objection_in_time(due, received=received, posted=received - timedelta(days=posted_before))

    assert by_post or not objection_in_time(due, received=received)


@given(days, whiles)
def test_no_penalty_within_two_weeks_of_the_notice_of_default(due, days_later):
    notice = due + timedelta(days=days_later)

    assert penalty_first_day(due, notice_received=notice) > notice + timedelta(days=14)


@given(st.integers(0, 100))
def test_the_penalty_is_the_sum_of_its_days(late):
    by_day = [23] * 14 + [35] * 14 + [45] * 14

    assert penalty_amount(late, on=date(2026, 1, 1)) == sum(by_day[:late])
