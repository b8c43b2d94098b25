"""No hidden number can be computed from what is published, by somebody who knows the rules and tries everything."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting.figures.base import Cell
from reporting.figures.disclosure import conceal_each_other, find_hidden, hidden_share, is_small
from reporting.figures.places import Column, Columns, build_cells, build_part_cells, build_sum_cells

PLACES = {"GM0001": "Een", "GM0002": "Twee", "GM0003": "Drie"}
FOUR = ["GM0001", "GM0002", "GM0003", "GM0004"]
numbers = st.one_of(st.integers(0, 6), st.integers(0, 12))
Numbers = dict[str, int]


def columns_of(places: list[str]) -> st.SearchStrategy[Numbers]:
    return st.fixed_dictionaries(dict.fromkeys(places, numbers))


def shown(column: Numbers) -> dict[str, int | None]:
    """A column as everybody sees it."""
    hides = find_hidden(column)
    return {place: None if place in hides else number for place, number in column.items()}


def possible(column: Numbers) -> Iterator[Numbers]:
    """Every column that would be published in the same way, with the same public total."""
    published, total = shown(column), sum(column.values())
    for one in adding_up(total, len(column)):
        other = dict(zip(column, one, strict=True))
        if all(number in (None, other[place]) for place, number in published.items()) and shown(other) == published:
            yield other


def adding_up(total: int, count: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a total."""
    if count == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in adding_up(total - first, count - 1):
            yield (first, *rest)


# --- One column with a public total ----------------------------------------------------------------------------


@given(columns_of(FOUR))
@settings(max_examples=100)
def test_no_number_below_five_but_zero_is_published(column):
    assert not any(is_small(number) for number in shown(column).values())


@given(columns_of(FOUR))
@settings(max_examples=40)
def test_no_hidden_number_follows_from_the_total(column):
    others = list(possible(column))

    assert all(len({other[place] for other in others}) > 1 for place in find_hidden(column))


@given(columns_of(FOUR))
@settings(max_examples=40)
def test_a_municipality_that_knows_its_own_number_does_not_get_a_small_one_of_another(column):
    others = list(possible(column))

    for own, place in product(column, column):
        if own != place and is_small(column[place]):
            assert len({other[place] for other in others if other[own] == column[own]}) > 1


@given(st.lists(st.integers(1, 4), min_size=3, max_size=6))
def test_where_only_the_small_ones_are_hidden_each_of_them_could_be_any_small_number(small):
    column = {str(place): number for place, number in enumerate(small)}
    if conceal_each_other(len(small), sum(small), below=5):
        same = [one for one in product(range(1, 5), repeat=len(small)) if sum(one) == sum(small)]

        assert all({one[place] for one in same} == {1, 2, 3, 4} for place in range(len(small)))
    assert find_hidden({**column, "large": 20, "none": 0}) >= set(column)


@pytest.mark.parametrize(
    ("column", "hides"),
    [
        ([0, 7, 12, 5], []),  # nothing is small
        ([3, 200, 300, 400], [0, 1, 2, 3]),  # one small number is the total less the others
        ([3, 2, 300, 400], [0, 1, 2, 3]),  # of two, each municipality would know the other's
        ([3, 9, 6, 40], [0, 1, 2]),  # a small number between two that are below ten
        ([3, 2, 14, 40], [0, 1, 2, 3]),  # who has the fourteen would know too much
        ([3, 12, 14, 40], [0, 1, 2]),
        ([2, 2, 3, 40], [0, 1, 2]),  # three that could each be 1, 2, 3 or 4
        ([1, 1, 1, 40], [0, 1, 2, 3]),  # together three: each must be one
        ([4, 4, 4, 40], [0, 1, 2]),  # together twelve: below five each would be four, below ten it need not
    ],
)
def test_which_numbers_are_hidden(column, hides):
    named = dict(zip(FOUR, column, strict=True))

    assert find_hidden(named) == {FOUR[place] for place in hides}


@pytest.mark.parametrize(("places", "most"), [(3, 30), (4, 17), (5, 12)])
def test_trying_every_column_with_every_total_uncovers_nothing(places, most):
    for total in range(most + 1):
        same = defaultdict(list)
        for one in adding_up(total, places):
            seen = shown(dict(zip(map(str, range(places)), one, strict=True)))
            same[tuple(seen.values())].append(one)

        for hides, others in same.items():
            unknown = [place for place in range(places) if hides[place] is None]
            assert all(len({other[place] for other in others}) > 1 for place in unknown)


def test_with_two_municipalities_nothing_is_published():
    assert find_hidden({"GM0001": 50, "GM0002": 60}) == {"GM0001", "GM0002"}


# --- Figures that are about the same cases -----------------------------------------------------------------------


def published(first: Numbers, second: Numbers, abroad: Numbers) -> list[list[Cell]]:
    """Two columns, their sum, and how many of all are from abroad: as R09, R01 and R24."""
    parts = parts_of(first, second)
    whole = {place: first[place] + second[place] for place in PLACES}
    return [
        build_cells(parts, PLACES),
        build_sum_cells("local", Column("", whole, frozenset()), parts, PLACES),
        build_part_cells("abroad", "", abroad, parts, PLACES),
    ]


def parts_of(first: Numbers, second: Numbers) -> Columns:
    return {"HAR": Column("", first, find_hidden(first)), "BEO": Column("", second, find_hidden(second))}


def at_most(first: Numbers, second: Numbers, abroad: Numbers) -> Numbers:
    """No more from abroad than there are at all."""
    return {place: min(number, first[place] + second[place]) for place, number in abroad.items()}


def as_seen(first: Numbers, second: Numbers, seen: list[list[Cell]]) -> bool:
    """Whether these two columns could be behind what is seen, with some number from abroad in each municipality."""
    parts = parts_of(first, second)
    if [build_cells(parts, PLACES), published(first, second, dict.fromkeys(PLACES, 0))[1]] != seen[:2]:
        return False
    return all(
        any(
            cell in build_part_cells("abroad", "", {cell.municipality: number}, parts, PLACES)
            for number in range(first[cell.municipality] + second[cell.municipality] + 1)
        )
        for cell in seen[2]
    )


LOST = [(2, 2, 3), (1, 2, 4), (1, 3, 3), (2, 2, 4), (1, 3, 4), (2, 3, 3)]
SHOWN = [(0, 5, 6), (5, 0, 0), (6, 6, 5), (0, 0, 0)]
three = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(PLACES, st.integers(0, 6))),
    st.sampled_from([*LOST, *SHOWN])
    .flatmap(st.permutations)
    .map(lambda column: dict(zip(PLACES, column, strict=True))),
)
any_three = columns_of(list(PLACES))


def each(*column: int) -> Numbers:
    return dict(zip(PLACES, column, strict=True))


@given(three, three, any_three)
@example(each(0, 0, 1), each(0, 0, 0), each(0, 0, 1))  # 'not zero' from abroad would tell whose the one is
@settings(max_examples=15)  # each tries some ten thousand pairs of columns
def test_no_hidden_number_follows_from_the_sums_and_shares_either(first, second, abroad):
    seen = published(first, second, at_most(first, second, abroad))
    pairs = [pair for pair in product(possible(first), possible(second)) if as_seen(*pair, seen)]

    for number, column in enumerate((first, second)):
        for place in find_hidden(column):
            assert len({pair[number][place] for pair in pairs}) > 1


@given(three, three, any_three)
def test_no_sum_and_no_share_below_five_is_published(first, second, abroad):
    cells = [cell for table in published(first, second, at_most(first, second, abroad)) for cell in table]

    assert not any(is_small(cell.count) for cell in cells)
    assert all((cell.count is None) == cell.suppressed for cell in cells)


def test_a_share_is_hidden_that_would_tell_how_large_a_hidden_number_is_at_least():
    places = dict.fromkeys(FOUR, "")
    first, second = (dict(zip(FOUR, column, strict=True)) for column in [(4, 1, 2, 10), (5, 5, 6, 0)])

    cells = build_part_cells("abroad", "", {"GM0001": 9, "GM0002": 5, "GM0004": 5}, parts_of(first, second), places)

    assert [cell.count for cell in cells] == [None, 5, 0, 5]  # nine of five known ones and a hidden one: that is four


@pytest.mark.parametrize(
    ("count", "of", "hides"),
    [
        (95, 100, False),
        (97, 100, True),  # three do not comply
        (3, 100, True),
        (100, 100, False),
        (0, 3, True),
        (0, 0, False),
        (None, None, False),  # not handed in
    ],
)
def test_a_share_is_hidden_where_it_or_the_rest_is_small(count, of, hides):
    assert hidden_share(count, of) is hides
