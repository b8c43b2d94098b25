"""Is my address in a zone, which zones are on my way, and what the map is drawn from."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from helpdesk.information.map_views import BETWEEN
from helpdesk.information.zone_places import find_zones_between, look_around
from tests.limits import find_most
from zones.addresses import Place
from zones.models import Zone

pytestmark = pytest.mark.django_db

DOM, HOUSE = (5.1217, 52.0908), (5.1795, 52.0857)
"""The Dom in Utrecht, and a building outside the square below."""
DAM = (4.8936, 52.3731)


def square(x, y, *, half=0.02):
    ring = [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def bound(name, geometry, **values):
    """Give a zone of today a boundary."""
    zone = Zone.objects.in_force(on=timezone.localdate()).get(name=name)
    Zone.objects.filter(pk=zone.pk).update(boundary=geometry, **values)
    return zone


def place(point, *, name="Ergens 1", kind="adres", municipality="GM0344"):
    return Place(name, kind, point, municipality)


def ask(client, name, **typed):
    """Send the form, and read the page that it leads to."""
    answer = client.post(reverse(name), typed, follow=True)
    return answer.content.decode()


@pytest.fixture(autouse=True)
def utrecht():
    return bound("Utrecht", square(*DOM))


# --- A place --------------------------------------------------------------------------------------------------


def test_an_address_in_a_zone():
    answer = look_around(place(DOM), today=timezone.localdate())

    assert [one.zone.name for one in answer.inside] == ["Utrecht"]
    assert not answer.inside[0].is_doubtful
    assert answer.without_boundary == []


def test_an_address_outside_names_the_nearest_zone():
    answer = look_around(place(HOUSE), today=timezone.localdate())

    assert answer.inside == []
    assert (answer.nearest.zone.name, answer.nearest.distance) == ("Utrecht", "2,6 km")


def test_near_the_border_is_doubtful():
    answer = look_around(place((DOM[0], DOM[1] + 0.0195)), today=timezone.localdate())

    assert answer.inside[0].is_doubtful
    assert answer.inside[0].metres == 60


def test_the_middle_of_a_town_is_doubtful():
    answer = look_around(place(DOM, kind="woonplaats"), today=timezone.localdate())

    assert answer.inside[0].is_doubtful


def test_a_zone_without_a_boundary_is_not_denied():
    answer = look_around(place(DAM, municipality="GM0363"), today=timezone.localdate())

    assert "Amsterdam" in [zone.name for zone in answer.without_boundary]


def test_a_later_version_of_a_boundary_is_told(utrecht):
    day = timezone.localdate() + timedelta(days=30)
    Zone.objects.filter(pk=utrecht.pk).update(valid_until=day)
    Zone.objects.create(
        municipality=utrecht.municipality,
        name="Utrecht",
        starts_on=utrecht.starts_on,
        valid_from=day,
        boundary=square(*HOUSE),
    )

    today, outside = timezone.localdate(), place(HOUSE)
    assert look_around(outside, today=today).inside == []
    assert [one.zone.valid_from for one in look_around(outside, today=today).later] == [day]
    assert [one.zone.valid_from for one in look_around(place(DOM), today=today).left_later] == [day]
    assert [one.zone.valid_from for one in look_around(outside, today=day).inside] == [day]


def test_a_boundary_that_cannot_be_read_is_no_boundary():
    bound("Amsterdam", {"type": "Polygon", "coordinates": []})

    assert [one.zone.name for one in look_around(place(DOM), today=timezone.localdate()).near] == ["Utrecht"]


def test_as_many_zones_take_as_many_queries(django_assert_num_queries):
    for zone in Zone.objects.in_force(on=timezone.localdate()):
        bound(zone.name, square(*DAM))

    with django_assert_num_queries(2):
        answer = look_around(place(DOM), today=timezone.localdate())
        assert len([one.zone.slug for one in answer.near]) > 15


# --- A journey ------------------------------------------------------------------------------------------------


def test_zones_at_start_at_destination_and_between_in_their_order():
    bound("Amsterdam", square(*DAM))
    bound("Gouda", square(5.0, 52.25))
    bound("Groningen", square(6.56, 53.21))

    stops = find_zones_between(place(DAM), place(DOM), today=timezone.localdate())

    assert [one.zone.name for one in stops] == ["Amsterdam", "Gouda", "Utrecht"]
    assert [one.is_certain for one in stops] == [True, False, True]


def test_a_journey_within_one_zone():
    [stop] = find_zones_between(place(DOM), place(DOM), today=timezone.localdate())

    assert (stop.at_start, stop.at_end) == (True, True)


# --- The pages ------------------------------------------------------------------------------------------------


def test_the_page_says_yes_and_the_address_stands_in_no_address(client):
    answer = client.post(reverse("zone_address"), {"q": "Domplein 29"}, follow=True)

    assert "Ja, dit adres ligt in de zero-emissiezone Utrecht." in answer.content.decode()
    assert "Domplein" not in answer.request["QUERY_STRING"]
    assert answer.content.decode().count("Domplein 29, 3512 JE Utrecht") == 1


def test_the_page_says_no_with_the_nearest_zone(client):
    page = ask(client, "zone_address", q="Heidelberglaan 100")

    assert "Nee, dit adres ligt niet in een zero-emissiezone die wij kennen." in page
    assert "ongeveer 2,6 km" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("storing", "zoeken van adressen werkt nu niet"),
        ("Nergenshuizen 1", "Wij vinden dit adres niet"),
        ("Dam 1 Amsterdam", "Dat kunnen wij niet zeggen"),
        ("Domplein", "Bedoelt u een andere plaats?"),
        ("", "Vul een adres in"),
        ("\0<script>alert(1)</script>", "Vul een adres in"),
    ],
)
def test_the_page_is_honest(client, typed, said):
    page = ask(client, "zone_address", q=typed)

    assert said in page or (typed.startswith("\0") and "<script>alert" not in page)


def test_a_second_tab_keeps_its_own_address(client):
    first = client.post(reverse("zone_address"), {"q": "Domplein 29"})["Location"]
    second = client.post(reverse("zone_address"), {"q": "Heidelberglaan 100"})["Location"]

    assert "Ja, dit" in client.get(first).content.decode()
    assert "Nee, dit" in client.get(second).content.decode()


def test_who_asks_too_often_waits(client):
    cache.clear()
    address = client.post(reverse("zone_address"), {"q": "Domplein 29"})["Location"]
    codes = [client.get(address).status_code for _ in range(find_most("address_searches_a_minute") + 1)]

    assert codes == [200] * find_most("address_searches_a_minute") + [429]


def test_a_journey_with_a_vehicle_tells_for_each_zone_whether_it_may_enter(client):
    page = ask(client, "zone_route", start="Almere", end="Domplein 29", plate="VAN02E")

    assert "Uw bestemming ligt in deze zone." in page
    assert "VAN-02-E" in page
    assert reverse("access_answer") in page


def test_the_vehicle_of_a_journey_stays_in_the_form_until_it_is_taken_out(client):
    page = ask(client, "zone_route", start="Almere", end="Domplein 29", plate="VAN02E")
    assert 'value="VAN-02-E"' in page

    page = ask(client, "zone_route", start="Almere", end="Domplein 29", plate="")
    assert "VAN-02-E" not in page


def test_a_journey_without_a_vehicle_leads_to_the_check(client):
    page = ask(client, "zone_route", start="Almere", end="Domplein 29")

    assert reverse("access_check") in page.split('id="answer"')[1]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("Nergenshuizen", "Domplein 29", "Nergenshuizen"),
        ("storing", "Domplein 29", "zoeken van adressen werkt nu niet"),
        ("Apeldoorn", "Apeldoorn", "Wij vinden geen zone"),
        (f"Almere{BETWEEN}Utrecht", f"{BETWEEN}{BETWEEN}", "Vul in waar u naartoe gaat"),
    ],
)
def test_a_journey_that_cannot_be_told(client, start, end, said):
    assert said in ask(client, "zone_route", start=start, end=end)


def test_a_zone_without_a_boundary_at_the_destination_is_named(client):
    page = ask(client, "zone_route", start="Almere", end="Dam 1 Amsterdam")

    assert "vertrekpunt of bestemming ligt de zone Amsterdam" in page
    assert "Wij vinden geen zone" not in page


def test_a_plate_that_is_none_is_refused(client):
    answer = client.post(reverse("zone_route"), {"start": "Almere", "end": "Utrecht", "plate": "???"})

    assert answer.status_code == 200
    assert "utrecht-form-field--invalid" in answer.content.decode()


# --- The map --------------------------------------------------------------------------------------------------


def test_the_shapes_are_those_of_today(client):
    shapes = client.get(reverse("zone_shapes")).json()

    assert [one["geometry"]["type"] for one in shapes["features"]] == ["MultiPolygon", "Point"]
    assert shapes["features"][0]["properties"] == {
        "name": "Utrecht",
        "slug": "utrecht",
        "url": reverse("zone", args=["utrecht"]),
    }


def test_the_map_is_an_addition_to_the_list(client):
    page = client.get(reverse("zones")).content.decode()

    assert "data-zone-map" in page
    assert page.index("data-zone-map") < page.index(reverse("zone", args=["utrecht"]))
    assert "maplibre-gl.mjs" not in "".join(part.split(">")[0] for part in page.split("<script")[1:])


def test_zones_that_are_not_on_the_map_are_named_below_it(client):
    page = client.get(reverse("zones")).content.decode()

    missing = page.split("omdat wij de grens niet hebben: ")[1].split(".")[0]
    assert "Amsterdam" in missing
    assert "Utrecht" not in missing


def test_without_a_file_there_are_no_tiles(client, settings):
    settings.ZONE_MAP_TILES = ""

    assert client.get(reverse("zone_tiles")).status_code == 404
    assert 'data-tiles=""' in client.get(reverse("zones")).content.decode()


@pytest.fixture
def tiles(tmp_path, settings):
    path = tmp_path / "map.pmtiles"
    path.write_bytes(bytes(range(200)))
    settings.ZONE_MAP_TILES, settings.ZONE_MAP_ATTRIBUTION = str(path), "© OpenStreetMap-bijdragers"
    return path


@pytest.mark.parametrize(
    ("asked", "status", "first", "length"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=100-", 206, 100, 100),
        ("bytes=190-500", 206, 190, 10),
        ("bytes=500-600", 416, None, 0),
        ("nonsense", 200, 0, 200),
    ],
)
def test_tiles_are_read_in_ranges(client, tiles, asked, status, first, length):
    answer = client.get(reverse("zone_tiles"), headers={"range": asked})
    content = b"".join(answer.streaming_content)

    assert (answer.status_code, len(content)) == (status, length)
    assert first is None or content[0] == first


@pytest.mark.usefixtures("tiles")
def test_the_licence_stands_at_the_map(client):
    assert "© OpenStreetMap-bijdragers" in client.get(reverse("zones")).content.decode()


@pytest.mark.usefixtures("tiles")
def test_only_reading_is_allowed(client):
    assert client.post(reverse("zone_tiles")).status_code == 405
