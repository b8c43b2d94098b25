"""A refused applicant objects and is right; one who is late has a good reason for it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from exemptions.models import Ground
from tests import given
from tests.browser import objecting
from tests.browser.journeys import (
    click,
    fill,
    labelled,
    look_and_send,
    open_from,
    pdf,
    read_letter,
    reads,
    sound,
    take,
    take_with_letter,
)
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)


def test_objecting_and_being_right(rejected, browser_for, applicant, objection_officer):
    old = rejected.decisions.get().reference
    portal, desk = browser_for(applicant), browser_for(objection_officer)
    objecting.begin(portal, rejected)
    objecting.save_for_later(portal)
    objecting.go_on(portal)
    objection = objecting.send(portal)

    open_from(desk, "Te toetsen", objection)
    take(desk, "In behandeling nemen als ontvankelijk")
    take_with_letter(desk, "Hoorzitting aanbieden", words="hoorzitting")
    need_no_hearing(portal, objection)
    desk.goto(pages.case(objection))
    take(desk, "Afzien van horen")
    uphold(desk, rejected)

    see_what_was_granted(portal, rejected)
    read_letter(portal, rejected, "objection_upheld", "U had gelijk over uw bus.")
    new = rejected.decisions.standing().get().reference
    verify(browser_for(), rejected.plate, {old: "Niet meer geldig", new: "Geldig"})


def need_no_hearing(page: Page, objection) -> None:
    """It is listed among the things to do; a page, two choices."""
    page.goto(reverse("my_applications"))
    page.get_by_role("link", name="Antwoorden over de hoorzitting").click()
    sound(page, "Wilt u een hoorzitting?")
    fill(page, {"Nee, een hoorzitting is niet nodig": True})
    page.get_by_role("button", name="Versturen").click()
    reads(page, "Wij hebben uw antwoord over de hoorzitting")


def uphold(page: Page, application) -> None:
    click(page, "Gegrond verklaren")
    sound(page, "Gegrond verklaren")
    labelled(page, "Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    fill(page, {"Laatste dag van de ontheffing": given.working_day(200), "Motivering": "U had gelijk over uw bus."})
    look_and_send(page, words="U had gelijk over uw bus.")
    sound(page, "gegrond")


def see_what_was_granted(page: Page, application) -> None:
    page.goto(reverse("my_applications"))
    reads(page, "toegekend na uw bezwaar")
    page.goto(reverse("application", args=[application.key]))
    sound(page, str(application.kind))
    reads(page, "toegekend na uw bezwaar", "dit besluit geldt")


def verify(page: Page, plate: str, references: dict[str, str]) -> None:
    """Anybody types the reference of a letter and the plate of the vehicle."""
    for reference, answer in references.items():
        page.goto(reverse("verify"))
        page.get_by_label("Kenmerk op de brief").fill(reference)
        page.get_by_label("Kenteken").fill(plate)
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(answer)
    sound(page, answer)


# --- Too late, by post ------------------------------------------------------------------------------------


@pytest.fixture
def rejected_long_ago(live_server, days_later, applicant, caseworker, other_caseworker):
    """The last day to object has passed."""
    days_later(-70)
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    days_later(70)
    return rejected


def test_a_late_letter_is_excused_with_reasons(rejected_long_ago, browser_for, applicant, objection_officer):
    portal, desk = browser_for(applicant), browser_for(objection_officer)
    register(desk, rejected_long_ago)
    take_with_letter(desk, "Vragen om herstel", words="waarom het te laat kwam")
    answer(portal, "Ik lag vijf weken in het ziekenhuis.")

    objection = rejected_long_ago.decisions.get().objections.get()
    open_from(desk, "Te toetsen", objection)
    reads(desk, "Ik lag vijf weken in het ziekenhuis.")
    excuse = {"Er was een goede reden": True, "Waarom het verschoonbaar is": "Er is een brief van het ziekenhuis."}
    take(desk, "In behandeling nemen als ontvankelijk", excuse)

    sound(desk, "ontvankelijk, in behandeling")
    reads(desk, "Er is een brief van het ziekenhuis.")
    objecting.open_case(portal, objection)
    reads(portal, "Een medewerker die het besluit niet heeft genomen, bekijkt uw bezwaar.")


def register(page: Page, application) -> None:
    """What the post brought, from the page of the application."""
    page.goto("/loket/")
    page.get_by_label("Nummer, kenteken").fill(str(application))
    page.get_by_role("button", name="Zoeken").click()
    click(page, "Bezwaar registreren")
    sound(page, "Bezwaar registreren")
    fill(page, {"Ontvangen": timezone.localdate(), "Scan en andere bestanden": pdf("brief.pdf")})
    fill(page, {"Gronden": "Zie de scan.", "Het is ondertekend": True})
    click(page, "Registreren")
    sound(page, "ontvangen, te toetsen")
    reads(page, "Het kwam te laat: beoordeel of dat verschoonbaar is")


def answer(page: Page, words: str) -> None:
    """The objector is asked, and answers."""
    page.goto(reverse("my_applications"))
    sound(page, "Mijn aanvragen")
    page.get_by_role("link", name="Aanvullen wat ontbreekt").click()
    sound(page, "Aanvullen wat ontbreekt")
    fill(page, {"Uw antwoord": words})
    page.get_by_role("button", name="Versturen").click()
    reads(page, "Wij hebben uw antwoord en gaan verder met uw bezwaar.")
