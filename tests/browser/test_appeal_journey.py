"""Appeals: one that the court upholds, with papers to and fro; and one that is taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from exemptions.models import Ground
from objections.models import Appeal
from tests import contest, given
from tests.browser import objecting
from tests.browser.journeys import (
    BrowserFor,
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
)
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
COURT, NUMBER = "Rechtbank Gelderland", "ARN 26/1234"
JUDGMENT = "Het college had de ontheffing moeten geven."


@pytest.fixture
def lost(rejected, applicant, objection_officer):
    """An objection that was declared unfounded."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    return contest.unfounded(objection, by=objection_officer)


@pytest.fixture
def desk(lost, browser_for: BrowserFor, objection_officer) -> Page:
    return browser_for(objection_officer)


@pytest.fixture
def portal(lost, browser_for: BrowserFor, applicant) -> Page:
    return browser_for(applicant)


def test_the_court_grants_what_we_refused(lost, desk, portal):
    register(desk, lost)
    open_from(desk, "Stukken te sturen", Appeal.objects.get().dossier)
    take(
        desk, "Stukken naar de rechter noteren", {"Titel van het stuk": "Verweerschrift", "Bestand": pdf("verweer.pdf")}
    )
    sound(desk, "bij de rechter")
    reads(desk, "Verweerschrift", "verweer.pdf")
    objecting.open_case(portal, lost)
    reads(portal, COURT, NUMBER)
    grant_as_judged(desk, lost.application)

    application = lost.application
    portal.goto(reverse("application", args=[application.key]))
    sound(portal, str(application.kind))
    reads(portal, "toegekend na de uitspraak van de rechter", "dit besluit geldt")
    read_letter(portal, application, "judgment_granted", application.decisions.standing().get().reference)
    objecting.open_case(portal, lost)
    reads(portal, JUDGMENT, "heeft die op")
    expect(portal.get_by_role("main")).not_to_contain_text("ongegrond: ons besluit blijft gelden")
    portal.goto(reverse("verify_reference", args=[application.decisions.standing().get().reference]))
    portal.get_by_label("Kenteken").fill(application.plate)
    portal.get_by_role("button", name="Controleren").click()
    sound(portal, "Geldig")


def test_an_appeal_is_taken_back(lost, desk, portal):
    register(desk, lost)
    take(desk, "Intrekking noteren", {"Ingetrokken op": timezone.localdate(), "Wat erover is gezegd": "Bus verkocht."})
    sound(desk, "ingetrokken")

    objecting.open_case(portal, lost)

    reads(portal, COURT, "ingetrokken")
    assert lost.application.decisions.standing().get() == lost.decision


def register(page: Page, objection) -> None:
    """As the court reports it, from the page of the objection."""
    page.goto(pages.case(objection))
    click(page, "Beroep registreren")
    sound(page, "Beroep registreren")
    today = timezone.localdate()
    fill(page, {"Rechter": COURT, "Zaaknummer": NUMBER, "Ingesteld op": today, "Door de rechtbank verstuurd op": today})
    click(page, "Registreren")
    sound(page, f"Beroep {objection.dossier}")
    reads(page, COURT, NUMBER)


def grant_as_judged(page: Page, application) -> None:
    click(page, "Uitspraak: gegrond, wij kennen toe")
    sound(page, "Uitspraak: gegrond, wij kennen toe")
    labelled(page, "Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    judged = {"Datum uitspraak": timezone.localdate(), "Wat de rechter heeft beslist": JUDGMENT}
    fill(page, {**judged, "Laatste dag van de ontheffing": given.working_day(200)})
    look_and_send(page, words=str(application.dossier))
    sound(page, "gegrond")
