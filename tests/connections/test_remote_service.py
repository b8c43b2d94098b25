"""Any service that is asked: what is tried again, what the error tells, and what nobody reads of a question."""

import logging
import ssl
from dataclasses import replace

import httpx
import pytest
from django.core.cache import cache

from connections.remote_service import DEMO, RemoteService, ServiceDownError
from tests.looping import each

SECRET = "0612345678"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


class Network:
    """Gives these answers, and then its last one again and again."""

    def __init__(self, *answers):
        self.answers, self.requests = answers, []

    def __call__(self, request):
        self.requests.append(request)
        given = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(given, Exception):
            raise given
        return given


def stand_in():
    return httpx.MockTransport(lambda _request: httpx.Response(200, json="stand-in"))


SERVICE = RemoteService(
    name="oracle",
    setting="ADDRESS_SEARCH_URL",
    stand_in=stand_in,
    timeout=httpx.Timeout(3.0),
    headers=lambda: {"a": ""},
)


def ask(network, service=SERVICE, **content):
    with service.at("https://oracle.test/", httpx.MockTransport(network)).connect() as connection:
        return connection.ask(lambda answer: answer["said"], f"/{SECRET}", **content)


def test_an_answer_is_read_and_an_empty_header_stays_away():
    network = Network(httpx.Response(200, json={"said": 42}))

    assert ask(network) == 42
    assert str(network.requests[0].url) == f"https://oracle.test/{SECRET}"
    assert "a" not in network.requests[0].headers


TROUBLES = [  # the answer, how often it is asked, its status, whether it may be done all the same
    (httpx.ReadTimeout(SECRET), 1, None, True),
    (httpx.ConnectTimeout(SECRET), 1, None, False),
    (httpx.ConnectError(SECRET), 2, None, False),
    (httpx.ReadError(SECRET), 2, None, True),
    (httpx.Response(429), 2, 429, False),
    (httpx.Response(503), 2, 503, False),
    (httpx.Response(500), 2, 500, True),
    (httpx.Response(403, json={"why": SECRET}), 1, 403, False),
    (httpx.Response(302, headers={"Location": "https://evil.test/"}), 1, 302, False),
    (httpx.Response(200, text=SECRET), 1, None, True),
    (httpx.Response(200, json=[SECRET]), 1, None, True),
]


@each("answer, times, status, may_be_done", TROUBLES)
def test_without_a_usable_answer_it_is_down_and_nobody_reads_what_was_asked(answer, times, status, may_be_done, caplog):
    network = Network(answer)

    with caplog.at_level(logging.DEBUG, "loket"), pytest.raises(ServiceDownError) as caught:
        ask(network)

    assert (len(network.requests), caught.value.status, caught.value.may_be_done) == (times, status, may_be_done)
    assert caplog.text.count("The oracle gave no usable answer") == 1
    assert SECRET not in caplog.text + str(caught.value)
    caplog.clear()


def test_a_hitch_is_forgiven_and_a_slow_answer_where_the_service_says_so():
    assert ask(Network(httpx.Response(502), httpx.Response(200, json={"said": 1}))) == 1

    slow = Network(httpx.ReadTimeout("slow"), httpx.Response(200, json={"said": 1}))
    assert ask(slow, replace(SERVICE, waits_twice=True)) == 1


def test_what_is_sent_is_sent_once_where_nothing_is_tried_again():
    network = Network(httpx.Response(503))

    with pytest.raises(ServiceDownError):
        ask(network, replace(SERVICE, attempts=1), method="POST", json={"to": SECRET})

    assert [request.method for request in network.requests] == ["POST"]


def test_an_answer_is_kept_under_a_digest_and_for_its_own_address():
    SERVICE.at("https://one.test").keep(SECRET, ["answer"])

    assert SERVICE.at("https://one.test").find_kept(SECRET) == ["answer"]
    assert SERVICE.at("https://two.test").find_kept(SECRET) is None
    assert SECRET not in SERVICE._key(SECRET)


def test_the_stand_in_answers_without_a_network():
    with SERVICE.at(DEMO).connect() as connection:
        assert connection.ask(str) == "stand-in"


def test_without_an_address_there_is_nobody_to_ask(settings):
    settings.ADDRESS_SEARCH_URL = ""

    assert not SERVICE.is_connected


def test_certificates_of_its_own_must_be_readable(tmp_path):
    (tmp_path / "root.pem").write_text("no certificate")

    with pytest.raises(ssl.SSLError):
        ask(Network(httpx.Response(200)), replace(SERVICE, roots=lambda: str(tmp_path / "root.pem")))
