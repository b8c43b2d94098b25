"""An officer asks on a telephone, without JavaScript: who is silent, what may be there, and the next plate at once."""

from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from enforcement.models import EnforcementQuestion
from tests import axe
from tests.browser.journeys import PHONE, browser_of, reads
from tests.enforcement.exempted import UTRECHT, exempted

pytestmark = pytest.mark.django_db(transaction=True)

HIGH = 780
BARE = {"viewport": {"width": PHONE, "height": HIGH}, "java_script_enabled": False}


def on_screen(one: Locator) -> bool:
    """It is seen as a whole without a finger."""
    box = one.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= HIGH


def ask(page: Page, plate: str, *, country: str = "") -> None:
    """The plate is typed where the cursor is already."""
    expect(page.get_by_label("Kenteken", exact=True)).to_be_focused()
    page.keyboard.type(plate)
    if country:
        page.get_by_label("Land van een buitenlands kenteken").select_option(label=country)
    page.get_by_role("button", name="Buitenlands kenteken" if country else "Nederlands kenteken").click()


def answers(page: Page, verdict: str) -> None:
    """The answer and the place of the next question are on one screen, and nothing overflows it."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(verdict)
    assert on_screen(heading)
    assert on_screen(page.get_by_label("Kenteken", exact=True))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert axe.violations(page) == []


def test_an_officer_asks_on_a_telephone(
    browser, browser_context_args, base_url, sign_in, enforcement_officer: User, applicant: User
):
    exemption = exempted("WX12345", country="PL", zone=UTRECHT, by=applicant)
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(sign_in, user=enforcement_officer), **BARE) as page:
        page.goto("/loket/")
        reads(page, "Camera’s beoordelen alleen Nederlandse kentekens")
        assert axe.violations(page) == []

        ask(page, "bx 99 zz", country="België")
        answers(page, "Niet bekend")
        reads(page, "Dat alleen is geen reden voor een boete.", "V.9")

        ask(page, "wx-12345", country="Polen")
        answers(page, "Mag erin")
        reads(page, "WX12345 (Polen), Utrecht", exemption.decision.reference)

        ask(page, "van04e")
        answers(page, "Mag er niet in")
        assert page.url.endswith("/handhaving/")

    assert EnforcementQuestion.objects.filter(asked_by=enforcement_officer).count() == 3
