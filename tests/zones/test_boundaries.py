"""Boundaries of zones: what is accepted, what is refused with which sentence, and how they are drawn."""

import json
from datetime import date
from math import cos, pi, radians, sin

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from zones import geometry, reference
from zones.geometry import BadGeometry, draw_boundary, parse_polygons, simplify_ring
from zones.models import Zone

TODAY = date(2026, 6, 1)
RING = [[5.10, 52.08], [5.13, 52.08], [5.13, 52.10], [5.10, 52.10], [5.10, 52.08]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}
TINY = [[5.11, 52.085], [5.12, 52.085], [5.12, 52.09], [5.11, 52.09], [5.11, 52.085]]


def feature(geometry=SQUARE, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.fixture
def load(db, tmp_path, capsys):
    """Load what is given; the words that come out."""
    reference.load()

    def run(content, **options):
        path = tmp_path / "zones.geojson"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        call_command("load_zone_boundaries", str(path), source="Gemeente", **options)
        return capsys.readouterr().out

    return run


# --- Loading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "properties",
    [
        {"cbs_code": "GM0344"},
        {"name": "Utrecht"},
        {"naam": "utrecht"},
        {"STATCODE": "gm0344", "name": "Zone binnenstad"},
        {"cbs_code": "GM0344", "name": "Utrecht"},
    ],
)
def test_a_zone_is_known_by_code_or_name(load, properties):
    said = load(collection(feature(**properties)))

    zone = Zone.objects.get(name="Utrecht")
    assert (zone.boundary, zone.boundary_source, zone.boundary_is_invented) == (SQUARE, "Gemeente", False)
    assert "Utrecht" in said


def test_a_newer_file_takes_the_place_of_an_older_one(load):
    load(collection(feature(cbs_code="GM0344")))
    several = {"type": "MultiPolygon", "coordinates": [[RING, TINY]]}

    load(collection(feature(several, cbs_code="GM0344")), invented=True)

    zone = Zone.objects.get(name="Utrecht")
    assert (zone.boundary["type"], zone.boundary_is_invented) == ("MultiPolygon", True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "geen JSON"),
        ("[" * 100_000, "geen JSON"),
        ("[]", "geen GeoJSON FeatureCollection"),
        (SQUARE, "geen GeoJSON FeatureCollection"),
        (collection(), "geen features"),
        ({"type": "FeatureCollection", "features": [1]}, "geen features"),
        (collection(feature(cbs_code="GM0344"), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}), "WGS84"),
        (collection(feature()), "geen cbs_code en geen name"),
        (collection(feature(cbs_code="GM9999")), "GM9999"),
        (collection(feature(name="Lutjebroek")), "lutjebroek"),
        (collection(feature(cbs_code="GM0344"), feature(name="Utrecht")), "twee keer"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(load, content, said):
    with pytest.raises(CommandError) as refused:
        load(content)

    assert said in str(refused.value)
    assert not Zone.objects.filter(boundary__isnull=False).exists()


def test_wgs84_may_be_named(load):
    load(collection(feature(cbs_code="GM0344"), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}))

    assert Zone.objects.filter(boundary__isnull=False).count() == 1


def test_one_wrong_feature_keeps_all_out_and_every_reason_is_told(load):
    wrong = {"type": "Point", "coordinates": [5.1, 52.1]}
    with pytest.raises(CommandError) as refused:
        load(collection(feature(name="Utrecht"), feature(wrong, name="Zwolle"), feature(name="Nergens")))

    assert "2" in str(refused.value)
    assert "nergens" in str(refused.value)
    assert not Zone.objects.filter(boundary__isnull=False).exists()


def test_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="gelezen"):
        call_command("load_zone_boundaries", str(tmp_path / "none"), source="x")


def test_the_lists_of_zones_leave_the_boundary_where_it_is(load, django_assert_num_queries):
    load(collection(feature(cbs_code="GM0344")))

    with django_assert_num_queries(1) as asked:
        list(Zone.objects.in_force(on=TODAY))
    assert '"boundary"' not in asked[0]["sql"]


# --- What is a boundary -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {"type": "Point", "coordinates": [5.1, 52.1]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [RING[:-1]]},
        {"type": "Polygon", "coordinates": [[RING[0]] * 5]},
        {"type": "Polygon", "coordinates": [[["5.1", 52.1], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[True, 52.1], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 52.1], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 52.1], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[5.1], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[-3.7, 40.4], *RING[1:]]]},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "Polygon", "coordinates": [[[4.0, 51.0], [7.0, 51.0], [7.0, 53.0], [4.0, 51.0]]]},
        {"type": "Polygon", "coordinates": [RING * 10_001]},
    ],
)
def test_what_cannot_be_a_zone_is_refused(wrong):
    with pytest.raises(BadGeometry):
        parse_polygons(wrong)


@pytest.mark.parametrize(
    ("point", "said"), [([52.1, 5.1], "swapped|verwisseld"), ([136_000.0, 455_000.0], "degrees|graden")]
)
def test_the_usual_mistakes_have_their_own_sentence(point, said):
    with pytest.raises(BadGeometry, match=said):
        parse_polygons({"type": "Polygon", "coordinates": [[point, *RING[1:-1], point]]})


# --- The drawing --------------------------------------------------------------------------------------------


def test_a_square_is_drawn_to_scale_with_the_north_above():
    drawing = draw_boundary(SQUARE, width=200, margin=0)

    assert drawing.width_m == pytest.approx(0.03 * 111_320 * cos(radians(52.08)), rel=0.01)
    assert drawing.height_m == pytest.approx(0.02 * 111_320, rel=0.01)
    assert drawing.area_km2 == pytest.approx(drawing.width_m * drawing.height_m / 1e6, rel=0.01)
    assert max(drawing.width, drawing.height) == 200


def test_a_hole_is_no_part_of_the_zone():
    whole, with_hole = draw_boundary(SQUARE), draw_boundary({"type": "Polygon", "coordinates": [RING, TINY]})

    assert with_hole.area_km2 < whole.area_km2
    assert with_hole.path.count("M") == 2


def test_thousands_of_points_become_a_short_path():
    circle = [[5.1 + 0.02 * cos(2 * pi * i / 5000), 52.1 + 0.012 * sin(2 * pi * i / 5000)] for i in range(5000)]
    drawing = draw_boundary({"type": "Polygon", "coordinates": [[*circle, circle[0]]]})

    assert 20 < drawing.path.count("L") < 200
    assert drawing.area_km2 == pytest.approx(
        draw_boundary({"type": "Polygon", "coordinates": [[*circle[::50], circle[0]]]}).area_km2, rel=0.02
    )


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=4, max_size=40, unique=True))
def test_what_is_left_out_lies_within_the_tolerance(points):
    ring = [*points, points[0]]
    kept = simplify_ring(ring, tolerance=20)

    assert set(kept) <= set(ring)
    assert kept[0] == kept[-1]
    for point in ring:
        near = min(geometry.measure_to_stretch(point, start, end) for start, end in zip(kept, kept[1:], strict=False))
        assert near <= 20 or len(kept) == len(ring)


@pytest.mark.parametrize(("metres", "length"), [(0.2, 1), (7, 5), (99, 50), (480, 200), (1500, 1000), (5000, 5000)])
def test_the_scale_is_a_round_length(metres, length):
    assert geometry.round_length(metres) == length
