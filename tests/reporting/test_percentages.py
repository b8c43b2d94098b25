"""Whole percentages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.percentages import divide_whole

COUNTS = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ([3577, 277, 84, 164], [87, 7, 2, 4]),
        ([130, 69, 70, 8], [47, 25, 25, 3]),
        ([75, 4, 5], [89, 5, 6]),
        ([1, 1, 1], [34, 33, 33]),
        ([5], [100]),
        ([0, 3], [0, 100]),
    ],
)
def test_shares(counts, shares):
    assert divide_whole(counts) == shares


def test_of_nothing_there_are_no_shares():
    assert divide_whole([0, 0]) == [None, None]
    assert divide_whole([]) == []


@given(COUNTS.filter(any))
def test_they_sum_to_a_hundred(counts):
    assert sum(divide_whole(counts)) == 100


@given(COUNTS.filter(any))
def test_each_is_less_than_one_from_the_exact_share(counts):
    for count, share in zip(counts, divide_whole(counts), strict=True):
        assert abs(100 * count / sum(counts) - share) < 1


@given(COUNTS.filter(any))
def test_more_never_gets_a_smaller_share(counts):
    pairs = sorted(zip(counts, divide_whole(counts), strict=True))

    assert all(
        left_share <= right_share
        for (left, left_share), (right, right_share) in zip(pairs, pairs[1:], strict=False)
        if left < right
    )


@given(COUNTS.filter(any))
def test_nothing_counted_is_no_percent_at_all(counts):
    assert all(share == 0 for count, share in zip(counts, divide_whole(counts), strict=True) if count == 0)
