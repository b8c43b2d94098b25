"""Until when an exemption may run, as a sum in words. Pure: no database."""

from datetime import date

import pytest

from exemptions import doubts
from exemptions.doubts import LastDay, Limit
from exemptions.models import KindVersion

FIRST = date(2026, 12, 1)


def limits(kind=None, *, wanted_until=None, **answered):
    bounds = doubts.bounds_of(kind or KindVersion(), facts=None, starts_on=FIRST)
    return LastDay(bounds, doubts.wishes_of(answered, wanted_until=wanted_until, margin_days=14))


def test_delivery_and_the_margin_give_the_usual_last_day():
    delivery = limits(expected_on=date(2027, 3, 1))

    assert delivery.usual(starts_on=FIRST) == date(2027, 3, 15)
    assert delivery.latest is None  # a reason can take it further


@pytest.mark.parametrize(
    ("kind", "latest"),
    [
        (KindVersion(duration_months=12), date(2027, 11, 30)),
        (KindVersion(ends_by=date(2030, 1, 1)), date(2029, 12, 31)),
        (KindVersion(duration_months=12, ends_by=date(2027, 6, 1)), date(2027, 5, 31)),
        (KindVersion(), None),
    ],
)
def test_the_kind_bounds_the_last_day(kind, latest):
    assert limits(kind).latest == latest


def test_the_usual_day_is_the_earliest_of_all():
    wanted = limits(KindVersion(duration_months=12), wanted_until=date(2027, 2, 1), expected_on=date(2027, 3, 1))

    assert wanted.usual(starts_on=FIRST) == date(2027, 2, 1)
    assert len(wanted.explained()) == 3


def test_a_delivery_that_has_passed_leaves_no_usual_day():
    assert limits(KindVersion(duration_months=12), expected_on=date(2026, 10, 5)).usual(starts_on=FIRST) is None


def test_the_explanation_is_a_sum_with_the_earliest_limit_first():
    late, early = Limit(date(2028, 1, 1), "laat"), Limit(date(2027, 1, 1), "vroeg")

    assert LastDay((late,), (early,)).explained() == ["vroeg", "laat"]
    assert "14" in limits(expected_on=date(2027, 3, 1)).explained()[0]
