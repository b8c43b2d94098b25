"""Where a point or a straight line lies relative to a zone: pure functions over the rings of `zones.geometry`.

They take longitude and latitude, and return metres. The ground is assumed flat, with the width of a degree at the point
in question: accurate to a few metres within a town, and to a few kilometres across the country.
"""

from collections.abc import Iterator, Sequence
from math import cos, inf, radians

from zones.geometry import METRES_A_DEGREE, Point, Ring, measure_to_stretch

Parts = Sequence[Sequence[Ring]]
"""The polygons of a zone, each an outer ring followed by its holes."""
ON_BORDER = 0.01
"""In metres: anything closer counts as on the border, to absorb rounding errors."""


def is_inside(point: Point, parts: Parts) -> bool:
    """Whether a point lies in the zone and in none of its holes; the border counts as inside."""
    return any(_count_crossings(point, part) % 2 for part in parts) or measure_to_border(point, parts) < ON_BORDER


def measure_to_border(point: Point, parts: Parts) -> float:
    """The distance to the nearest stretch of border, from inside or outside."""
    here = (0.0, 0.0)
    borders = ((_flatten_point(one, point), _flatten_point(other, point)) for one, other in _iterate_edges(parts))
    return min((measure_to_stretch(here, one, other) for one, other in borders), default=inf)


def measure_to_zone(point: Point, parts: Parts) -> float:
    """The distance to the zone; 0 inside it."""
    return 0.0 if is_inside(point, parts) else measure_to_border(point, parts)


def measure_to_line(line: tuple[Point, Point], parts: Parts) -> float:
    """The shortest distance between a straight line and the border; 0 where they cross."""
    origin = line[0]
    start, end = (0.0, 0.0), _flatten_point(line[1], origin)
    borders = ((_flatten_point(one, origin), _flatten_point(other, origin)) for one, other in _iterate_edges(parts))
    return min((_measure_between(start, end, one, other) for one, other in borders), default=inf)


def passes_through(line: tuple[Point, Point], parts: Parts, *, within: float) -> bool:
    """Whether a straight line comes within that many metres of the zone, or begins or ends in it."""
    return is_inside(line[0], parts) or is_inside(line[1], parts) or measure_to_line(line, parts) <= within


def find_centre(parts: Parts) -> Point:
    """The middle of the zone's bounding box."""
    points = [point for part in parts for ring in part for point in ring]
    longitudes, latitudes = [x for x, _y in points], [y for _x, y in points]
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def _flatten_point(point: Point, origin: Point) -> Point:
    """Metres east and north of `origin`."""
    shrink = cos(radians(origin[1]))
    return (point[0] - origin[0]) * METRES_A_DEGREE * shrink, (point[1] - origin[1]) * METRES_A_DEGREE


def _iterate_edges(parts: Parts) -> Iterator[tuple[Point, Point]]:
    for part in parts:
        for ring in part:
            yield from zip(ring, ring[1:], strict=False)


def _count_crossings(point: Point, part: Sequence[Ring]) -> int:
    """How often a ray to the east crosses the outer ring or a hole."""
    x, y = point
    return sum(
        (one[1] > y) != (other[1] > y) and x < one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1])
        for one, other in _iterate_edges([part])
    )


def _measure_between(start: Point, end: Point, one: Point, other: Point) -> float:
    """The shortest distance between two line segments."""
    if _cross_each_other(start, end, one, other):
        return 0.0
    return min(
        measure_to_stretch(start, one, other),
        measure_to_stretch(end, one, other),
        measure_to_stretch(one, start, end),
        measure_to_stretch(other, start, end),
    )


def _cross_each_other(start: Point, end: Point, one: Point, other: Point) -> bool:
    """Whether the ends of each segment lie on opposite sides of the other."""
    return (
        _find_side(start, end, one) * _find_side(start, end, other) < 0
        and _find_side(one, other, start) * _find_side(one, other, end) < 0
    )


def _find_side(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
