"""The client of the Trade Register, with the network played by httpx's own mock."""

import httpx
import pytest
from django.core.cache import cache

from connections.remote_service import ServiceDownError
from exemptions.demo_trade_register import load_businesses
from exemptions.trade_register import TRADE_REGISTER, find_business, is_kept

NUMBER = "34567890"
PROFILE = load_businesses()[NUMBER]
UNKNOWN = {"fout": [{"code": "IPD0005"}]}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def asked():
    return []


def register(asked, *answers):
    """A register that gives these answers, and then its last one again and again."""

    def answer(request):
        asked.append(request)
        given = answers[min(len(asked), len(answers)) - 1]
        return given(request) if callable(given) else given

    return TRADE_REGISTER.at("https://kvk.test/api/v1/", httpx.MockTransport(answer))


def is_slow(request):
    raise httpx.ReadTimeout("too slow", request=request)


def is_away(request):
    raise httpx.ConnectError("nobody there", request=request)


def test_it_is_asked_with_the_key_and_gives_what_the_form_needs(asked, settings):
    settings.TRADE_REGISTER_KEY = "secret"
    found = find_business(NUMBER, service=register(asked, httpx.Response(200, json=PROFILE)))

    assert (str(asked[0].url), asked[0].headers["apikey"]) == (
        f"https://kvk.test/api/v1/basisprofielen/{NUMBER}",
        "secret",
    )
    assert found.name == "Van Dijk Transport en Logistiek B.V."
    assert (found.trade_name, found.legal_form) == ("Van Dijk Transport", "Besloten Vennootschap")
    assert (found.street, found.postcode, found.city) == ("Havenstraat 14B-2", "3024 PA", "Rotterdam")


@pytest.mark.parametrize("answer", [httpx.Response(200, json=PROFILE), httpx.Response(404, json=UNKNOWN)])
def test_an_answer_is_paid_for_once(asked, answer):
    kvk = register(asked, answer)

    assert find_business(NUMBER, service=kvk) == find_business(NUMBER, service=kvk)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        (httpx.Response(500), 2),
        (httpx.Response(429), 2),
        (is_away, 2),
        (is_slow, 1),
        (httpx.Response(401, json={"fault": "no key"}), 1),
        (httpx.Response(404, text="<html>Not Found</html>"), 1),
        (httpx.Response(302, headers={"Location": "https://evil.test/"}), 1),
        (httpx.Response(200, text="<html>"), 1),
        (httpx.Response(200, json=[]), 1),
        (httpx.Response(200, json={"kvkNummer": "11111111"}), 1),
        (httpx.Response(200, json={**PROFILE, "_embedded": "?"}), 1),
    ],
)
def test_no_usable_answer_is_down_and_is_asked_again_next_time(asked, answer, times, caplog):
    kvk = register(asked, answer)

    with pytest.raises(ServiceDownError):
        find_business(NUMBER, service=kvk)

    assert len(asked) == times
    assert not is_kept(NUMBER, service=kvk)
    assert NUMBER not in caplog.text


def test_a_hitch_is_forgiven(asked):
    assert find_business(NUMBER, service=register(asked, httpx.Response(503), httpx.Response(200, json=PROFILE)))


def test_an_empty_profile_is_a_business_without_details(asked):
    found = find_business(NUMBER, service=register(asked, httpx.Response(200, json={"kvkNummer": NUMBER})))

    assert (found.name, found.street) == ("", "")


@pytest.mark.parametrize(
    ("number", "street"),
    [
        ("23456789", "Werfstraat 2"),  # of the business, not of its owner
        ("56789012", ""),  # shielded, and the owner's own
        ("67890123", "Apollolaan 151"),  # a company without a branch has only that of the company
    ],
)
def test_the_home_of_a_sole_trader_is_not_taken(number, street):
    assert find_business(number).street == street


def test_a_post_box_and_an_address_abroad(asked):
    branch = PROFILE["_embedded"]["hoofdvestiging"]
    abroad = {**branch["adressen"][0], "land": "Duitsland"}
    box = {"type": "correspondentieadres", "postbusnummer": 12, "postcode": "3500AA", "plaats": "Utrecht"}
    profile = {**PROFILE, "_embedded": {"hoofdvestiging": {**branch, "adressen": [abroad, box]}}}

    found = find_business(NUMBER, service=register(asked, httpx.Response(200, json=profile)))

    assert (found.street, found.city) == ("Postbus 12", "Utrecht")


def test_a_name_is_one_line_that_fits(asked):
    name = "A\u202e\n" + "B" * 500
    found = find_business(
        NUMBER, service=register(asked, httpx.Response(200, json={**PROFILE, "statutaireNaam": name}))
    )

    assert found.name == "A " + "B" * 198 or found.name == "A" + "B" * 199
