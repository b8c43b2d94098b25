"""A telephone with text twice as large: nothing overflows the screen, and no word is broken in the middle."""

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
BROKEN = """() => [...document.querySelectorAll('main :is(h1, h2, h3, button, label, .loket-button)')].flatMap(one => {
    const broken = [], texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/\\p{L}{3,}/gu)) {
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
    return broken;
})"""
"""Words of headings, labels and buttons of which a part stands on the next line."""


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


def test_no_word_of_a_heading_or_button_is_broken(
    browser: Any, base_url: str, browser_context_args: Any, sign_in: Any, applicant: User, caseworker: User
) -> None:
    case = given.taken_up(by=applicant, desk=caseworker)
    with browser.new_context(**{**browser_context_args, "base_url": base_url, "bypass_csp": True}) as context:
        sign_in(context, applicant)
        page = context.new_page()
        page.set_viewport_size({"width": 360, "height": 740})
        for address in ("/", "/mag-ik-erin/", "/ontheffingen/", "/aanvragen/", f"/aanvragen/{case.key}/"):
            page.goto(address)
            page.add_style_tag(content=LARGE)

            assert page.evaluate(BROKEN) == []
            assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_longest_german_title_stays_whole(telephone: Page) -> None:
    telephone.goto("/ontheffingen/?taal=de")

    assert telephone.locator("h1").inner_text() == "Ausnahmegenehmigungen"
    assert telephone.evaluate(BROKEN) == []


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


def test_a_button_and_a_link_that_looks_like_one_have_letters_of_one_size(page: Page) -> None:
    page.goto("/account/login/")

    sizes = page.evaluate("""() => [...document.querySelectorAll('main .loket-button')].map(one => {
        const style = getComputedStyle(one);
        return [style.fontSize, style.fontSizeAdjust].join(' ');
    })""")

    assert len(sizes) >= 2
    assert len(set(sizes)) == 1
