"""A zone's boundary as a drawing, its size in metres, and what makes it invalid: pure functions over GeoJSON.

Maps this small need no real projection: within a town a degree of latitude has the same length everywhere, and a degree
of longitude shrinks with the cosine of the latitude. The error over ten kilometres is a few metres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, isfinite, radians
from typing import Any

from django.utils.translation import gettext as _

METRES_A_DEGREE = 111_320.0
WEST, SOUTH, EAST, NORTH = 3.0, 50.6, 7.4, 53.8
"""Bounding box of the Netherlands, in degrees."""
LARGEST_KM = 40
MARGIN = 16
"""Margin around a drawing, in its own units."""
MOST_POINTS = 50_000
FINENESS = 400
"""Details smaller than the drawing's width divided by this are invisible."""

Point = tuple[float, float]
Ring = list[Point]


class BadGeometry(ValueError):
    """Not a valid boundary of a zone; the message tells people why."""


@dataclass(frozen=True)
class Drawing:
    """An SVG path in a box of `width` by `height`, with the real-world size of what it shows."""

    path: str
    width: int
    height: int
    width_m: float
    height_m: float
    area_km2: float
    scale_m: int
    """A round length in metres, for the scale bar; `scale` is its width in the drawing."""
    scale: int


def parse_polygons(geometry: Any) -> list[list[Ring]]:
    """The polygons of a geometry, each an outer ring and its holes. Raises BadGeometry for what cannot be a zone."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadGeometry(_("It is no polygon or multipolygon."))
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        raise BadGeometry(_("It has no points."))
    found = [[_parse_ring(ring) for ring in part] for part in parts]
    if sum(len(ring) for ring in _iterate_rings(found)) > MOST_POINTS:
        raise BadGeometry(_("It has more than %(most)s points: simplify it first.") % {"most": MOST_POINTS})
    _refuse_far_apart(found)
    return found


def draw_boundary(geometry: Any, *, width: int = 640, margin: int = MARGIN) -> Drawing:
    """Draw the boundary with north at the top. Raises BadGeometry."""
    parts = parse_polygons(geometry)
    metres = _in_metres(parts)
    points = [point for ring in _iterate_rings(metres) for point in ring]
    left, top = min(x for x, _y in points), max(y for _x, y in points)
    wide, high = max(x for x, _y in points) - left, top - min(y for _x, y in points)
    zoom = (width - 2 * margin) / max(wide, high)
    rings = (simplify_ring(ring, tolerance=max(wide, high) / FINENESS) for ring in _iterate_rings(metres))
    path = "".join(
        _draw_path([(margin + (x - left) * zoom, margin + (top - y) * zoom) for x, y in ring]) for ring in rings
    )
    scale_m = round_length(max(wide, high) / 4)
    area = sum(abs(area_of(part[0])) - sum(abs(area_of(hole)) for hole in part[1:]) for part in metres)
    return Drawing(
        path=path,
        width=round(wide * zoom) + 2 * margin,
        height=round(high * zoom) + 2 * margin,
        width_m=wide,
        height_m=high,
        area_km2=area / 1e6,
        scale_m=scale_m,
        scale=round(scale_m * zoom),
    )


def simplify_ring(ring: Ring, *, tolerance: float) -> Ring:
    """The ring with as few of its points as stay within `tolerance` of all of them (Douglas-Peucker)."""
    if len(ring) < 5:
        return ring
    far = max(range(len(ring)), key=lambda at: hypot(ring[at][0] - ring[0][0], ring[at][1] - ring[0][1]))
    kept = [*_thin_line(ring[: far + 1], tolerance)[:-1], *_thin_line(ring[far:], tolerance)]
    return kept if len(kept) > 3 else ring


def area_of(ring: Ring) -> float:
    """The area of a ring, negative if it runs clockwise."""
    pairs = zip(ring, ring[1:], strict=False)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) / 2


def measure_to_stretch(point: Point, start: Point, end: Point) -> float:
    """The distance from a point to a line segment."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    part = ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / length
    part = min(1.0, max(0.0, part))
    return hypot(point[0] - start[0] - part * along_x, point[1] - start[1] - part * along_y)


def round_length(metres: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 … that is not above `metres`; at least 1."""
    power = 1
    while power * 10 <= metres:
        power *= 10
    return max((step * power for step in (1, 2, 5) if step * power <= metres), default=1)


def _parse_ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise BadGeometry(_("A ring has four points at least, the last as the first."))
    points = [_parse_point(point) for point in ring]
    if points[0] != points[-1]:
        raise BadGeometry(_("A ring is not closed: its last point is not its first."))
    if area_of(points) == 0:
        raise BadGeometry(_("A ring encloses nothing."))
    return points


def _parse_point(point: Any) -> Point:
    match point:
        case [x, y, *_height] if _is_number(x) and _is_number(y):
            return _in_the_netherlands(float(x), float(y))
    raise BadGeometry(_("A point is not a pair of numbers."))


def _is_number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e9 and isfinite(one)


def _in_the_netherlands(x: float, y: float) -> Point:
    if WEST <= x <= EAST and SOUTH <= y <= NORTH:
        return x, y
    if WEST <= y <= EAST and SOUTH <= x <= NORTH:
        raise BadGeometry(_("Longitude and latitude are swapped: longitude comes first."))
    if abs(x) > 180 or abs(y) > 90:
        raise BadGeometry(_("These are no degrees: convert the file to WGS84 (EPSG:4326) first."))
    raise BadGeometry(_("A point lies outside the Netherlands: %(x)s, %(y)s.") % {"x": x, "y": y})


def _refuse_far_apart(parts: Sequence[Sequence[Ring]]) -> None:
    metres = [point for ring in _iterate_rings(_in_metres(parts)) for point in ring]
    for axis in (0, 1):
        places = [point[axis] for point in metres]
        if max(places) - min(places) > LARGEST_KM * 1000:
            raise BadGeometry(_("It is more than %(most)s kilometres long: no zone is.") % {"most": LARGEST_KM})


def _iterate_rings(parts: Sequence[Sequence[Ring]]) -> Iterator[Ring]:
    return (ring for part in parts for ring in part)


def _in_metres(parts: Sequence[Sequence[Ring]]) -> list[list[Ring]]:
    """Convert to metres east and north of the first point."""
    west, south = parts[0][0][0]
    shrink = cos(radians(south))
    return [
        [[((x - west) * METRES_A_DEGREE * shrink, (y - south) * METRES_A_DEGREE) for x, y in ring] for ring in part]
        for part in parts
    ]


def _thin_line(line: Ring, tolerance: float) -> Ring:
    """Iterative, because a hostile line could exhaust the stack."""
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = max(
            range(first + 1, last), key=lambda at: measure_to_stretch(line[at], line[first], line[last]), default=None
        )
        if far is not None and measure_to_stretch(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [line[at] for at in sorted(keep)]


def _draw_path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z"
