"""An officer asks on a telephone: who is silent, what may be there, and the next plate at once; with no JavaScript."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from enforcement.models import EnforcementQuestion
from tests import axe
from tests.browser.journeys import PHONE, browser_of, reads
from tests.enforcement.exempted import UTRECHT, exempted

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[[Page], None]
HIGH = 780
TELEPHONE: dict[str, Any] = {"viewport": {"width": PHONE, "height": HIGH}}


def is_accessible(page: Page) -> None:
    """Nothing for axe to find."""
    assert axe.violations(page) == []


def has_a_heading(page: Page) -> None:
    """It is a page of ours: axe itself needs JavaScript."""
    assert page.locator("main h1").count() == 1


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


def walk(page: Page, *, look: Look, reference: str) -> None:
    """From the desk, which is closed, to the third answer."""
    page.goto("/loket/")
    reads(page, "Camera’s beoordelen alleen Nederlandse kentekens")
    look(page)

    ask(page, "bx 99 zz", country="België")
    answers(page, "Niet bekend")
    reads(page, "Dat alleen is geen reden voor een boete.", "V.9")
    look(page)

    ask(page, "wx-12345", country="Polen")
    answers(page, "Mag erin")
    reads(page, "WX12345 (Polen), Utrecht", reference)
    look(page)

    ask(page, "van04e")
    answers(page, "Mag er niet in")
    look(page)
    assert page.url.endswith("/handhaving/")


def test_an_officer_asks_on_a_telephone(
    browser, browser_context_args, base_url, sign_in, enforcement_officer: User, applicant: User
):
    reference = exempted("WX12345", country="PL", zone=UTRECHT, by=applicant).decision.reference
    options = {**browser_context_args, "base_url": base_url, **TELEPHONE}
    enter = partial(sign_in, user=enforcement_officer)

    with browser_of(browser, options, enter, java_script_enabled=False) as page:
        walk(page, look=has_a_heading, reference=reference)
    with browser_of(browser, options, enter) as page:
        walk(page, look=is_accessible, reference=reference)

    assert EnforcementQuestion.objects.filter(asked_by=enforcement_officer).count() == 6
