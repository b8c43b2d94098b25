"""The holder replaces the vehicle: two clicks in the portal, and the desk carries it out."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.browser.journeys import BrowserFor, click, look_and_send, open_from, reads, sound

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "VAN-01-E"


@pytest.fixture
def granted(applicant: User, caseworker: User) -> Application:
    return given.granted(by=applicant, desk=caseworker)


def test_the_holder_changes_the_plate(
    granted: Application, applicant: User, caseworker: User, browser_for: BrowserFor
) -> None:
    mine = browser_for(applicant)
    mine.goto(reverse("application", args=[granted.key]))
    pages: list[str] = []
    mine.on("framenavigated", lambda frame: pages.append(frame.url))

    mine.get_by_role("link", name="Ander voertuig", exact=True).click()
    sound(mine, "Ander voertuig")
    mine.get_by_label("Nieuw kenteken").fill(NEW)
    mine.get_by_role("button", name="Wijziging aanvragen").click()

    reads(mine, f"U vroeg om: de ontheffing voor een ander voertuig, met kenteken {NEW}")
    assert len(pages) == 2  # one for each click
    sound(mine, "VX-123-Z")
    carry_out(browser_for(caseworker), granted)
    mine.reload()
    reads(mine, "Uw ontheffing geldt nu voor een ander voertuig")
    assert granted.exemptions.get(revoked_at=None).plate == "VAN01E"


def carry_out(desk: Page, granted: Application) -> None:
    """From the worklist, with the form filled in, to the letter."""
    open_from(desk, "Wijziging gevraagd", granted)
    reads(desk, f"De houder vraagt: de ontheffing voor een ander voertuig, met kenteken {NEW}")
    click(desk, "Overzetten op een ander voertuig")
    expect(desk.get_by_label("Nieuw kenteken")).to_have_value("VAN01E")
    look_and_send(desk, words=NEW)
