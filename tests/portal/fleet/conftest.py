"""A fleet to work with."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from exemptions.fleet import paste_parser, vehicle_batch
from exemptions.models import Applicant, FleetBatch, Vehicle
from tests.portal.fleet.many import OLD, Fleet, begin, fill_days, fill_kind

Paste = Callable[[str], FleetBatch]


@pytest.fixture(autouse=True)
def in_2026(time_machine: Any) -> None:
    """What vehicles may do changes with the year: these tests are about November 2026."""
    time_machine.move_to(datetime(2026, 11, 16, 10, tzinfo=UTC))


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Whatever language the page of an earlier test left behind."""
    with override("nl"):
        yield


@pytest.fixture
def paste(organisation: Applicant, applicant: User) -> Paste:
    """A list that was pasted, with its answers: `paste("VAN01E")`."""

    def send(text: str) -> FleetBatch:
        batch = vehicle_batch.begin_batch(organisation, paste_parser.read_paste(text, most=100), by=applicant)
        vehicle_batch.look_up(batch, seconds=30)
        return batch

    return send


@pytest.fixture
def fleet(paste: Paste, applicant: User, organisation: Applicant) -> Callable[[str], list[Vehicle]]:
    """Vehicles in the fleet: `fleet("VAN01E VAN02E")`."""

    def keep(text: str) -> list[Vehicle]:
        vehicle_batch.keep_vehicles(paste(text), by=applicant)
        return list(organisation.vehicles.order_by("plate"))

    return keep


@pytest.fixture
def days(fleet: Fleet, as_applicant: Client) -> FleetBatch:
    """Three vehicles, a day exemption for each; only to be confirmed."""
    batch = begin(as_applicant, fleet(OLD), "DAG")
    fill_days(as_applicant, batch)
    return batch


@pytest.fixture
def lasting(fleet: Fleet, as_applicant: Client) -> FleetBatch:
    """Three vehicles, an exemption for long; only to be confirmed."""
    batch = begin(as_applicant, fleet(OLD), "LEV")
    fill_kind(as_applicant, batch)
    return batch
