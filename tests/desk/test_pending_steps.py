"""What a caseworker decided waits some minutes: its maker takes it back, and nothing was sent."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from casework.desk import pending_steps
from casework.desk.conflict import seen_now
from casework.models import Event, Letter, Message, PendingStep, Policy
from casework.tasks import carry_out_steps
from exemptions.models import Ground
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=11)


@pytest.fixture(autouse=True)
def ten_minutes():
    Policy.objects.filter(name="take_back_minutes").update(value=10)


@pytest.fixture(autouse=True)
def at_noon():
    """Well before midnight, whenever the tests run."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=True):
        yield noon


@pytest.fixture
def application(at_noon, applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


def reject(client, application, **fields):
    """The caseworker sends the rejection; the policy on second pairs is of another test."""
    ground = given.ground(Ground.Outcome.GRANT, application)
    today = timezone.localdate()
    typed = {"ground": ground.pk, "starts_on": today, "ends_on": today + timedelta(days=30), **fields}
    return pages.send(client, application, "grant", **typed)


def waiting(application):
    return PendingStep.objects.open().of(application).get()


def press(client, application, button, pending=None):
    pending = pending or waiting(application)
    address = reverse("admin:exemptions_application_pending", args=[application.pk, pending.pk])
    return client.post(address, {"action": button})


def traces():
    return Event.objects.count(), Letter.objects.count(), Message.objects.count()


# --- It waits -------------------------------------------------------------------------------------------


def test_nothing_happens_while_it_waits(as_caseworker, application):
    before = traces()

    answer = reject(as_caseworker, application, explanation="Goede reden.")

    assert answer.url == pages.case(application)
    assert traces() == before
    assert pages.status(application) == "in_review"
    assert carry_out_steps() == 0
