"""What holds for every vehicle on every day."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from zones.access import VehicleFacts, decide
from zones.vehicles import CATEGORIES, EMISSION_CLASSES, SUBTYPES

days = st.dates(date(2024, 7, 1), date(2035, 12, 31))
admissions = st.dates(date(1930, 1, 1), date(2030, 1, 1))
body_codes = st.frozensets(st.sampled_from(["15", "31", "SB", "SH", "BA", "BC"]), max_size=2)
remark_codes = st.frozensets(st.sampled_from(["145", "149", "70", "55"]), max_size=2)
vehicles = st.builds(
    VehicleFacts,
    category=st.sampled_from(CATEGORIES),
    subtype=st.sampled_from(SUBTYPES),
    emission_class=st.sampled_from(EMISSION_CLASSES),
    first_admission=admissions,
    body_codes=body_codes,
    remark_codes=remark_codes,
    plug_in_hybrid=st.sampled_from([True, False, None]),
)
fact_names = st.sets(st.sampled_from(["category", "subtype", "emission_class", "first_admission"]))


@given(vehicles, days)
def test_a_vehicle_of_which_all_is_known_always_gets_an_answer(facts, on):
    assert decide(facts, on=on).allowed is not None


@given(vehicles, fact_names, days)
def test_an_answer_without_some_facts_is_the_answer_with_them(facts, forgotten, on):
    answer, whole = decide(replace(facts, **dict.fromkeys(forgotten)), on=on), decide(facts, on=on)

    assert answer.rule == "UNKNOWN" or (answer.allowed, answer.until) == (whole.allowed, whole.until)


@given(vehicles, fact_names, days)
def test_forgetting_facts_never_makes_an_answer_surer(facts, forgotten, on):
    if decide(facts, on=on).allowed is None:
        assert decide(replace(facts, **dict.fromkeys(forgotten)), on=on).allowed is None


@given(vehicles, days)
def test_access_holds_until_the_day_until(facts, on):
    answer = decide(facts, on=on)

    if answer.until:
        assert answer.allowed == (on < answer.until)


@given(vehicles, days)
def test_the_last_day_before_until_gives_the_same_answer(facts, on):
    answer = decide(facts, on=on)

    if answer.allowed and answer.until:
        assert decide(facts, on=answer.until - timedelta(days=1)).allowed


@given(vehicles, days)
def test_only_emission_free_vans_and_trucks_enter_from_2030(facts, on):
    if on >= date(2030, 1, 1) and facts.category != "other":
        assert decide(facts, on=on).allowed == (facts.emission_class == "Z")


@given(vehicles, days)
def test_being_a_plug_in_hybrid_gives_no_access(facts, on):
    answers = {decide(replace(facts, plug_in_hybrid=plug), on=on) for plug in (True, False, None)}

    assert len(answers) == 1


@given(
    st.builds(
        VehicleFacts,
        category=st.none() | st.text(max_size=5),
        subtype=st.none() | st.text(max_size=5),
        emission_class=st.none() | st.text(max_size=3),
        first_admission=st.none() | st.dates(),
        body_codes=st.frozensets(st.text(max_size=3), max_size=3),
        remark_codes=st.frozensets(st.text(max_size=3), max_size=3),
    ),
    st.dates(),
)
def test_no_vehicle_and_no_day_makes_it_fail(facts, on):
    assert decide(facts, on=on).reason


def test_it_answers_without_settings_and_without_a_database():
    code = (
        "from datetime import date; from zones.access import VehicleFacts, decide;"
        "facts = VehicleFacts(category='van', emission_class='5', first_admission=date(2015, 1, 1));"
        "answer = decide(facts, on=date(2026, 1, 1)); print(answer.rule, answer.until, answer.reason)"
    )
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    told = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, check=True
    )

    assert told.stdout.startswith("V2 2027-01-01 A transitional rule applies to a van of emission class 5")
