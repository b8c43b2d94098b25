"""A request to complete, from 'My applications' to the answer, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from accounts.models import User
from exemptions.models import Application, Status
from tests import axe, given

SignIn = Callable[[BrowserContext, User], None]
PDF: FilePayload = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": given.PDF + b"%%EOF"}
PROGRAM: FilePayload = {"name": "contract.exe", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"}


@pytest.fixture
def waiting(live_server: Any, applicant: User, caseworker: User) -> Application:
    return given.waiting(by=applicant, desk=caseworker)


@pytest.fixture
def mine(page: Page, sign_in: SignIn, applicant: User, waiting: Application) -> Page:
    """The applicant's own browser, at the start."""
    sign_in(page.context, applicant)
    page.goto(reverse("my_applications"))
    return page


@pytest.fixture
def without_javascript(
    browser: Browser, browser_context_args: dict[str, Any], sign_in: SignIn, applicant: User, waiting: Application
) -> Any:
    """The same without JavaScript."""
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    sign_in(context, applicant)
    page = context.new_page()
    page.goto(reverse("my_applications"))
    yield page
    context.close()


def status() -> str:
    return str(Application.objects.get().status)


def complete(page: Page) -> None:
    """To the request, a wrong file, the right one, and send."""
    page.get_by_role("link", name="Vul de aanvraag aan").click()
    page.get_by_label("Bestanden kiezen").set_input_files([PROGRAM, PDF])
    page.get_by_label("Uw uitleg").fill("De handtekening staat er nu op.")
    page.get_by_role("button", name="Versturen").click()

    expect(page.get_by_text("‘contract.exe’ is een programma").first).to_be_visible()
    expect(page.get_by_role("link", name="contract.pdf")).to_be_visible()
    expect(page.get_by_label("Uw uitleg")).to_have_value("De handtekening staat er nu op.")
    page.get_by_role("button", name="Versturen").click()

    expect(page.get_by_text("Dank u wel. Wij hebben uw antwoord.")).to_be_visible()


def test_completing_after_a_request(mine: Page) -> None:
    expect(mine.get_by_role("heading", name="Wat u moet doen")).to_be_visible()

    complete(mine)

    assert status() == Status.SUPPLIED


def test_completing_without_javascript(without_javascript: Page) -> None:
    complete(without_javascript)

    assert status() == Status.SUPPLIED


def test_saving_and_going_on_later(mine: Page) -> None:
    mine.get_by_role("link", name="Vul de aanvraag aan").click()
    mine.get_by_label("Bestanden kiezen").set_input_files(PDF)
    mine.get_by_label("Uw uitleg").fill("Nog niet af.")
    mine.get_by_role("button", name="Opslaan en later afmaken").click()
    mine.get_by_role("link", name="Vul de aanvraag aan").click()

    expect(mine.get_by_label("Uw uitleg")).to_have_value("Nog niet af.")
    mine.get_by_role("button", name="Verwijderen").click()
    expect(mine.get_by_role("link", name="contract.pdf")).to_have_count(0)
    assert status() == Status.WAITING


def test_a_second_tab_is_told_what_happened(mine: Page) -> None:
    mine.get_by_role("link", name="Vul de aanvraag aan").click()
    mine.get_by_label("Uw uitleg").fill("Uit de eerste tab.")
    second = mine.context.new_page()
    second.goto(mine.url)
    second.get_by_label("Uw uitleg").fill("Uit de tweede tab.")
    second.get_by_role("button", name="Versturen").click()
    expect(second.get_by_role("status")).to_contain_text("Wij hebben uw antwoord.")

    mine.get_by_role("button", name="Versturen").click()

    expect(mine.get_by_text("Aanvraag aangevuld (u,")).to_be_visible()
    expect(mine.get_by_text("Uit de eerste tab.")).to_be_visible()
    assert axe.violations(mine) == []


PAGES = ("application", "supply", "withdraw", "dispute_facts")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible_and_fits(mine: Page, waiting: Application, width: int) -> None:
    mine.set_viewport_size({"width": width, "height": 900})
    letter = waiting.dossier.letters.all()[0]
    addresses = [
        reverse("my_applications"),
        *(reverse(name, args=[waiting.key]) for name in PAGES),
        reverse("letter", args=[waiting.key, letter.pk]),
        reverse("representatives_of", args=[waiting.applicant_id]),
        reverse("verify"),
    ]
    for address in addresses:
        mine.goto(address)
        assert axe.violations(mine) == [], address
        assert mine.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_errors_are_accessible_and_lead_to_their_field(mine: Page, waiting: Application) -> None:
    mine.goto(reverse("withdraw", args=[waiting.key]))
    mine.get_by_role("button", name="Intrekken").click()

    mine.get_by_role("link", name="Zet een vinkje als u het zeker weet.").click()

    expect(mine.get_by_label("Ik wil deze aanvraag intrekken.")).to_be_focused()
    assert axe.violations(mine) == []
