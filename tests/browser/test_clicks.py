"""How many clicks a decision costs from the open case: the browser counts them, the keyboard is left alone."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from exemptions.models import Application
from tests import axe, given
from tests.browser.journeys import browser_of, click
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
COUNTING = """addEventListener("click", (event) => {
  if (event.isTrusted && event.detail) sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1;
}, true);"""
"""A key that presses a button is no click: it has no detail."""


@pytest.fixture
def desk(browser, browser_context_args, base_url, live_server, sign_in, caseworker):
    """The browser of the caseworker, which counts."""
    options = {**browser_context_args, "base_url": base_url, "viewport": {"width": 1280, "height": 900}}
    with browser_of(browser, options, partial(sign_in, user=caseworker)) as page:
        page.context.add_init_script(COUNTING)
        yield page


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.clicks ?? 0"))


def send(page: Page) -> None:
    """Read the letter beside the form, and send it."""
    expect(page.get_by_role("article")).to_contain_text("geven")
    click(page, "Toekennen en versturen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("toegekend")


def status(application: Application) -> str:
    application.refresh_from_db()
    return str(application.status)


def test_one_item_of_proof_from_a_new_case_is_granted_in_four_clicks(desk, applicant):
    application = given.filed(by=applicant)
    application.evidence_items.filter(requirement__required=False).delete()
    desk.goto(pages.case(application))

    click(desk, "In behandeling nemen")
    desk.get_by_role("button", name=re.compile("^Akkoord")).click()
    expect(desk.get_by_text("alles beoordeeld")).to_be_visible()
    click(desk, "Toekennen")
    send(desk)

    assert (status(application), clicks(desk)) == ("granted", 4)


def test_six_items_of_proof_are_granted_in_seven_clicks_at_most(desk, applicant):
    application = given.filed(by=applicant, code="BEO")
    application.evidence_items.filter(requirement__required=False).delete()
    assert application.evidence_items.count() == 6
    desk.goto(pages.case(application))

    click(desk, "In behandeling nemen")
    for place in (1, 2):  # look at two of them, then accept all
        desk.get_by_role("link", name=re.compile("^toon")).nth(place).click()
    click(desk, "Alles akkoord (6)")
    expect(desk.get_by_text("alles beoordeeld")).to_be_visible()
    click(desk, "Toekennen")
    send(desk)

    assert status(application) == "granted"
    assert clicks(desk) <= 7


def test_with_keys_one_judges_item_after_item_without_a_click(desk, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, code="BEO")
    first, second, third, *_others = application.relevant_evidence
    desk.goto(pages.case(application))

    desk.keyboard.press("a")
    expect(desk.locator(f"#proof-{second.pk}")).to_be_focused()
    desk.keyboard.press("x")
    desk.keyboard.type("a: niet getekend")  # while somebody types, a key is a letter
    desk.keyboard.press("Enter")
    expect(desk.locator(f"#proof-{third.pk}")).to_be_focused()
    desk.keyboard.press("1")

    expect(desk.locator(f"#proof-{first.pk}")).to_be_focused()
    judged = {item.pk: (item.verdict, item.because) for item in application.evidence_items.exclude(verdict="")}
    assert judged == {first.pk: ("accepted", ""), second.pk: ("insufficient", "a: niet getekend")}
    assert clicks(desk) == 0


def test_the_letter_follows_and_a_block_goes_into_the_text(desk, applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)
    desk.goto(pages.step(application, "propose_rejection"))

    desk.get_by_role("button", name=re.compile("^kies Geen bestelling aangetoond")).click()
    desk.get_by_label("Toelichting in de brief").fill("Wij lazen uw stukken.")
    desk.get_by_text("Tekstblokken").click()
    desk.get_by_role("button", name=re.compile("^invoegen.*Offerte is geen bestelling")).click()

    expect(desk.get_by_role("article")).to_contain_text("Wij lazen uw stukken. U stuurde een offerte.")
    expect(desk.get_by_role("button", name=re.compile("^invoegen.*Nieuw voertuig komt erbij"))).to_be_hidden()
    assert axe.violations(desk) == []
