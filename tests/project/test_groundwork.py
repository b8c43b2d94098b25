"""Each test finds what its fixtures make, though this is made once and the test before it changed everything."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from exemptions.models import Application
from tests import given

pytestmark = pytest.mark.django_db  # one worker takes them in this order

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)
MADE: list[Application] = []


@pytest.fixture
def application(applicant: User, caseworker: User, time_machine: Any) -> Application:
    """Handled since Monday."""
    time_machine.move_to(MONDAY, tick=False)
    made = given.taken_up(by=applicant, desk=caseworker)
    MADE.append(made)
    return made


@pytest.fixture
def parties(applicant: User) -> dict[str, User]:
    return {"by": applicant}


@pytest.mark.parametrize("place", [1, 2, 3])
def test_it_is_made_once_and_each_test_finds_it_as_it_was(application, applicant, caseworker, time_machine, place):
    assert len(MADE) == 1
    assert (application.status, application.owner.name, timezone.now()) == ("in_review", "Anna de Bakker", MONDAY)
    assert Application.objects.get().dossier.events.count() == 2
    assert application is not MADE[0]

    application.withdraw(by=applicant)
    applicant.name = "Iemand anders"
    applicant.save()
    time_machine.move_to(datetime(2027, 1, 1, tzinfo=UTC))


def test_the_same_person_is_one_object_in_all_that_the_fixtures_made(parties, applicant):
    assert parties["by"] is applicant


def test_who_does_not_ask_for_it_does_not_find_it(applicant, time_machine):
    assert not Application.objects.exists()
    assert timezone.now() != MONDAY


@pytest.mark.django_db(transaction=True)
def test_beneath_real_transactions_lies_nothing(application):
    assert not connection.in_atomic_block
    assert Application.objects.get().pk == application.pk


def test_nor_does_anything_stay_of_them(applicant):
    assert connection.in_atomic_block
    assert User.objects.get(is_staff=False) == applicant
    assert not Application.objects.exists()
