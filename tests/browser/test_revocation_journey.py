"""An exemption is revoked: a view is asked and given, one proposes, a colleague approves, the holder reads it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from exemptions.models import Ground
from tests import given
from tests.browser.journeys import click, fill, look_and_send, read_letter, reads, sound, take_with_letter
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
FOUND, SAID, WHY = "Het voertuig is op 1 maart verkocht.", "Ik heb de bus nog.", "De koper heeft de bus op naam."


@pytest.fixture
def granted(live_server, applicant, caseworker):
    return given.granted(by=applicant, desk=caseworker)


def test_from_what_was_found_by_the_view_to_the_letter(granted, browser_for, applicant, caseworker, other_caseworker):
    portal, desk, colleague = browser_for(applicant), browser_for(caseworker), browser_for(other_caseworker)
    desk.goto(pages.case(granted))
    desk.get_by_text("Meer stappen").click()
    take_with_letter(desk, "Zienswijze over een wijziging vragen", {"Wat u vond, en waar": FOUND}, words=FOUND)

    portal.goto(reverse("application", args=[granted.key]))
    portal.get_by_role("link", name="Geef uw reactie").first.click()
    fill(portal, {"Uw reactie": SAID})
    click(portal, "Versturen")

    desk.goto(pages.case(granted))
    desk.get_by_text("Meer stappen").click()
    click(desk, "Intrekking voorstellen")
    reads(desk, SAID)
    reason = Ground.objects.get(code="vehicle_gone")
    desk.get_by_label("Grond").select_option(str(reason.pk))
    fill(desk, {"Toelichting in de brief": WHY})
    sound(desk, "Intrekking voorstellen")
    look_and_send(desk, words=WHY, button="Intrekking voorstellen")

    colleague.goto(pages.case(granted))
    click(colleague, "Wijziging goedkeuren")
    look_and_send(colleague, words=WHY)

    portal.goto(reverse("application", args=[granted.key]))
    sound(portal, str(granted.kind))
    read_letter(portal, granted, "exemption_revoked", WHY)
    expect(portal.get_by_role("main")).to_contain_text("trekken uw ontheffing in")
