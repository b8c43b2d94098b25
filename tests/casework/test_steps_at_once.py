"""Two people take a step in the same case at once: one wins, the other gets a message and changes nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_fsm import TransitionNotAllowed

from casework.models import Event
from exemptions.models import Application
from tests.locks import wait_until_blocked

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_wins_and_the_other_changes_nothing(application, caseworker, other_caseworker):
    people = [caseworker, other_caseworker]
    with ThreadPoolExecutor(2) as desk:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=application.pk)
            tried = [desk.submit(take_up, as_stored(application), person) for person in people]
            wait_until_blocked(2)
        outcomes = [attempt.result() for attempt in tried]

    assert sorted(outcomes) == ["lost", "won"]
    winner = people[outcomes.index("won")]
    assert as_stored(application).assigned_to == winner
    assert [(event.step, event.by) for event in Event.objects.of(application)] == [("take_up", winner)]


@pytest.mark.django_db(transaction=True)
def test_who_comes_first_is_served_first(application, caseworker, other_caseworker):
    with ThreadPoolExecutor(2) as desk:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=application.pk)
            first = desk.submit(take_up, as_stored(application), caseworker)
            wait_until_blocked(1)
            second = desk.submit(take_up, as_stored(application), other_caseworker)
            wait_until_blocked(2)
        assert (first.result(), second.result()) == ("won", "lost")

    assert as_stored(application).assigned_to == caseworker


def as_stored(application):
    return Application.objects.get(pk=application.pk)


def take_up(application, person):
    """Take the step on a copy that was read before; in a thread of its own, so with a connection of its own."""
    try:
        application.take_up(by=person)
    except TransitionNotAllowed:
        return "lost"
    finally:
        connection.close()
    return "won"
