"""The frame of the desk and the tabs of a list on a telephone: little room taken, and everything within reach."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests import axe

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, NARROW, HIGH = 360, 320, 740
LINE = 52
"""CSS pixels: a line of the header that a finger can hit."""
ROW = 48
SEVEN_LISTS, EIGHT_TABS = "/loket/exemptions/application/?list=open", "/mijn/gegevens/"
LARGE = "html { font-size: 200% !important }"
OUT_OF_SIGHT = """one => {
    const box = one.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth;
}"""


@pytest.fixture
def telephone(page: Page) -> Page:
    page.set_viewport_size({"width": PHONE, "height": HIGH})
    return page


def test_the_header_of_the_staff_is_a_line_and_the_search(
    telephone: Page, sign_in: Any, editor: User, reporter: User, caseworker: User
) -> None:
    for person, address, lines in ((editor, "/loket/", 1), (reporter, "/cijfers/", 1), (caseworker, "/loket/", 2)):
        sign_in(telephone.context, person)
        telephone.goto(address)

        header = telephone.locator(".shell-bar").bounding_box()
        assert header is not None
        assert header["height"] <= lines * LINE


def test_the_menu_of_the_staff_opens_without_javascript(
    browser: Browser, base_url: str, browser_context_args: Any, sign_in: Any, editor: User
) -> None:
    with browser.new_context(**{**browser_context_args, "base_url": base_url, "java_script_enabled": False}) as context:
        sign_in(context, editor)
        page = context.new_page()
        page.set_viewport_size({"width": PHONE, "height": HIGH})
        page.goto("/loket/")
        menu = page.get_by_role("navigation", name="Hoofdmenu")
        expect(menu).to_be_hidden()

        page.get_by_role("button", name="Menu").press("Enter")

        expect(menu.get_by_role("link", name="Postvak")).to_be_visible()
        expect(page.get_by_text(str(editor), exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Uitloggen").click()
        expect(page).to_have_url(f"{base_url}/")


def test_a_group_of_the_menu_stays_open_while_a_page_of_it_is_tapped(
    telephone: Page, sign_in: Any, team_lead: User
) -> None:
    sign_in(telephone.context, team_lead)
    telephone.goto("/loket/")
    telephone.get_by_role("button", name="Menu").click()
    telephone.get_by_text("Zaken", exact=True).click()
    assert axe.violations(telephone) == []

    telephone.get_by_role("link", name="Drempelwaarden", exact=True).click()

    expect(telephone.locator("h1")).to_contain_text("drempelwaarden", ignore_case=True)


def test_tabs_are_one_row_with_the_open_one_in_sight(
    telephone: Page, sign_in: Any, caseworker: User, applicant: User
) -> None:
    for person, address, tabs in (
        (caseworker, SEVEN_LISTS, ".board-lists__first"),
        (applicant, EIGHT_TABS, ".loket-subnav ul"),
    ):
        sign_in(telephone.context, person)
        for width in (PHONE, NARROW):
            telephone.set_viewport_size({"width": width, "height": HIGH})
            telephone.goto(address)

            row = telephone.locator(tabs).bounding_box()
            assert row is not None
            assert row["height"] <= ROW
            assert not telephone.locator(f"{tabs} [aria-current]").evaluate(OUT_OF_SIGHT)
            assert telephone.evaluate("document.documentElement.scrollWidth") == width


def test_a_tab_that_gets_the_focus_comes_into_sight(telephone: Page, sign_in: Any, applicant: User) -> None:
    sign_in(telephone.context, applicant)
    telephone.goto("/aanvragen/")
    last = telephone.locator(".loket-subnav a").last
    assert last.evaluate(OUT_OF_SIGHT)

    last.focus()

    assert not last.evaluate(OUT_OF_SIGHT)
    assert axe.violations(telephone) == []


def test_letters_twice_as_large_fit_the_header_and_the_tabs(
    browser: Browser, base_url: str, browser_context_args: Any, sign_in: Any, caseworker: User, applicant: User
) -> None:
    with browser.new_context(**{**browser_context_args, "base_url": base_url, "bypass_csp": True}) as context:
        page = context.new_page()
        page.set_viewport_size({"width": PHONE, "height": HIGH})
        for person, address in ((caseworker, SEVEN_LISTS), (applicant, EIGHT_TABS)):
            sign_in(context, person)
            page.goto(address)
            page.add_style_tag(content=LARGE)

            assert page.evaluate("document.documentElement.scrollWidth") == PHONE
