"""The address search, with the network played by httpx's own mock."""

import logging

import httpx
import pytest
from django.core.cache import cache

from connections.remote_service import ServiceDownError
from zones.addresses import ADDRESS_SEARCH, MOST, find_places

TYPED = "Domplein 29 Utrecht"
DOM = {
    "weergavenaam": "Domplein 29, 3512JE Utrecht",
    "type": "adres",
    "centroide_ll": "POINT(5.1217 52.0908)",
    "gemeentecode": "0344",
}


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


class Network:
    """A search that gives one answer, and counts."""

    def __init__(self, *documents):
        self.requests = []
        self.answer = httpx.Response(200, json={"response": {"docs": list(documents)}})

    def __call__(self, request):
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def search(network, typed):
    return find_places(typed, service=ADDRESS_SEARCH.at("https://addresses.example/free", httpx.MockTransport(network)))


def test_an_address_is_a_name_and_a_point():
    network = Network(DOM)

    [place] = search(network, TYPED)

    assert place.name == "Domplein 29, 3512 JE Utrecht"
    assert (place.point, place.municipality) == ((5.1217, 52.0908), "GM0344")
    assert place.is_exact
    assert dict(network.requests[0].url.params)["q"] == TYPED
    assert dict(network.requests[0].url.params)["rows"] == str(MOST)


def test_a_town_is_no_exact_place():
    [place] = search(Network({**DOM, "type": "woonplaats"}), "Utrecht")

    assert not place.is_exact


def test_an_answer_is_kept_however_it_is_typed():
    network = Network(DOM)

    for typed in (TYPED, "  domplein 29   UTRECHT "):
        assert search(network, typed)

    assert len(network.requests) == 1


def test_nothing_like_it_is_an_answer_too():
    assert search(Network(), "Nergenshuizen 1") == []


@pytest.mark.parametrize("typed", ["", "   ", "\0"])
def test_nothing_typed_is_not_asked(typed):
    network = Network(DOM)

    assert search(network, typed) == []
    assert network.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("nobody there: Domplein"),
        httpx.ReadTimeout("too slow: Domplein"),
        httpx.Response(503),
        httpx.Response(429),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"response": {"docs": None}}),
    ],
)
def test_a_search_that_is_down_says_so_and_nothing_is_kept_or_logged(answer, caplog):
    network = Network()
    network.answer = answer

    with caplog.at_level(logging.INFO):
        for _ in range(2):
            with pytest.raises(ServiceDownError):
                search(network, TYPED)

    assert len(network.requests) == 2
    assert "Domplein" not in caplog.text


@pytest.mark.parametrize(
    "broken",
    [
        {"centroide_ll": "POINT(200 95)"},
        {"centroide_ll": "POINT(5.1)"},
        {"centroide_ll": None},
        {"type": "perceel"},
        {"weergavenaam": None},
    ],
)
def test_a_result_that_is_no_place_is_left_out(broken):
    assert search(Network({**DOM, **broken}, DOM), TYPED) == search(Network(DOM), "the Dom")


def test_the_demo_knows_some_buildings_and_can_be_down():
    names = [place.name for place in find_places("domplein 29 utrecht")]

    assert names == ["Domplein 29, 3512 JE Utrecht"]
    assert find_places("3512 JE")[0].municipality == "GM0344"
    assert find_places("Utrecht")[0].kind == "woonplaats"
    assert find_places("Nergenshuizen") == []
    with pytest.raises(ServiceDownError):
        find_places("storing")
