"""What the journeys of filing share: screens, logging in, and the answers about a long delivery time."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests import axe
from tests.cast import PASSWORD
from tests.portal import files
from tests.portal.wizard import SIGNED

CONTRACT: Any = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": files.PDF}
REGISTRATION: Any = {"name": "kentekenbewijs.pdf", "mimeType": "application/pdf", "buffer": files.PDF + b"%"}


def is_fine(page: Page, heading: str) -> None:
    """The page is there, whole on its screen, and axe finds nothing (it needs JavaScript to look)."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    if page.evaluate("typeof htmx") == "object":
        assert axe.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Verder", exact=True).click()


def log_in(page: Page, user: Any) -> None:
    """On the login page, or on that where one makes an account as well."""
    form = page.locator("form[action='/account/login/']")
    form.get_by_label("Mailadres").fill(user.email)
    form.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Inloggen", exact=True).click()


def answer_questions(page: Page) -> None:
    page.get_by_label("Ik koop het").check()
    page.get_by_label("Welk voertuig hebt u besteld?").fill("eTruck 12")
    page.get_by_label("Wanneer hebt u het besteld?").fill("2026-01-05")
    page.get_by_label("Wanneer wordt het geleverd, denkt u?").fill("2039-02-05")


def ask_long_delivery(page: Page) -> None:
    """From the answer on a plate into the form."""
    page.get_by_role("button", name=re.compile("Deze ontheffing aanvragen.*Lange levertijd")).click()


def add_proof(page: Page, *chosen: Any) -> None:
    """Files in the one area; where scripts run they go to the server at once."""
    is_fine(page, "Voeg uw bewijs toe")
    sends_at_once = page.evaluate("typeof htmx") == "object"
    page.get_by_label("Kies uw bestanden").set_input_files(list(chosen))
    if sends_at_once:
        expect(page.get_by_role("link", name=chosen[0]["name"])).to_be_visible()


def sign_and_send(page: Page) -> None:
    page.get_by_role("radio", name="In dit portaal. ").check()
    expect(page.get_by_role("main")).to_contain_text(SIGNED["declared"])
    expect(page.get_by_role("main")).to_contain_text("verklaart u dat u alles naar waarheid hebt ingevuld")
    page.get_by_role("button", name="Ondertekenen en versturen").click()
