"""A German carrier on a telephone: check a foreign plate, apply with its document, read the receipt; all in German."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from casework.models import Letter
from exemptions.models import Application
from tests import axe, given

NARROW = {"width": 360, "height": 760}


@pytest.fixture
def handy(browser: Browser, base_url: str, sign_in: Any, applicant: User) -> Iterator[Page]:
    """A German browser on a telephone, of somebody who is logged in."""
    context = browser.new_context(locale="de-DE", base_url=base_url, viewport=NARROW)  # type: ignore[arg-type]
    sign_in(context, applicant)
    yield context.new_page()
    context.close()


def looks_well(page: Page) -> None:
    """German, accessible, and nothing overflows the screen."""
    page.wait_for_load_state()  # a click may have led here a moment ago
    assert page.evaluate("document.documentElement.lang") == "de"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert axe.violations(page) == []


def check_plate(page: Page) -> None:
    page.goto("/mag-ik-erin/")
    expect(page.get_by_label("Land des Kennzeichens")).to_have_value("DE")
    page.get_by_label("Kennzeichen", exact=True).fill("B-XY 1234")
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_label("Lieferwagen: für Güter").check()
    page.get_by_label("Emissionsklasse").select_option("4")
    page.get_by_label("Datum der Erstzulassung").fill("2008-03-01")
    page.get_by_role("button", name="Antwort zeigen").click()


def test_from_a_german_plate_to_the_form_of_an_exemption(handy: Page) -> None:
    handy.goto("/")
    looks_well(handy)

    check_plate(handy)
    expect(handy.get_by_text("Nein, dieses Fahrzeug darf nicht in die Zone").first).to_be_visible()
    looks_well(handy)

    handy.get_by_role("button", name="Diese Ausnahmegenehmigung beantragen").first.click()
    expect(handy.get_by_role("heading", level=1)).to_be_visible()
    looks_well(handy)
    assert Application.objects.get().language == "en"
    assert Application.objects.get().country == "DE"


@pytest.mark.usefixtures("never_asked")
def test_a_document_the_last_look_and_the_receipt(handy: Page, applicant: User) -> None:
    draft = given.draft(by=applicant, code="LEV")
    Application.objects.filter(pk=draft.pk).update(language="en", country="DE", plate="BXY1234")

    handy.goto(f"/aanvragen/{draft.key}/invullen/evidence/")
    handy.get_by_label("Wählen Sie Ihre Dateien aus").set_input_files(
        {"name": "zulassung.pdf", "mimeType": "application/pdf", "buffer": given.PDF + b"%"}
    )
    expect(handy.get_by_role("link", name="zulassung.pdf")).to_be_visible()
    looks_well(handy)
    handy.goto(f"/aanvragen/{draft.key}/invullen/check/")
    looks_well(handy)
    handy.get_by_label("In diesem Portal. Über dieses Portal bin ich gut zu erreichen.").check()
    handy.get_by_role("button", name="Unterschreiben und absenden").click()

    expect(handy.get_by_role("heading", name="Ihr Antrag ist gesendet")).to_be_visible()
    looks_well(handy)
    assert Letter.objects.get(kind="receipt").language == "en"


def test_a_day_exemption_for_a_german_plate(handy: Page) -> None:
    handy.goto("/dagontheffing/")
    handy.get_by_label("Kennzeichen", exact=True).fill("B-XY 1234")
    handy.get_by_label("Land des Kennzeichens").select_option("DE")
    handy.get_by_label("In welcher Gemeinde?").select_option("Utrecht")
    handy.get_by_label("An welchem Tag?").fill(given.working_day(3).isoformat())
    handy.get_by_role("button", name="Weiter").click()
    handy.get_by_label("Lieferwagen: für Güter").check()
    looks_well(handy)
    handy.get_by_role("button", name="Weiter").click()
    expect(handy.get_by_role("button", name="Diese Tagesgenehmigung beantragen")).to_be_visible()
    looks_well(handy)

    handy.get_by_role("button", name="Diese Tagesgenehmigung beantragen").click()

    expect(handy.get_by_role("heading", name="Sie haben Ihre Tagesgenehmigung")).to_be_visible()
    looks_well(handy)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_language_is_chosen_without_javascript(
    browser: Browser, base_url: str, live_server: Any, width: int
) -> None:
    context = browser.new_context(
        locale="nl-NL", base_url=base_url, viewport={"width": width, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/zones/")

    page.locator(".loket-language > summary").click()
    page.get_by_role("button", name="Polski").click()

    expect(page.get_by_role("heading", name="Strefy zeroemisyjne")).to_be_visible()
    assert {cookie["name"]: cookie["value"] for cookie in context.cookies()}[settings.LANGUAGE_COOKIE_NAME] == "pl"
    context.close()


def test_the_menu_of_languages_fits_a_narrow_screen(handy: Page) -> None:
    handy.set_viewport_size({"width": 320, "height": 640})
    handy.goto("/")

    handy.locator(".loket-language > summary").click()

    expect(handy.get_by_role("button", name="Français")).to_be_visible()
    assert handy.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe.violations(handy) == []
