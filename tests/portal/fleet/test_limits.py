"""How many vehicles at once, and in a fleet: policy says, and the sentence names the number."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Policy
from exemptions.intake import drafts
from exemptions.models import Applicant, Application, DayUse, FleetBatch, FleetRow, Status, Vehicle
from tests import given
from tests.portal.fleet.conftest import Paste
from tests.portal.fleet.days import ask
from tests.portal.fleet.many import confirm, look
from tests.portal.fleet.test_sheets import upload

PLATES = "VAN01E\nVAN02E\nVAN03E"


def bare(page: str) -> str:
    """Without the token of the form."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page)


def allow(name: str, number: int) -> None:
    Policy.objects.filter(name=name).update(value=number)


@pytest.mark.parametrize("sent", [{"plates": PLATES}, {"file": upload(PLATES.encode(), "wagenpark.csv")}])
def test_a_list_that_is_too_long(as_applicant: Client, organisation: Applicant, sent: dict[str, Any]) -> None:
    allow("fleet_list_max", 2)

    page = as_applicant.post(reverse("fleet_add"), sent).content.decode()

    assert "meer dan 2 voertuigen" in page
    assert not FleetBatch.objects.exists()


def test_a_fleet_that_is_full(as_applicant: Client, paste: Paste) -> None:
    allow("fleet_vehicles_max", 2)
    batch = paste(PLATES)

    page = as_applicant.post(reverse("fleet_batch", args=[batch.key]), {"keep": "1"}, follow=True).content.decode()

    assert "hoogstens 2 voertuigen" in page
    assert not Vehicle.objects.exists()


def test_too_many_to_apply_for(as_applicant: Client, fleet: Callable[[str], list[Vehicle]]) -> None:
    allow("fleet_apply_max", 2)
    ticked = [one.pk for one in fleet(PLATES)]

    page = as_applicant.post(reverse("fleet_file"), {"vehicle": ticked}, follow=True).content.decode()

    assert "voor 2 voertuigen" in page
    assert not FleetBatch.objects.filter(purpose="file").exists()


def test_a_list_is_filed_whatever_drafts_there_are(lasting: FleetBatch, as_applicant: Client, applicant: User) -> None:
    drafts.start_draft(by=applicant)
    allow("drafts_max", 1)
    allow("draft_megabytes_max", 0)

    confirm(as_applicant, lasting)

    assert Application.objects.filter(status=Status.SUBMITTED).count() == 3


def test_day_exemptions_are_asked_for_so_many_vehicles_and_the_others_say_why(
    days: FleetBatch, as_applicant: Client
) -> None:
    allow("day_vehicles_max", 2)

    page = look(as_applicant, days)
    assert "Voor 2 voertuigen kunt u aanvragen." in page
    assert "hoogstens 2 verschillende voertuigen" in page
    confirm(as_applicant, days)

    assert DayUse.objects.count() == 2


def test_a_fleet_that_the_desk_knows_asks_for_all(
    days: FleetBatch, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    given.granted(by=applicant, desk=caseworker)
    allow("day_vehicles_max", 1)

    confirm(as_applicant, days)

    assert DayUse.objects.count() == 3


def test_what_somebody_else_has_for_a_plate_shows_only_once_it_is_filed(
    days: FleetBatch, as_applicant: Client, stranger: User
) -> None:
    before = look(as_applicant, days)
    ask(stranger, "VAN01E")

    assert bare(look(as_applicant, days)) == bare(before)
    confirm(as_applicant, days)

    refused = FleetRow.objects.get(batch=days, plate="VAN01E")
    assert (refused.state, "iemand anders" in refused.problem) == (FleetRow.State.SKIPPED, True)
