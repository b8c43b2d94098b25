"""A late decision: told so by letter, counted in euros, decided after all, and the penalty set and paid for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

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
A_DAY, MOST = 23, "€\N{NO-BREAK SPACE}1.442"


def euros(days: int) -> str:
    """What a number of days of the first two weeks cost."""
    return f"€\N{NO-BREAK SPACE}{days * A_DAY}"


@pytest.fixture
def overdue(live_server, days_later, applicant, caseworker):
    """Handled for a hundred days, and not decided."""
    days_later(-100)
    application = given.taken_up(by=applicant, desk=caseworker)
    days_later(100)
    return application


def test_from_the_notice_to_the_penalty(overdue, browser_for, applicant, caseworker):
    desk = browser_for(caseworker)
    two_weeks_over = given.working_day(-6)
    days = (timezone.localdate() - two_weeks_over).days
    note_the_notice(desk, overdue, received=two_weeks_over - timedelta(weeks=2))
    see_the_money(desk, overdue, euros(days))
    grant(desk, overdue)
    open_from(desk, "Dwangsommen vast te stellen", overdue)
    # The day on which we decide costs nothing any more.
    explained = {"Toelichting in de brief": "Wij waren te laat."}
    take_with_letter(desk, "Dwangsom vaststellen", explained, words=euros(days - 1))

    assert DefaultNotice.objects.get().amount_eur == (days - 1) * A_DAY
    portal = browser_for(applicant)
    portal.goto(reverse("application", args=[overdue.key]))
    sound(portal, str(overdue.kind))
    reads(portal, euros(days - 1))
    read_letter(portal, overdue, "penalty_set", "Wij waren te laat.")


def note_the_notice(page: Page, application, *, received: date) -> None:
    """It came in so long ago that some days cost money by now."""
    open_from(page, "Te laat", application)
    page.get_by_text("Meer stappen").click()
    click(page, "Ingebrekestelling noteren")
    sound(page, "Ingebrekestelling noteren")
    fill(page, {"Ontvangen": received})
    look_and_send(page, words="dwangsom")
    sound(page, str(application))


def see_the_money(page: Page, application, amount: str) -> None:
    """On the list of what runs, and in the head of the case."""
    page.goto("/loket/")
    page.get_by_role("link", name="Lopende dwangsommen").first.click()
    sound(page, "Lopende dwangsommen")
    row = page.get_by_role("row", name=str(application))
    expect(row).to_contain_text(amount)
    expect(row).to_contain_text(MOST)
    row.get_by_role("link").click()
    reads(page, "Ingebrekestelling:", amount)


def grant(page: Page, application) -> None:
    click(page, "Toekennen")
    labelled(page, "Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    fill(page, {"Laatste dag van de ontheffing": given.working_day(200)})
    look_and_send(page, words=str(application))
    sound(page, "toegekend")
