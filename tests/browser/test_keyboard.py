"""With the keyboard alone, from the start page to an application that is sent: Tab, Enter, Space and what one types."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from exemptions.models import Application, Status
from tests.browser.filing import CONTRACT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("never_asked")]
FAR = 60
"""The most stops before one is where one wants to be."""
VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
}"""
IN_ORDER = '() => !document.querySelector(\'[tabindex]:not([tabindex="0"]):not([tabindex="-1"])\')'
FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab until it has the focus, which is visible at each stop; the order is that of the page."""
    expect(wanted).to_be_attached()
    assert page.evaluate(IN_ORDER)
    for _stop in range(FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(VISIBLE), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate(FOCUSED):
            return
    raise AssertionError(f"{wanted} is not reached with Tab on {page.url}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go there, and press a key."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def tick(page: Page, label: str) -> None:
    press(page, page.get_by_label(label), "Space")


def next_screen(page: Page, heading: str) -> None:
    press(page, page.get_by_role("button", name="Verder", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def choose_file(page: Page, field: Locator, file: Any) -> None:
    tab_to(page, field)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)


def test_from_the_start_page_to_the_receipt(page: Page, sign_in: Any, applicant: User) -> None:
    sign_in(page.context, applicant)
    page.on("filechooser", lambda _chooser: None)  # from the start, so that the key below is not faster
    page.goto("/")
    write(page, "Kenteken", "tru-01-e")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mag TRU-01-E erin?")

    press(page, page.get_by_role("button", name=re.compile("Deze ontheffing aanvragen.*Lange levertijd")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Voeg uw bewijs toe")
    choose_file(page, page.get_by_label("Kies uw bestanden"), CONTRACT)
    expect(page.get_by_role("link", name="contract.pdf")).to_be_visible()
    next_screen(page, "Uw situatie")
    answer(page)
    next_screen(page, "Controleren en versturen")
    press(page, page.get_by_role("radio", name="In dit portaal. "), "Space")
    press(page, page.get_by_role("button", name="Ondertekenen en versturen"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Uw aanvraag is verstuurd")
    assert Application.objects.get().status == Status.SUBMITTED


def answer(page: Page) -> None:
    """The questions; in a date the same number for day and month, whichever the browser asks first."""
    tick(page, "Ik koop het")
    write(page, "Welk voertuig hebt u besteld?", "eTruck 12")
    write(page, "Wanneer hebt u het besteld?", "01012026")
    write(page, "Wanneer wordt het geleverd, denkt u?", "02022039")


def test_the_first_stop_of_every_page_leads_past_the_menu(page: Page, applicant: User, sign_in: Any) -> None:
    sign_in(page.context, applicant)
    for address in ("/", "/aanvragen/", "/mijn/ontheffingen/", "/mijn/brieven/", "/mijn/gegevens/"):
        page.goto(address)

        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Direct naar de inhoud")
        page.keyboard.press("Enter")

        expect(page.locator("#main")).to_be_focused()
