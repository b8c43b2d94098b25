"""A telephone, and letters twice as large: nothing is hidden beside the screen, and no word is broken in the middle."""

from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests import given

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = ("/zones/", "/zones/utrecht/", "/kosten/", "/overgangsregels/", "/cookies/")
HIDDEN = """() => [...document.querySelectorAll('.loket-table :is(td, th[scope=row])')]
    .filter(cell => cell.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(cell => cell.textContent)"""
LARGE = "html { font-size: 200% !important }"


@pytest.fixture
def telephone(page: Page) -> Page:
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_every_cell_of_a_table_is_on_the_screen(telephone: Page) -> None:
    for address in TABLES:
        telephone.goto(address)

        assert telephone.locator(".loket-table").count() > 0
        assert telephone.evaluate(HIDDEN) == []


def test_a_card_says_what_each_value_is(telephone: Page) -> None:
    telephone.goto("/zones/utrecht/")

    cell = telephone.locator(".loket-table--cards td[data-name=Toegang]").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Toegang: "'


def test_the_name_of_the_site_keeps_its_words_together(browser: Any, base_url: str, browser_context_args: Any) -> None:
    context = browser.new_context(**{**browser_context_args, "base_url": base_url, "bypass_csp": True})
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    page.add_style_tag(content=LARGE)

    name = page.locator(".loket-brand__name").bounding_box()
    assert name is not None
    assert name["height"] < 5 * 32 * 1.4  # two lines of the name, two of what it is for, and room
    context.close()


def test_a_worklist_prints_its_last_column(page: Page, sign_in: Any, caseworker: User, applicant: User) -> None:
    given.taken_up(by=applicant, desk=caseworker)
    sign_in(page.context, caseworker)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1010, "height": 700})  # A4, landscape, without its margins
    page.goto("/loket/exemptions/application/?list=open")

    last = page.locator(".desk-rows thead th").last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 1010
    assert page.locator(".desk-search, .desk-tabs").evaluate_all("all => all.every(one => !one.offsetParent)")
