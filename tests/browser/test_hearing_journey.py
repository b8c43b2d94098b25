"""A hearing: offered, wanted, planned, papers added, held with a report; then the decision stays."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests import contest
from tests.browser import objecting
from tests.browser.journeys import fill, pdf, read_letter, reads, sound, take, take_with_letter
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
PLACE, SAID, WHY = "Stadskantoor, kamer 3", "De indiener noemde het laadvermogen.", "Het register is duidelijk."


@pytest.fixture
def objection(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def test_from_the_offer_by_the_hearing_to_a_decision(objection, browser_for, days_later, applicant, objection_officer):
    portal, desk = browser_for(applicant), browser_for(objection_officer)
    desk.goto(pages.case(objection))
    take_with_letter(desk, "Hoorzitting aanbieden", words="hoorzitting")
    want_a_hearing(portal, objection)
    desk.goto(pages.case(objection))
    reads(desk, "Liefst in de ochtend.")
    take_with_letter(desk, "Hoorzitting plannen", {"Plaats": PLACE}, words=PLACE)
    add_papers(portal, objection)

    days_later((objection.current_hearing.day - timezone.localdate()).days + 1)
    desk = browser_for(objection_officer)
    desk.goto(pages.case(objection))
    reads(desk, "laadbrief.pdf")
    take(desk, "Verslag maken", {"ja": True, "Verslag": SAID})
    take_with_letter(desk, "Ongegrond verklaren", {"Motivering": WHY}, words=WHY)
    sound(desk, "ongegrond")

    read_the_decision(browser_for(applicant), objection)


def want_a_hearing(page: Page, objection) -> None:
    objecting.open_case(page, objection)
    page.get_by_role("link", name="Antwoorden over de hoorzitting").click()
    fill(page, {"Ja, ik wil een hoorzitting": True, "Is er iets dat wij moeten weten?": "Liefst in de ochtend."})
    page.get_by_role("button", name="Versturen").click()
    reads(page, "Wij hebben uw antwoord over de hoorzitting")


def add_papers(page: Page, objection) -> None:
    """The invitation says when, where, until when papers may come in, and from when the file can be inspected."""
    objecting.open_case(page, objection)
    reads(page, "hoorzitting gepland", PLACE, "Stukken toevoegen tot en met", "U kunt het dossier inzien vanaf")
    page.get_by_role("link", name="Stukken toevoegen").click()
    sound(page, "Stukken toevoegen aan uw bezwaar")
    fill(page, {"Bestanden kiezen": pdf("laadbrief.pdf")})
    page.get_by_role("button", name="Versturen").click()
    reads(page, "Uw stukken zitten in het dossier van uw bezwaar.", "laadbrief.pdf")


def read_the_decision(page: Page, objection) -> None:
    objecting.open_case(page, objection)
    reads(page, "ongegrond: ons besluit blijft gelden", "Bent u het er niet mee eens? Ga naar de rechter")
    page.get_by_text("Verslag van de hoorzitting").click()
    reads(page, SAID)
    read_letter(page, objection.application, "objection_unfounded", WHY)
    page.goto(reverse("application", args=[objection.application.key]))
    sound(page, str(objection.application.kind))
