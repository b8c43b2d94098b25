"""Every page of the site, as each role reaches it: nothing for axe to find, and nothing that overflows a narrow screen.

The pages are found by walking along the links. The table of roles adds the pages to which only a mail leads, and one of
each state of a case.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from tests import axe
from tests.browser.journeys import BrowserFor
from tests.crawler import Walk, is_page, sort_of
from tests.project.test_roles import addresses, people, table  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = 320
"""CSS pixels: a screen of 1280 at 400 %."""
STARTS = ("/", "/loket/")
ROLES = (
    "anonymous",
    "applicant",
    "caseworker",
    "team_lead",
    "objection_officer",
    "reporter",
    "enforcement_officer",
    "editor",
    "administrator",
)
"""Each sees the start pages, and from there the pages that nobody before it could see."""
WITHOUT_A_PAGE = {"health"}
"""Answered by an asynchronous view, which a test with a browser cannot ask; it has no HTML."""


def test_every_page_is_for_everybody(
    people: dict[str, User | None],  # noqa: F811
    addresses: dict[str, str],  # noqa: F811
    browser_for: BrowserFor,
    base_url: str,
    login: Callable[[User], Client],
):
    seen: set[str] = set()
    wrong: dict[str, list[str]] = {}
    visited: dict[str, int] = {}

    for role in ROLES:
        person = people[role]
        client, page = (login(person) if person else Client()), browser_for(person)
        page.set_viewport_size({"width": NARROW, "height": 800})
        show = Showing(page, base_url)
        seen -= {sort_of(start) for start in STARTS}
        for way, answer in pages_of(role, addresses, client, seen):
            visited[role] = visited.get(role, 0) + 1
            show(way, answer)
            if found := look(page):
                wrong[f"{role} {way}"] = found

    assert wrong == {}
    assert visited.keys() == set(ROLES)


def pages_of(
    role: str,
    addresses: dict[str, str],  # noqa: F811
    client: Client,
    seen: set[str],
) -> Iterator[tuple[str, HttpResponseBase]]:
    """What this role sees: where a walk leads, and then of the table one of each case which no walk has been to."""
    walk = Walk(client, seen)
    for way in walk.pages(STARTS):
        assert walk.answer is not None
        yield way, walk.answer
    rows = [row for row, signs in table().items() if signs[role] == "." and row not in seen | WITHOUT_A_PAGE]
    seen.update(rows)
    answers = ((addresses[row], client.get(addresses[row])) for row in rows)
    yield from ((way, answer) for way, answer in answers if is_page(answer))


class Showing:
    """Shows a browser the page that its owner was answered already: to make each page twice takes half the time."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url
        self.asked: tuple[str, HttpResponseBase] | None = None
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Network.enable")
        self.devtools.send("Network.setBypassServiceWorker", {"bypass": True})  # it would ask the server itself
        self.devtools.on("Fetch.requestPaused", self.reply)
        self.devtools.send("Fetch.enable", {"patterns": [{"urlPattern": f"{base_url}/*", "resourceType": "Document"}]})

    def __call__(self, way: str, answer: HttpResponseBase) -> None:
        self.asked = way, answer
        self.page.goto(way)
        assert self.asked is None, f"{way} was asked of the server"

    def reply(self, event: dict[str, Any]) -> None:
        """With the page if it is what is being opened; a frame in it goes to the server."""
        request = {"requestId": event["requestId"]}
        way, answer = self.asked or ("", None)
        if not isinstance(answer, HttpResponse) or event["request"]["url"] != urljoin(self.base_url, way):
            self.devtools.send("Fetch.continueRequest", request)
            return
        self.asked = None
        headers = [{"name": name, "value": value} for name, value in answer.headers.items()]
        page = {"responseCode": answer.status_code, "responseHeaders": headers}
        self.devtools.send("Fetch.fulfillRequest", {**request, **page, "body": b64encode(answer.content).decode()})


def look(page: Page) -> list[str]:
    """What is wrong with a page."""
    width: Any = page.evaluate("document.documentElement.scrollWidth")
    return axe.violations(page) + ([f"{width} pixels wide"] if width > NARROW else [])
