"""The client, with the network played by httpx's own mock."""

import logging
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
import time_machine
from django.core.cache import cache

from zones.access import decide
from zones.demo_register import load_vehicles
from zones.register import DATASETS, FRESH, UNKNOWN_KEPT, VEHICLE_REGISTER, Lookup, NotFound, RegisterDown, look_up

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
PLATE = "VBB12D"
ROWS = {
    DATASETS["main"]: [{"kenteken": PLATE, "voertuigsoort": "Bedrijfsauto", "europese_voertuigcategorie": "N1"}],
    DATASETS["fuel"]: [{"kenteken": PLATE, "brandstof_omschrijving": "Diesel", "emissiecode_omschrijving": "5"}],
    DATASETS["remarks"]: [{"kenteken": PLATE, "bijzonderheid_code": "146"}],
}


class Network:
    """A register that answers from ROWS, after the answers that a test puts before them."""

    def __init__(self):
        self.requests = []
        self.first = {}
        self.is_away = False

    def __call__(self, request):
        self.requests.append(request)
        dataset = request.url.path.removeprefix("/resource/").removesuffix(".json")
        if self.is_away:
            raise httpx.ConnectError("nobody there", request=request)
        if self.first.get(dataset):
            return self.first[dataset].pop(0)(request)
        known = request.url.params["kenteken"] == PLATE
        return httpx.Response(200, json=ROWS.get(dataset, []) if known else [])


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def network():
    return Network()


@pytest.fixture
def register(network):
    return VEHICLE_REGISTER.at("https://register.test/resource/", httpx.MockTransport(network))


def times_out(request):
    raise httpx.ReadTimeout("too slow", request=request)


def answers(status, **content):
    return lambda request: httpx.Response(status, **content)


# --- An answer ---------------------------------------------------------------------------------------


def test_six_datasets_are_joined_on_the_plate(register, network):
    found = look_up("vbb-12-d", service=register)

    assert isinstance(found, Lookup)
    assert (found.facts.category, found.facts.emission_class, found.facts.remark_codes) == ("van", "5", {"146"})
    assert {str(request.url) for request in network.requests} == {
        f"https://register.test/resource/{dataset}.json?kenteken={PLATE}" for dataset in DATASETS.values()
    }


def test_the_rows_are_kept_as_published(register):
    rows = look_up(PLATE, service=register).rows

    assert rows["fuel"] == ROWS[DATASETS["fuel"]]
    assert rows["axles"] == []


def test_a_plate_that_the_register_does_not_know(register):
    assert isinstance(look_up("XX-99-99", service=register), NotFound)


def test_without_a_plate_nobody_is_asked(register, network):
    assert isinstance(look_up(" - ", service=register), NotFound)
    assert network.requests == []


# --- Trouble -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [times_out, answers(500), answers(503), answers(429)])
def test_a_passing_trouble_is_tried_once_more(register, network, trouble):
    network.first = {DATASETS["fuel"]: [trouble]}

    assert look_up(PLATE, service=register).facts.emission_class == "5"
    assert len(network.requests) == len(DATASETS) + 1


@pytest.mark.parametrize(
    "trouble",
    [
        times_out,
        answers(500),
        answers(400, json={"code": "query.soql.no-such-column"}),
        answers(302, headers={"Location": "https://elsewhere.test/"}),
        answers(200, text="<html>Onderhoud</html>"),
        answers(200, content=b"\xff\xfe"),
        answers(200, json={"error": True}),
        answers(200, json=["text"]),
    ],
)
def test_a_lasting_trouble_is_told_as_it_is(register, network, trouble):
    network.first = {DATASETS["main"]: [trouble, trouble]}

    assert isinstance(look_up(PLATE, service=register), RegisterDown)


@pytest.mark.parametrize("dataset", DATASETS.values())
def test_without_one_dataset_there_is_no_answer(register, network, dataset):
    network.first = {dataset: [answers(404)]}

    assert isinstance(look_up(PLATE, service=register), RegisterDown)


def test_a_mistake_of_ours_is_not_repeated(register, network):
    network.first = {DATASETS["main"]: [answers(400)]}

    look_up(PLATE, service=register)

    assert sum(DATASETS["main"] in request.url.path for request in network.requests) == 1


# --- The cache ---------------------------------------------------------------------------------------


def test_a_recent_answer_is_kept_with_its_own_time(register, network):
    with time_machine.travel(NOON, tick=False):
        look_up(PLATE, service=register)
    asked = len(network.requests)

    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        kept = look_up(PLATE, service=register)
        assert (kept.as_of, kept.age, kept.stale) == (NOON, timedelta(hours=3), False)

    assert len(network.requests) == asked


def test_an_old_answer_is_asked_again(register, network):
    with time_machine.travel(NOON, tick=False):
        look_up(PLATE, service=register)

    with time_machine.travel(NOON + FRESH, tick=False):
        assert look_up(PLATE, service=register).as_of == NOON + FRESH

    assert len(network.requests) == 2 * len(DATASETS)


def test_an_old_answer_serves_while_the_register_is_down_and_says_so(register, network):
    with time_machine.travel(NOON, tick=False):
        look_up(PLATE, service=register)
    network.is_away = True

    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        kept = look_up(PLATE, service=register)

    assert (kept.stale, kept.as_of, kept.facts.emission_class) == (True, NOON, "5")


def test_a_guessed_plate_costs_one_call_and_then_none_for_a_while(register, network):
    for _time in range(20):
        assert isinstance(look_up("XX-99-99", service=register), NotFound)

    assert len(network.requests) == 1
    assert timedelta(minutes=30) < UNKNOWN_KEPT < FRESH


def test_the_installations_own_token_goes_along(register, network, settings):
    settings.REGISTER_TOKEN = "ours"

    look_up(PLATE, service=register)

    assert {request.headers["X-App-Token"] for request in network.requests} == {"ours"}


def test_a_vehicle_that_has_left_the_register_is_not_found_any_more(register, network):
    with time_machine.travel(NOON, tick=False):
        look_up(PLATE, service=register)
    network.first = {DATASETS["main"]: [answers(200, json=[])]}

    with time_machine.travel(NOON + FRESH, tick=False):
        assert isinstance(look_up(PLATE, service=register), NotFound)


def test_registers_at_two_addresses_do_not_mix_their_answers(register):
    look_up(PLATE, service=register)
    other = VEHICLE_REGISTER.at("https://other.test", httpx.MockTransport(answers(200, json=[])))

    assert isinstance(look_up(PLATE, service=other), NotFound)


# --- Privacy -----------------------------------------------------------------------------------------


def test_no_plate_is_written_to_a_log(register, network, caplog):
    caplog.set_level(logging.DEBUG)
    network.first = {DATASETS["main"]: [times_out, answers(400)]}

    look_up(PLATE, service=register)
    look_up(PLATE, service=register)

    assert "gave no usable answer: HTTP 400" in caplog.text
    assert PLATE not in caplog.text


def test_a_lookup_does_not_show_its_rows_when_printed(register):
    assert PLATE not in repr(look_up(PLATE, service=register))


# --- The demo ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("plate", "shows"), [(plate, vehicle["shows"]) for plate, vehicle in load_vehicles().items()])
def test_each_demo_vehicle_shows_what_it_says(plate, shows, settings):
    settings.REGISTER_URL = "demo:"

    found = look_up(plate)

    if "down" in shows:
        assert isinstance(found, RegisterDown)
    elif "no longer in the register" in shows:
        assert isinstance(found, NotFound)
    else:
        assert shows.startswith(decide(found.facts, on=date(2026, 6, 1)).rule)


def test_the_demo_has_a_vehicle_for_every_rule():
    shown = " ".join(vehicle["shows"] for vehicle in load_vehicles().values())

    rules = ["V0", "V1", "V2", "V3b", "V4", *(f"T{n}" for n in range(7)), "X40", "XSH", "XSP", "OUT", "UNKNOWN", "down"]
    assert [rule for rule in rules if rule not in shown] == []


def test_every_demo_vehicle_stands_in_the_documentation(settings):
    page = (settings.BASE_DIR / "docs/register.md").read_text(encoding="utf-8")

    assert [vehicle["shows"] for vehicle in load_vehicles().values() if vehicle["shows"] not in page] == []


def test_the_demo_does_not_know_other_plates(settings):
    settings.REGISTER_URL = "demo:"

    assert isinstance(look_up("XX-99-99"), NotFound)
