"""Where a point or a line lies with regard to a zone."""

from math import cos, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.geometry import METRES_A_DEGREE
from zones.position import (
    find_centre,
    is_inside,
    measure_to_border,
    measure_to_line,
    measure_to_zone,
    passes_through,
)

RING = [(5.10, 52.08), (5.13, 52.08), (5.13, 52.10), (5.10, 52.10), (5.10, 52.08)]
HOLE = [(5.11, 52.085), (5.12, 52.085), (5.12, 52.09), (5.11, 52.09), (5.11, 52.085)]
SQUARE, WITH_HOLE = [[RING]], [[RING, HOLE]]
ISLANDS = [[RING], [[(x + 0.1, y) for x, y in RING]]]
CENTRE = (5.115, 52.09)

parts_of_one = st.floats(0.01, 0.99)
turns = st.floats(0, 2 * pi)


def star(radii, *, at=CENTRE):
    """A ring around a point, with so many corners at these distances in degrees."""
    step = 2 * pi / len(radii)
    ring = [(at[0] + far * cos(number * step), at[1] + far * sin(number * step)) for number, far in enumerate(radii)]
    return [*ring, ring[0]]


@pytest.mark.parametrize(
    ("point", "parts", "inside"),
    [
        ((5.105, 52.082), SQUARE, True),
        ((5.10, 52.09), SQUARE, True),  # on the border
        ((5.10, 52.08), SQUARE, True),  # on a corner
        ((5.09, 52.09), SQUARE, False),
        ((5.115, 52.11), SQUARE, False),
        ((5.115, 52.087), WITH_HOLE, False),
        ((5.105, 52.087), WITH_HOLE, True),
        ((5.215, 52.09), ISLANDS, True),
        ((5.165, 52.09), ISLANDS, False),
    ],
)
def test_inside_or_not(point, parts, inside):
    assert is_inside(point, parts) is inside


@given(st.lists(st.floats(0.005, 0.05), min_size=3, max_size=40), parts_of_one)
def test_what_lies_between_the_centre_and_a_corner_of_a_star_is_inside(radii, part):
    ring = star(radii)

    for x, y in ring[:-1]:
        assert is_inside((CENTRE[0] + part * (x - CENTRE[0]), CENTRE[1] + part * (y - CENTRE[1])), [[ring]])


@given(st.lists(st.floats(0.005, 0.05), min_size=3, max_size=40), turns)
def test_what_is_farther_than_every_corner_is_outside(radii, turn):
    far = max(radii) * 1.01

    assert not is_inside((CENTRE[0] + far * cos(turn), CENTRE[1] + far * sin(turn)), [[star(radii)]])


@given(st.lists(st.floats(0.005, 0.05), min_size=3, max_size=40), turns, parts_of_one)
def test_the_direction_and_first_point_of_a_ring_do_not_matter(radii, turn, part):
    ring = star(radii)
    point = (CENTRE[0] + 0.05 * part * cos(turn), CENTRE[1] + 0.05 * part * sin(turn))
    again = [*ring[2:-1], *ring[:3]]

    assert is_inside(point, [[ring]]) == is_inside(point, [[ring[::-1]]]) == is_inside(point, [[again]])


def test_the_distance_to_a_border_is_in_metres():
    south = 0.001 * METRES_A_DEGREE
    west = 0.01 * METRES_A_DEGREE * cos(radians(52.09))

    assert measure_to_border((5.115, 52.079), SQUARE) == pytest.approx(south)
    assert measure_to_border((5.09, 52.09), SQUARE) == pytest.approx(west)
    assert measure_to_border((5.115, 52.081), SQUARE) == pytest.approx(south)
    assert measure_to_zone((5.115, 52.081), SQUARE) == 0


@given(st.floats(4, 7), st.floats(51, 53), st.floats(4, 7), st.floats(51, 53))
def test_a_line_is_no_farther_than_its_ends(x, y, other_x, other_y):
    start, end = (x, y), (other_x, other_y)
    ends = measure_to_line((start, start), SQUARE), measure_to_line((start, end), SQUARE)

    assert ends[1] <= ends[0]


def test_a_line_passes_through_a_zone():
    for line in [((4.9, 52.09), (5.3, 52.09)), (CENTRE, (6.0, 53.0)), ((6.0, 53.0), CENTRE), (CENTRE, CENTRE)]:
        assert passes_through(line, SQUARE, within=0), line


def test_a_line_passes_by_a_zone():
    by = ((4.9, 52.12), (5.3, 52.12))

    assert not passes_through(by, SQUARE, within=2000)
    assert passes_through(by, SQUARE, within=2500)
    assert measure_to_line(by, SQUARE) == pytest.approx(0.02 * METRES_A_DEGREE)


def test_the_middle_of_a_zone():
    assert find_centre(SQUARE) == pytest.approx(CENTRE)
    assert find_centre(ISLANDS) == pytest.approx((5.165, 52.09))
