"""A fleet to work with."""

from collections.abc import Callable

import pytest

from accounts.models import User
from exemptions.fleet import adding, pasted
from exemptions.models import Applicant, FleetBatch, Vehicle

Paste = Callable[[str], FleetBatch]


@pytest.fixture
def paste(organisation: Applicant, applicant: User) -> Paste:
    """A list that was pasted, with its answers: `paste("VAN01E")`."""

    def send(text: str) -> FleetBatch:
        batch = adding.begin(organisation, pasted.read(text), by=applicant)
        adding.look_up(batch, seconds=30)
        return batch

    return send


@pytest.fixture
def fleet(paste: Paste, applicant: User, organisation: Applicant) -> Callable[[str], list[Vehicle]]:
    """Vehicles in the fleet: `fleet("VAN01E VAN02E")`."""

    def keep(text: str) -> list[Vehicle]:
        adding.keep(paste(text), by=applicant)
        return list(organisation.vehicles.order_by("plate"))

    return keep
