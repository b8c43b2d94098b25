"""A case from the worklist to its letter, with the applicant on the other side, in two real browsers."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exemptions.models import Ground
from tests import given
from tests.browser.journeys import browser_of, click, fine, look_and_send, open_from, pdf, read_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application(live_server, applicant):
    """Sent just now, by the applicant."""
    return given.filed(by=applicant)


@pytest.fixture
def desk(page: Page, sign_in, caseworker) -> Page:
    """The browser of the caseworker."""
    sign_in(page.context, caseworker)
    return page


@pytest.fixture
def portal(browser, browser_context_args, base_url, sign_in, applicant) -> Iterator[Page]:
    """The browser of the applicant."""
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(sign_in, user=applicant)) as page:
        yield page


@pytest.fixture
def second_desk(browser, browser_context_args, base_url, sign_in, other_caseworker) -> Iterator[Page]:
    """The browser of the second pair of eyes."""
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(sign_in, user=other_caseworker)) as page:
        yield page


def take_up(page: Page, application) -> None:
    open_from(page, "Nieuw", application)
    click(page, "In behandeling nemen")
    fine(page, "in behandeling")


def ask_for_the_first_item(page: Page) -> None:
    """Judge it insufficient; then the request is filled in already."""
    page.get_by_label("Niet voldoende, omdat").first.fill("De handtekening ontbreekt.")
    page.get_by_role("button", name="Niet voldoende").first.click()
    click(page, "Aanvulling vragen")
    fine(page, "Aanvulling vragen")
    look_and_send(page, words="De handtekening ontbreekt.")
    fine(page, "wacht op de aanvrager")


def answer(page: Page) -> None:
    """The applicant sees what is asked, adds a file and sends."""
    page.goto(reverse("my_applications"))
    fine(page, "Mijn aanvragen")
    page.get_by_role("link", name="Vul de aanvraag aan").click()
    expect(page.get_by_role("main")).to_contain_text("De handtekening ontbreekt.")
    page.get_by_label("Bestanden kiezen").set_input_files(pdf("contract.pdf"))
    page.get_by_label("Uw uitleg").fill("Nu met handtekening.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("Dank u wel. Wij hebben uw antwoord.")).to_be_visible()


def grant(page: Page, application) -> None:
    click(page, "Toekennen")
    fine(page, "Toekennen")
    page.get_by_label("Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    page.get_by_label("Laatste dag van de ontheffing").fill(given.working_day(200).isoformat())
    page.get_by_label("Toelichting in de brief").fill("Uw contract is in orde.")
    look_and_send(page, words="Uw contract is in orde.")
    fine(page, "toegekend")


def propose_rejection(page: Page, application) -> None:
    click(page, "Afwijzing voorstellen")
    fine(page, "Afwijzing voorstellen")
    page.get_by_label("Grond").select_option(str(given.ground(Ground.Outcome.REJECT, application).pk))
    page.get_by_label("Toelichting in de brief").fill("Het bestelde voertuig stoot nog uit.")
    look_and_send(page, words="Het bestelde voertuig stoot nog uit.", button="Afwijzing voorstellen")
    fine(page, "wacht op een tweede beoordelaar")


def test_from_the_worklist_by_a_request_to_a_granted_letter(desk, portal, application):
    take_up(desk, application)
    ask_for_the_first_item(desk)
    answer(portal)
    open_from(desk, "Beantwoord", application)
    expect(desk.get_by_role("main")).to_contain_text("Nu met handtekening.")
    grant(desk, application)
    read_letter(portal, application, "granted", "Uw contract is in orde.")


def test_to_a_rejected_letter_by_two_pairs_of_eyes(desk, second_desk, portal, application):
    take_up(desk, application)
    propose_rejection(desk, application)
    expect(desk.get_by_role("link", name="Goedkeuren en afwijzen")).to_have_count(0)

    open_from(second_desk, "Wacht op een tweede beoordelaar", application)
    click(second_desk, "Goedkeuren en afwijzen")
    look_and_send(second_desk, words="Het bestelde voertuig stoot nog uit.")
    fine(second_desk, "afgewezen")
    read_letter(portal, application, "rejected", "Het bestelde voertuig stoot nog uit.")


def test_the_letter_opens_as_pdf_beside_the_case(desk, application):
    open_from(desk, "Nieuw", application)
    letter = application.dossier.letters.get(kind="receipt")

    desk.locator("summary").filter(has_text=letter.subject).click()
    with desk.expect_response(lambda response: "/letter/" in response.url) as opened:
        desk.get_by_role("link", name=f"toon de PDF {letter.subject}").click()

    assert opened.value.headers["content-type"] == "application/pdf"
    assert opened.value.ok
