"""An objection without reasons: asked, reminded, lapsed by the clock, and declared inadmissible by a person."""

import pytest
from playwright.sync_api import Page

from objections import tasks
from objections.models import RepairRequest
from tests.browser import objecting
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
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Wij vroegen u om uw redenen, en kregen geen antwoord."


def test_silence_ends_in_a_decision_that_a_person_takes(
    rejected, browser_for, days_later, applicant, objection_officer
):
    portal, desk = browser_for(applicant), browser_for(objection_officer)
    objection = object_without_reasons(portal, rejected)
    open_from(desk, "Te toetsen", objection)
    take_with_letter(desk, "Vragen om herstel", words="de gronden")

    days_later(8)
    assert tasks.remind() == 1
    days_later(14)
    assert tasks.remind() == 1
    assert tasks.remind() == 0
    assert RepairRequest.objects.get().closed_on

    desk = browser_for(objection_officer)
    desk.goto(pages.case(objection))
    reads(desk, "Afgesloten zonder antwoord.")
    declare_inadmissible(desk)
    read_that_it_was_not_looked_at(browser_for(applicant), rejected, objection)


def object_without_reasons(page: Page, application):
    """There is little time: the reasons come later."""
    objecting.begin(page, application)
    fill(page, {"Ik stuur mijn redenen later.": True})
    objection = objecting.send(page)
    reads(page, "U hebt uw redenen nog niet gestuurd.")
    return objection


def declare_inadmissible(page: Page) -> None:
    click(page, "Niet-ontvankelijk verklaren")
    sound(page, "Niet-ontvankelijk verklaren")
    labelled(page, "Niet-ontvankelijk, omdat").select_option("not_repaired")
    fill(page, {"Motivering": WHY, "Geen hoorzitting, omdat": True})
    look_and_send(page, words=WHY)
    sound(page, "niet-ontvankelijk")


def read_that_it_was_not_looked_at(page: Page, application, objection) -> None:
    """What was decided, why, what happened, and how to appeal."""
    objecting.open_case(page, objection)
    reads(page, "niet-ontvankelijk: niet inhoudelijk bekeken", "niet compleet, ook niet na een kans")
    reads(
        page,
        "Bent u het er niet mee eens? Ga naar de rechter",
        "in beroep gaan bij de rechtbank",
        "Wij hebben een herinnering gestuurd",
    )
    read_letter(page, application, "objection_inadmissible", WHY)
    reads(page, "rechtbank")
