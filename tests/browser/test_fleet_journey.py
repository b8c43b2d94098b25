"""Twelve pasted plates become a fleet, and three of them day exemptions: wide, on a telephone, and without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from exemptions.models import DayUse, Vehicle
from tests.browser.journeys import PHONE, browser_of, reads, sound

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[BrowserContext, User], None]
TWELVE = "\n".join(
    (
        "VAN00E de elektrische",
        "VAN01E de oude blauwe",
        "VAN02E",
        "VAN03E",
        "VAN04E",
        "TRU00E",
        "TRU01E",
        "TRU02E",
        "TRU03E",
        "VAN99E",
        "XX-99-XX",
        "Groningen",
    )
)


def paste(page: Page, look: Callable[[Page, str], None]) -> None:
    """From the empty fleet to ten vehicles."""
    page.goto(reverse("fleet"))
    look(page, "Uw voertuigen")
    page.get_by_role("link", name="Voertuigen toevoegen").click()
    look(page, "Voertuigen toevoegen")
    page.get_by_label("Kentekens", exact=False).first.fill(TWELVE)
    page.get_by_role("button", name="Antwoorden bekijken").click()
    look(page, "12 rijen gelezen")
    reads(
        page, "mag er niet in", "mag erin tot en met 31 december 2026", "Het kentekenregister kent dit kenteken niet."
    )
    page.get_by_role("button", name="10 voertuigen toevoegen aan het wagenpark").click()
    look(page, "Uw voertuigen")


def file_three(page: Page, look: Callable[[Page, str], None]) -> None:
    """A day exemption for three vehicles that may not enter."""
    for plate in ("VAN-01-E", "VAN-04-E", "TRU-01-E"):
        page.get_by_label(plate, exact=True).check()
    page.get_by_role("button", name="Aanvragen voor de aangevinkte voertuigen").click()
    look(page, "Aanvragen voor 3 voertuigen")
    page.get_by_label("Dagontheffing").check()
    page.get_by_role("button", name="Verder").click()
    look(page, "Dagontheffing")
    page.get_by_label("In welke gemeente?").select_option("Utrecht")
    page.get_by_label("Op welke dag?").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Elk voertuig bekijken").click()
    look(page, "Controleren en versturen")
    reads(page, "Voor 3 voertuigen kunt u aanvragen.")
    reads(page, "verklaart u dat u alles naar waarheid hebt ingevuld")
    page.get_by_role("button", name="Aanvragen voor 3 voertuigen").click()
    look(page, "3 aanvragen ingediend")


def told(page: Page, words: str) -> None:
    """The heading alone: without JavaScript axe cannot run either."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_twelve_plates_and_three_day_exemptions(page: Page, sign_in: SignIn, applicant: User, width: int) -> None:
    sign_in(page.context, applicant)
    page.set_viewport_size({"width": width, "height": 900})

    paste(page, sound)
    file_three(page, sound)

    assert Vehicle.objects.count() == 10
    assert DayUse.objects.count() == 3
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="U hebt uw dagontheffing")).to_be_visible()


def test_without_scripts(
    browser: Browser, browser_context_args: dict[str, Any], base_url: str, sign_in: SignIn, applicant: User
) -> None:
    options = {**browser_context_args, "base_url": base_url, "java_script_enabled": False}
    with browser_of(browser, options, lambda context: sign_in(context, applicant)) as page:
        paste(page, told)
        file_three(page, told)

    assert DayUse.objects.count() == 3
