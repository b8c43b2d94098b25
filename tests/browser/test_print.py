"""On paper: what one came for, and nothing that only works on a screen."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from exemptions.models import Application
from tests import given

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def granted(live_server: Any, applicant: User, caseworker: User) -> Application:
    return given.granted(by=applicant, desk=caseworker, days=20)


@pytest.fixture
def printed(page: Page, sign_in: Any, applicant: User) -> Page:
    """A browser that shows each page as it is printed."""
    sign_in(page.context, applicant)
    page.emulate_media(media="print")
    return page


def address(name: str, granted: Application) -> str:
    arguments: dict[str, list[Any]] = {
        "application": [granted.key],
        "letter": [granted.key, granted.dossier.letters.get(kind="granted").pk],
        "exemption_proof": [granted.exemptions.get().pk],
    }
    return reverse(name, args=arguments.get(name, []))


@pytest.mark.parametrize(
    "name", ["my_applications", "application", "letter", "my_exemptions", "exemption_proof", "my_letters"]
)
def test_a_page_prints_without_menus_and_buttons(printed: Page, granted: Application, name: str) -> None:
    printed.goto(address(name, granted))

    for left_out in printed.locator("nav, footer, form, .loket-button").all():
        expect(left_out).to_be_hidden()
    expect(printed.get_by_role("heading", level=1)).to_be_visible()
    assert printed.pdf().startswith(b"%PDF")


def test_what_is_folded_away_on_the_screen_is_on_paper(printed: Page, granted: Application) -> None:
    printed.goto(address("application", granted))

    folded = printed.locator("details:not([open]) dd").first
    assert folded.evaluate("element => element.getBoundingClientRect().height") > 0


def test_the_answer_about_a_vehicle_is_short(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}{reverse('access_check')}")
    page.get_by_label("Kenteken", exact=True).fill("TRU-01-E")
    page.get_by_role("button", name="Controleren").click()
    expect(page).to_have_url(f"{live_server.url}{reverse('access_answer')}")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Welke ontheffing past bij dit voertuig?")).to_be_visible()
    expect(page.locator(".loket-cards--brief .loket-card").first).to_be_visible()
    expect(page.locator(".loket-cards--brief details").first).to_be_hidden()
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2


def test_the_proof_has_its_code_on_one_sheet(printed: Page, granted: Application) -> None:
    printed.goto(address("exemption_proof", granted))

    code = printed.get_by_role("img", name="QR-code")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.naturalWidth") > 0
    assert printed.pdf(format="A4").count(b"/Type /Page\n") == 1
