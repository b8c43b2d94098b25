"""A day exemption in a real browser, up to the limit of the year."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from casework.models import Policy
from exemptions.models import DayUse, Exemption
from tests import axe

SignIn = Callable[[BrowserContext, User], None]
MOST = 3
OLD_VAN = "VAN01E"


@pytest.fixture
def three_a_year(live_server: Any) -> None:
    """A smaller maximum than the real one: it is a setting."""
    Policy.objects.create(name="day_exemption_max", value=MOST, valid_from=timezone.localdate(), source="test")


@pytest.fixture
def mine(page: Page, sign_in: SignIn, applicant: User, three_a_year: None) -> Page:
    sign_in(page.context, applicant)
    return page


def days() -> list[date]:
    """Days within one calendar year, whatever the day on which this runs."""
    first = timezone.localdate() + timedelta(days=1)
    if first.year != (first + timedelta(days=MOST)).year:
        first += timedelta(days=MOST)
    return [first + timedelta(days=number) for number in range(MOST + 1)]


def fill(page: Page, day: date, *, plate: str = OLD_VAN) -> None:
    page.goto(reverse("day_exemption"))
    page.get_by_label("Kenteken", exact=True).fill(plate)
    page.get_by_label("In welke gemeente?").select_option("Utrecht")
    page.get_by_label("Op welke dag?").fill(day.isoformat())
    page.get_by_role("button", name="Verder").click()


def ask(page: Page, day: date) -> None:
    fill(page, day)
    page.get_by_role("button", name="Deze dagontheffing aanvragen").click()
    expect(page.get_by_role("heading", name="U hebt uw dagontheffing")).to_be_visible()


def test_up_to_the_limit(mine: Page) -> None:
    *possible, too_many = days()
    for number, day in enumerate(possible, start=1):
        ask(mine, day)
        assert DayUse.objects.count() == number

    fill(mine, too_many)

    expect(mine.get_by_text(f"U hebt alle {MOST} dagontheffingen voor dit voertuig").first).to_be_visible()
    expect(mine.get_by_text("Lange levertijd")).to_be_visible()
    expect(mine.get_by_label("Kenteken", exact=True)).to_have_value(OLD_VAN)
    assert axe.violations(mine) == []
    assert Exemption.objects.count() == MOST


def test_every_page_on_the_way_is_accessible_and_shows_no_plate_in_its_address(mine: Page) -> None:
    mine.goto(reverse("day_exemption"))
    assert axe.violations(mine) == []

    fill(mine, days()[0])
    expect(mine.get_by_role("button", name="Deze dagontheffing aanvragen")).to_be_visible()
    assert axe.violations(mine) == []
    assert OLD_VAN not in mine.url

    mine.get_by_role("button", name="Deze dagontheffing aanvragen").click()
    expect(mine.get_by_role("heading", name="U hebt uw dagontheffing")).to_be_visible()
    assert axe.violations(mine) == []
    assert OLD_VAN not in mine.url
    mine.get_by_role("link", name="QR-code").click()
    expect(mine.get_by_role("heading", name="Dit besluit is echt")).to_be_visible()
    assert axe.violations(mine) == []


def test_two_clicks_and_the_back_button_give_one_exemption(mine: Page) -> None:
    fill(mine, days()[0])
    mine.get_by_role("button", name="Deze dagontheffing aanvragen").dblclick()
    expect(mine.get_by_role("heading", name="U hebt uw dagontheffing")).to_be_visible()
    reached = mine.url

    fill(mine, days()[0])

    expect(mine).to_have_url(reached)
    assert Exemption.objects.count() == 1


def test_going_back_to_change_something_keeps_the_rest(mine: Page) -> None:
    fill(mine, days()[0])

    mine.get_by_role("button", name="Wijzigen").click()

    expect(mine.get_by_label("Kenteken", exact=True)).to_have_value(OLD_VAN)
    expect(mine.get_by_label("Op welke dag?")).to_have_value(days()[0].isoformat())


def test_a_vehicle_that_the_register_cannot_tell(mine: Page) -> None:
    fill(mine, days()[0], plate="VAN99E")
    expect(mine.get_by_text("Het kentekenregister geeft nu geen antwoord.")).to_be_visible()

    mine.get_by_label("bestelauto").check()
    mine.get_by_role("button", name="Verder").click()

    expect(mine.get_by_text("Wij konden het voertuig niet controleren")).to_be_visible()
    assert axe.violations(mine) == []


def test_it_works_without_javascript(
    browser: Browser, browser_context_args: dict[str, Any], sign_in: SignIn, applicant: User, three_a_year: None
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    sign_in(context, applicant)
    page = context.new_page()

    ask(page, days()[0])

    assert Exemption.objects.count() == 1
    context.close()
