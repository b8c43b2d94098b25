"""A vehicle is judged once for all days of a file, and each day gets the answer that it gets by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.compliance.ground import Ground, ZoneTerm
from reporting.compliance.judgement import (
    Simplifier,
    Step,
    Why,
    Window,
    add_exemptions,
    as_day,
    as_moment,
    cut_window,
    decide_day,
    judge_facts,
)
from zones.access import VehicleFacts, decide, load_shipped_rules
from zones.vehicles import CATEGORIES, EMISSION_CLASSES, SUBTYPES

SHIPPED = load_shipped_rules()
STARTED = ZoneTerm(date(2025, 1, 1))
GROUND = Ground("GM0344", (STARTED,), ((date.min, SHIPPED),))
starts = st.dates(date(2024, 12, 1), date(2031, 1, 1))
grounds = st.builds(lambda *days: Ground("GM0344", tuple(map(ZoneTerm, days)), ((date.min, SHIPPED),)), starts, starts)
vehicles = st.builds(
    VehicleFacts,
    category=st.sampled_from([*CATEGORIES, None, "boat"]),
    subtype=st.sampled_from([*SUBTYPES, None]),
    emission_class=st.sampled_from([*EMISSION_CLASSES, None]),
    first_admission=st.none() | st.dates(date(1980, 1, 1), date(2030, 1, 1)),
    body_codes=st.frozensets(st.sampled_from(["15", "27", "SB", "SH", "BA", "BC"]), max_size=2),
    remark_codes=st.frozensets(st.sampled_from(["145", "146", "70"]), max_size=1),
)
days = st.dates(date(2024, 7, 1), date(2031, 12, 31))
lengths = st.integers(0, 60).map(lambda number: timedelta(days=number))


def find_why(steps: list[Step], at: int) -> Why:
    return [step.why for step in steps if step.start <= at][-1]


@given(vehicles, grounds, days, lengths, lengths)
def test_each_day_of_a_file_gets_the_answer_of_that_day(facts, ground, first, length, into):
    last, day = first + length, first + min(into, length)

    steps = judge_facts(facts, ground, first=first, last=last)

    assert find_why(steps, as_moment(day)) == decide_day(facts, ground, on=day)


@given(vehicles, days, lengths, lengths)
def test_simpler_facts_get_the_same_answers(facts, first, length, into):
    last, day = first + length, first + min(into, length)

    simpler = Simplifier(GROUND, first=first, last=last).simplify(facts)

    assert decide_day(simpler, GROUND, on=day) == decide_day(facts, GROUND, on=day)


@given(vehicles, st.dates(date(2025, 1, 1), date(2031, 12, 31)))
def test_in_one_zone_that_has_begun_the_rules_decide(facts, day):
    allowed = decide(facts, on=day).allowed

    why = decide_day(facts, GROUND, on=day)

    assert why in {True: {Why.RULE, Why.AUTOMATIC}, False: {Why.NOT_ALLOWED}, None: {Why.UNKNOWN}}[allowed]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4), st.integers(0, 40))
def test_an_exemption_does_not_hold_while_it_is_suspended(gaps, at):
    gaps = [(begin, begin + length) for begin, length in gaps]

    windows = list(cut_window(5, 25, gaps, is_day=False))

    suspended = any(begin <= at < end for begin, end in gaps)
    assert any(one.start <= at < one.end for one in windows) == (5 <= at < 25 and not suspended)


@pytest.mark.parametrize(
    ("by_rules", "running", "why"),
    [
        (Why.RULE, [False], Why.RULE),
        (Why.NOT_ALLOWED, [], Why.NOT_ALLOWED),
        (Why.NOT_ALLOWED, [True], Why.DAY_EXEMPTION),
        (Why.NOT_ALLOWED, [True, False], Why.EXEMPTION),
        (Why.UNKNOWN, [False], Why.EXEMPTION),
    ],
)
def test_an_exemption_counts_where_the_rules_give_no_access(by_rules, running, why):
    steps = add_exemptions([Step(0, by_rules)], [Window(3, 6, is_day) for is_day in running])

    assert (find_why(steps, 4), find_why(steps, 6)) == (why, by_rules)


@given(days)
def test_a_day_begins_at_midnight_in_amsterdam(day):
    assert as_day(as_moment(day)) == day
    assert as_day(as_moment(day) - 1) == day - timedelta(days=1)
