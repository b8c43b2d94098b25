"""A late decision: told so by letter, counted in euros, decided after all, and the penalty set and paid for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from casework.models import DefaultNotice
from exemptions.models import Ground
from tests import given
from tests.browser.journeys import (
    click,
    fill,
    labelled,
    look_and_send,
    open_from,
    read_letter,
    reads,
    sound,
    take_with_letter,
)

pytestmark = pytest.mark.django_db(transaction=True)
EURO = "€\N{NO-BREAK SPACE}"


@pytest.fixture
def overdue(live_server, days_later, applicant, caseworker):
    """In hand for a hundred days, and not decided."""
    days_later(-100)
    application = given.taken_up(by=applicant, desk=caseworker)
    days_later(100)
    return application


def test_from_the_notice_to_the_penalty(overdue, browser_for, applicant, caseworker):
    desk = browser_for(caseworker)
    note_the_notice(desk, overdue)
    open_from(desk, "Lopende dwangsommen", overdue)
    reads(desk, "Ingebrekestelling:", f"{EURO}138")
    grant(desk, overdue)
    open_from(desk, "Dwangsommen vast te stellen", overdue)
    take_with_letter(
        desk, "Dwangsom vaststellen", {"Toelichting in de brief": "Wij waren te laat."}, words=f"{EURO}115"
    )

    assert DefaultNotice.objects.get().amount_eur == 115
    portal = browser_for(applicant)
    portal.goto(reverse("application", args=[overdue.key]))
    sound(portal, str(overdue.kind))
    reads(portal, f"{EURO}115")
    read_letter(portal, overdue, "penalty_set", "Wij waren te laat.")


def note_the_notice(page: Page, application) -> None:
    """It came in twenty days ago: six days cost money by now, and today does not once we decide today."""
    open_from(page, "Te laat", application)
    page.get_by_text("Meer stappen").click()
    click(page, "Ingebrekestelling noteren")
    sound(page, "Ingebrekestelling noteren")
    fill(page, {"Ontvangen": timezone.localdate() - timedelta(days=20)})
    look_and_send(page, words="dwangsom")
    sound(page, str(application))


def grant(page: Page, application) -> None:
    click(page, "Toekennen")
    labelled(page, "Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    fill(page, {"Laatste dag van de ontheffing": given.working_day(200)})
    look_and_send(page, words=str(application))
    sound(page, "toegekend")
