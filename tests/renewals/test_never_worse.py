"""Never automatically worse for anybody: over any limits and values, the pure rules only ever give."""

from hypothesis import given
from hypothesis import strategies as st

from exemptions.models import Threshold
from exemptions.thresholds import judge_availability
from renewals.assessment import by_thresholds
from renewals.steps.statuses import Action

KEYS = [(of, metric) for of in ("van", "truck") for metric in Threshold.Metric.values]
LIMITS = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 5))
VALUES = st.dictionaries(st.sampled_from(Threshold.Metric.values), st.none() | st.integers(0, 6))


def verdict(old, new, values):
    return by_thresholds(
        old={key: one for key, one in old.items() if key[0] == "van"}, new=judge_availability("van", values, limits=new)
    )


@given(old=LIMITS, new=LIMITS, values=VALUES)
def test_who_is_granted_is_beyond_a_new_limit_and_was_not_beyond_that_one_before(old, new, values):
    found = verdict(old, new, values)

    if found is not None and found.action == Action.GRANT:
        beyond = {key for key, limit in new.items() if key[0] == "van" and (values.get(key[1]) or 0) > limit}
        assert beyond
        assert all(old.get(key, 99) >= values[key[1]] for key in beyond)


@given(old=LIMITS, new=LIMITS, values=VALUES)
def test_nothing_is_ever_taken_away(old, new, values):
    found = verdict(old, new, values)

    assert found is None or found.action in (Action.GRANT, Action.LOOK)
    assert found is None or found.say()


@given(old=LIMITS, new=LIMITS, values=VALUES)
def test_a_vehicle_that_can_be_replaced_by_the_new_limits_is_not_listed(old, new, values):
    if judge_availability("van", values, limits=new).available:
        assert verdict(old, new, values) is None


@given(limits=LIMITS, values=VALUES)
def test_limits_that_stay_as_they_are_grant_nobody_who_was_rejected_by_them(limits, values):
    if judge_availability("van", values, limits=limits).available is not False:
        found = verdict(limits, limits, values)
        assert found is None or found.action == Action.LOOK


@given(old=LIMITS, new=LIMITS, values=VALUES)
def test_a_lower_limit_never_lists_fewer(old, new, values):
    lower = {key: max(0, limit - 1) for key, limit in new.items()}

    if verdict(old, new, values) is not None:
        assert verdict(old, lower, values) is not None
