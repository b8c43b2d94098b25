"""What a result shows: nothing small, and nothing from which a hidden count could be computed."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporting.compliance.ground import PARTS_OF_DAY
from reporting.compliance.judgement import CLASSES, Why
from reporting.compliance.suppression import COMPLIANT, suppress_counts

CELLS = list(product(PARTS_OF_DAY, CLASSES, (why.name.lower() for why in Why)))
numbers = st.integers(0, 8) | st.integers(0, 100_000)
tables = st.dictionaries(st.sampled_from(CELLS), numbers, min_size=1, max_size=40)


def equations(shown, counts):
    """Each sum that a reader knows, as the cells that it is about and what is left of it for the hidden ones."""
    cells = set(CELLS)
    known = []
    for name in ("van", "truck"):
        of_class = {cell for cell in CELLS if cell[1] == name}
        allowed = {cell for cell in of_class if cell[2] in COMPLIANT}
        passages, compliant = shown.totals[f"passages_{name}"], shown.totals[f"compliant_{name}"]
        if compliant is not None:
            known += [(allowed, compliant), (of_class - allowed, passages - compliant)]
        elif passages is not None:
            known.append((of_class, passages))
        if passages is not None:
            cells -= of_class
    rest = sum(counts.get(cell, 0) for cell in cells)
    if shown.passages is not None:
        known.append((cells, rest))
    for group, total in known:
        hidden = [cell for cell in group if cell in shown.counts and shown.counts[cell] is None]
        yield hidden, total - sum(shown.counts.get(cell) or 0 for cell in group)


@given(tables)
def test_no_small_count_is_shown(counts):
    shown = suppress_counts(counts)

    assert all(number in (None, 0) or number >= 5 for number in (shown.passages, *shown.counts.values()))


@given(tables)
def test_what_is_shown_is_true(counts):
    shown = suppress_counts(counts)

    assert all(number in (None, counts[cell]) for cell, number in shown.counts.items() if cell in counts)
    assert all(shown.counts[cell] is None for cell in shown.counts.keys() - counts.keys())
    assert shown.passages in (None, sum(counts.values()))


@given(tables)
def test_no_hidden_count_can_be_computed_from_the_sums(counts):
    """The hidden ones of a sum are several, and are neither all as small nor all as large as they can be."""
    shown = suppress_counts(counts)
    assume(len(shown.counts) < len(CELLS))

    for hidden, left in equations(shown, counts):
        assert not hidden or (len(hidden) > 1 and left > len(hidden))
        assert hidden or left == 0


def test_where_all_is_hidden_what_did_not_happen_is_too():
    shown = suppress_counts({("night", "van", "rule"): 1_000, ("night", "van", "exemption"): 3})

    assert set(shown.counts) == set(CELLS)
    assert set(shown.counts.values()) == {None}
    assert (shown.passages, shown.totals["passages_van"]) == (1_003, None)


def test_large_numbers_are_all_shown_with_those_of_the_return():
    shown = suppress_counts(
        {("night", "van", "rule"): 950, ("night", "van", "not_allowed"): 50, ("morning", "other", "rule"): 7}
    )

    assert shown.counts["night", "van", "not_allowed"] == 50
    assert shown.totals == {"passages_van": 1000, "compliant_van": 950, "passages_truck": 0, "compliant_truck": 0}


def test_a_number_of_the_return_that_would_reveal_a_small_one_is_left_out():
    vans = {("night", "van", "rule"): 950, ("morning", "van", "rule"): 12, ("evening", "van", "automatic"): 11}

    shown = suppress_counts({**vans, ("night", "van", "not_allowed"): 3})

    assert shown.totals["passages_van"] == 976
    assert shown.totals["compliant_van"] is None
    assert [cell for cell, number in shown.counts.items() if number is None]


@pytest.mark.parametrize("few", [1, 4])
def test_a_handful_of_passages_gives_no_total(few):
    assert suppress_counts({("night", "van", "rule"): few}).passages is None
