"""Every page of the site, as each role reaches it: nothing for axe to find, and nothing that overflows a narrow screen.

The pages are found by walking along the links. The table of roles adds the pages to which only a mail leads, and one of
each state of a case.
"""

from collections.abc import Callable
from typing import Any

import pytest
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
    login: Callable[[User], Client],
):
    seen: set[str] = set()
    wrong: dict[str, list[str]] = {}
    visited: dict[str, int] = {}

    for role in ROLES:
        person = people[role]
        client, page = (login(person) if person else Client()), browser_for(person)
        page.set_viewport_size({"width": NARROW, "height": 800})
        seen -= {sort_of(start) for start in STARTS}
        ways = [*Walk(client, seen).pages(STARTS), *of_table(role, addresses, client, seen)]
        visited[role] = len(ways)
        wrong |= {f"{role} {way}": found for way in ways if (found := look(page, way))}

    assert wrong == {}
    assert min(visited.values()) > 0


def of_table(role: str, addresses: dict[str, str], client: Client, seen: set[str]) -> list[str]:  # noqa: F811
    """The pages of the table of roles that this role sees, one of each case, which no walk of this test has been to."""
    rows = [row for row, signs in table().items() if signs[role] == "." and row not in seen | WITHOUT_A_PAGE]
    seen.update(rows)
    return [addresses[row] for row in rows if is_page(client.get(addresses[row]))]


def look(page: Page, way: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(way)
    width: Any = page.evaluate("document.documentElement.scrollWidth")
    return axe.violations(page) + ([f"{width} pixels wide"] if width > NARROW else [])
