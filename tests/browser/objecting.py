"""Objecting in the portal, as sentences."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from objections.models import Objection
from tests.browser.journeys import fill, pdf, reads, sound

GROUNDS = "Waarom bent u het niet eens met het besluit?"
WORDS = "Mijn bus kan meer dan uw drempelwaarden zeggen."


def open_case(page: Page, objection: Objection) -> None:
    """The page of the objection."""
    page.goto(reverse("objection", args=[objection.key]))
    sound(page, "Bezwaar over: ")


def begin(page: Page, application: Any) -> None:
    """From the page of the application to the form."""
    page.goto(reverse("application", args=[application.key]))
    page.get_by_role("link", name="Bezwaar maken", exact=True).click()
    sound(page, "Bezwaar maken tegen ons besluit")


def save_for_later(page: Page) -> None:
    """Some words and a file, kept."""
    fill(page, {GROUNDS: WORDS, "Bestanden kiezen": pdf("metingen.pdf")})
    page.get_by_role("button", name="Bewaren en later verder").click()
    reads(page, "Opgeslagen, maar nog niet verstuurd.")


def go_on(page: Page) -> None:
    """What was typed and added is still there."""
    page.get_by_role("link", name="Verder met uw bezwaar").click()
    expect(page.get_by_label(GROUNDS)).to_have_value(WORDS)
    expect(page.get_by_role("link", name="metingen.pdf")).to_be_visible()


def send(page: Page) -> Objection:
    """Look it over, and send it."""
    page.get_by_role("button", name="Controleren en versturen").click()
    sound(page, "Uw bezwaar nakijken en versturen")
    page.get_by_role("button", name="Mijn bezwaar versturen").click()
    reads(page, "Wij hebben uw bezwaar ontvangen.")
    sound(page, "Bezwaar over: ")
    found: Objection = Objection.objects.get()
    return found
