"""A public page is made once for all strangers, and has nothing of any of them."""

import re
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine as travelling
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from casework.models import Policy
from helpdesk.models import PageDay
from tests.looping import each
from zesportal import stores, urls
from zesportal.page_cache import MADE_FOR_EACH, PUBLIC, TOKEN

pytestmark = pytest.mark.django_db

OF_ONE = {"zone": "utrecht", "zone_advice": "utrecht", "kind": "lev", "topic": "hoogte-boete"}
ADDRESSES = [reverse(name, args=[OF_ONE[name]] if name in OF_ONE else []) for name in sorted(PUBLIC)]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PAGE = "/zones/"


@pytest.fixture(autouse=True)
def with_kept_pages(settings: Any) -> None:
    settings.PAGES_KEPT_S = 60


def read(address: str = PAGE, *, by: Client | None = None, **headers: str) -> str:
    """What somebody reads: who comes for the first time, unless given."""
    page: str = (by or Client()).get(address, headers=headers).text
    return page


def is_kept(address: str = PAGE, *, by: Client | None = None, **headers: str) -> bool:
    """Whether the page comes without asking the database anything."""
    with CaptureQueriesContext(connection) as asked:
        read(address, by=by, **headers)
    return not asked.captured_queries


def without_fields(page: str) -> bytes:
    """The page without what is made for each reader."""
    return MADE_FOR_EACH.sub(rb"\1", page.encode())


def field(name: str, page: str) -> str:
    return str(re.findall(rf'name="{name}" value="([^"]+)"', page)[0])


# --- One page for all -----------------------------------------------------------------------------------


@each("address", ADDRESSES)
def test_a_page_is_the_same_for_two_strangers(address, settings):
    settings.PAGES_KEPT_S = 0
    one, other = read(address), read(address)

    assert without_fields(one) == without_fields(other)
    assert not TOKEN.search(without_fields(one))


@each("address", ADDRESSES)
def test_the_second_stranger_reads_what_was_made_for_the_first(address):
    first = Client().get(address)

    assert is_kept(address)
    second = Client().get(address)
    assert without_fields(second.content.decode()) == without_fields(first.content.decode())
    assert set(second.headers) == set(first.headers)
    assert set(second["Vary"].split(", ")) == set(first["Vary"].split(", ")) >= {"Cookie"}
    for header in ("Cache-Control", "Content-Language", "Content-Security-Policy", "Content-Type"):
        assert second.headers.get(header) == first.headers.get(header), header


def test_each_has_a_token_of_their_own_that_opens_their_forms():
    first, second = read(), Client(enforce_csrf_checks=True)
    page = read(by=second)

    assert field("csrfmiddlewaretoken", first) not in page
    sent = {"csrfmiddlewaretoken": field("csrfmiddlewaretoken", page), "language": "en", "next": PAGE}
    assert second.post("/taal/", sent).status_code == 302
    assert (
        second.post("/taal/", {**sent, "csrfmiddlewaretoken": field("csrfmiddlewaretoken", first)}).status_code == 403
    )


def test_each_has_a_key_of_their_own():
    assert field("key", read("/ontheffingen/lev/")) != field("key", read("/ontheffingen/lev/"))


def test_a_page_that_is_kept_is_counted_as_read(settings):
    settings.COUNT_VISITS = True
    for _time in range(2):
        read(**{"User-Agent": "Mozilla/5.0 Firefox/140.0"})

    assert PageDay.objects.get().views == 2


# --- In each language its own ---------------------------------------------------------------------------


def test_another_language_has_a_page_of_its_own():
    dutch, german = read(), read(**{"Accept-Language": "de"})

    assert '<html lang="nl"' in dutch
    assert '<html lang="de"' in german
    assert read(**{"Accept-Language": "de"}).startswith(german[:200])


def test_who_misses_a_language_is_told_so_in_it():
    for language, said in (("de", "auf Englisch"), ("pl", "po angielsku"), ("de", "auf Englisch")):
        response = Client().get("/privacy/", headers={"Accept-Language": language})

        assert said in response.content.decode()
        assert response["Content-Language"] == "en"


def test_an_address_that_names_a_language_is_kept_in_it_and_remembers_it():
    read(f"{PAGE}?taal=de")
    reader = Client()

    assert is_kept(f"{PAGE}?taal=de", by=reader)
    assert '<html lang="de"' in read(by=reader)


def test_an_address_that_asks_something_is_answered_anew():
    address = "/wat-kost-niets-doen/?vehicle=van&days=2"

    assert read(address) != read("/wat-kost-niets-doen/")
    assert not is_kept(address)


# --- Nothing of anybody ---------------------------------------------------------------------------------


def test_who_is_logged_in_neither_reads_nor_leaves_a_page_for_strangers(as_applicant):
    own = read(by=as_applicant)

    assert not is_kept()
    assert "Uitloggen" not in read()
    assert "Uitloggen" in own
    assert "Uitloggen" in read(by=as_applicant)


def test_who_typed_a_plate_has_pages_of_their_own():
    reader = Client()
    reader.post("/mag-ik-erin/", {"plate": "V-123-BX", "country": "NL", "on": ""})

    assert "V-123-BX" in read("/aanvragen/nieuw/", by=reader)
    assert not is_kept("/aanvragen/nieuw/")
    assert "V-123-BX" not in read("/aanvragen/nieuw/")


def test_a_message_that_waits_is_shown_to_its_reader_only():
    read("/contact/")
    reader = Client()
    reader.cookies["messages"] = "anything"

    assert not is_kept("/contact/", by=reader)


def make_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{get_token(request)}</p>")


def set_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("a page")
    response.set_cookie("whose", "mine")
    return response


def change_session(request: HttpRequest) -> HttpResponse:
    request.session["whose"] = "mine"
    return HttpResponse("a page")


urlpatterns = [
    path("token/", make_page, name="home"),
    path("cookie/", set_cookie, name="zones"),
    path("session/", change_session, name="faq"),
    *urls.urlpatterns,
]


@pytest.mark.urls("tests.front.test_page_cache")
@each("address", ["/token/", "/cookie/", "/session/"])
def test_a_page_with_something_of_its_reader_is_not_kept(address, monkeypatch):
    kept = []
    monkeypatch.setattr(caches["pages"], "set", lambda *page: kept.append(page))

    read(address)

    assert kept == []


# --- For how long ---------------------------------------------------------------------------------------


def test_what_was_changed_is_read_when_the_time_is_over(settings):
    settings.PAGES_KEPT_S = 1
    read()
    Policy.objects.filter(name="contact_phone").update(value="088 123 45 67")

    assert "088 123 45 67" not in read()
    time.sleep(1.2)
    assert "088 123 45 67" in read()


def test_after_midnight_nobody_reads_the_page_of_yesterday():
    with travelling.travel(datetime(2026, 12, 31, 23, 59, 50, tzinfo=AMSTERDAM), tick=False) as now:
        read("/overgangsregels/")
        assert is_kept("/overgangsregels/")

        now.move_to(datetime(2027, 1, 1, 0, 0, 5, tzinfo=AMSTERDAM))
        assert not is_kept("/overgangsregels/")


def test_without_redis_each_page_is_made(redis_away):
    for _time in range(2):
        assert "Zero-emissiezones" in read()
        assert not is_kept()


def test_without_redis_at_all_pages_are_kept_in_files(settings, tmp_path):
    settings.CACHES = {**settings.CACHES, "pages": stores.build_page_cache("", tmp_path)}
    read()

    assert is_kept()
    assert list(tmp_path.iterdir())
