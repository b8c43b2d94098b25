"""How many vehicles at once, and in a fleet: policy says, and the sentence names the number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Policy
from exemptions.models import Applicant, FleetBatch, Vehicle
from tests.portal.fleet.conftest import Paste
from tests.portal.fleet.test_sheets import upload

PLATES = "VAN01E\nVAN02E\nVAN03E"


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
