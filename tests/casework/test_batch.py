"""What steps write in a batch waits for the others, and nobody who asks in between misses it."""

import pytest
from django.db import transaction

from casework.batch import begin_batch, find_answer, insert_rows
from casework.models import Event
from tests import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(applicant, caseworker):
    return [given.taken_up(by=applicant, desk=caseworker, plate=plate) for plate in ("VX001Z", "VX002Z")]


def note(case) -> Event:
    event = Event(dossier=case.dossier, case_type=case.CASE_TYPE, case_id=case.pk, step="x", detail={})
    insert_rows(event)
    return event


def test_rows_are_written_together_at_the_end(cases, django_assert_num_queries):
    with django_assert_num_queries(2), begin_batch(cases):  # their keys, and the rows
        events = [note(case) for case in cases]

    assert list(Event.objects.filter(step="x").order_by("pk")) == events


def test_who_asks_in_between_finds_what_waits(cases):
    with begin_batch(cases):
        event = note(cases[0])
        assert Event.objects.get(step="x") == event


def test_after_an_error_nothing_was_written(cases):
    def fail():
        with transaction.atomic(), begin_batch(cases):
            note(cases[0])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Event.objects.filter(step="x").exists()


def test_what_was_read_ahead_is_answered_once(cases):
    asked = []

    def count(rows):
        asked.append(len(rows))
        return {row.pk: 1 for row in rows}

    with begin_batch(cases) as batch:
        batch.read_ahead(count, cases)
        answers = [find_answer(count, case) for case in (*cases, cases[0])]

    assert (asked, answers) == ([2, 1], [1, 1, 1])


def test_a_step_in_a_batch_writes_what_it_changed_of_its_case(cases, team_lead, other_caseworker):
    with transaction.atomic(), begin_batch(cases):
        for case in cases:
            case.assign(by=team_lead, to=other_caseworker)

    for case in cases:
        case.refresh_from_db()
        assert case.assigned_to == other_caseworker
