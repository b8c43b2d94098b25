"""The main pages without JavaScript: they say what they are, and their forms lead on."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from exemptions.models import Ground
from tests import given
from tests.browser.journeys import LOOK, browser_of, click
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = {"java_script_enabled": False}


@pytest.fixture
def browsers(browser, browser_context_args, base_url):
    """Opens a browser without scripts: `browsers(enter)`."""
    options = {**browser_context_args, "base_url": base_url, **PLAIN}
    return lambda enter: browser_of(browser, options, enter)


@pytest.fixture
def visitor(browsers) -> Iterator[Page]:
    with browsers(lambda context: None) as page:
        yield page


@pytest.fixture
def mine(browsers, sign_in, applicant) -> Iterator[Page]:
    with browsers(partial(sign_in, user=applicant)) as page:
        yield page


@pytest.fixture
def desk(browsers, sign_in, team_lead) -> Iterator[Page]:
    with browsers(partial(sign_in, user=team_lead)) as page:
        yield page


def heading(page: Page, address: str) -> str:
    """What an address opens with."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("name", ["home", "access_check", "verify", "apply_start", "privacy", "account_login"])
def test_a_public_page_says_what_it_is(visitor, name):
    assert heading(visitor, reverse(name))


def test_my_pages_say_what_they_are(mine, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    names = ("application", "supply", "withdraw", "dispute_facts", "receipt")
    addresses = [reverse("my_applications"), reverse("day_exemption"), reverse("representatives")]

    assert all(heading(mine, url) for url in (*addresses, *(reverse(name, args=[application.key]) for name in names)))


def test_the_answer_on_a_plate(visitor):
    visitor.goto(reverse("home"))
    visitor.get_by_label("Kenteken").fill("tru-01-e")
    visitor.get_by_role("button", name="Controleren").click()

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Mag TRU-01-E erin?")


def test_taking_an_application_back(mine, applicant):
    application = given.filed(by=applicant)
    mine.goto(reverse("application", args=[application.key]))
    mine.get_by_role("link", name="Aanvraag intrekken").first.click()
    mine.get_by_label("Ik wil deze aanvraag intrekken.").check()
    mine.get_by_role("button", name="Intrekken").click()

    expect(mine.get_by_role("main")).to_contain_text("ingetrokken")


def test_checking_a_decision(visitor, applicant, caseworker):
    granted = given.granted(by=applicant, desk=caseworker)
    visitor.goto(reverse("verify"))
    visitor.get_by_label("Kenmerk op de brief").fill(granted.decisions.get().reference.lower())
    visitor.get_by_label("Kenteken").fill(granted.plate)
    visitor.get_by_role("main").get_by_role("button").first.click()

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Geldig")


def test_the_figures(desk):
    assert heading(desk, reverse("statistics"))
    expect(desk.get_by_role("heading", name="Ontvangen aanvragen")).to_be_visible()


def test_a_grant_with_its_letter_first(desk, applicant, team_lead):
    application = given.judged(by=applicant, desk=team_lead)
    desk.goto(pages.worklist("mine"))
    desk.get_by_role("link", name=str(application)).click()
    click(desk, "Toekennen")
    desk.get_by_label("Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    desk.get_by_label("Laatste dag van de ontheffing").fill(given.working_day().isoformat())
    desk.get_by_label("Toelichting in de brief").fill("Langer hebt u de ontheffing niet nodig.")
    click(desk, LOOK)
    expect(desk.get_by_role("article")).to_be_visible()
    click(desk, "Versturen")

    expect(desk.get_by_role("heading", level=1)).to_contain_text("toegekend")
    assert application.exemptions.get().ends_on > timezone.localdate()
