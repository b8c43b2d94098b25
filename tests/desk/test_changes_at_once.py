"""Two people publish at once: what holds is written once, and nobody writes over what they have not seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from casework.models import Policy, ReferenceChange
from casework.steps import StepRefused
from casework.versions import publishing
from tests.cast import staff
from tests.desk.changes import proposed
from tests.locks import wait_until_blocked
from zesportal.versions.subjects import SUBJECTS

pytestmark = pytest.mark.django_db(transaction=True)


def publish(change, person):
    """Publish in a thread of its own, so with a connection of its own."""
    try:
        publishing.publish_change(SUBJECTS[change.model].versioned, change, by=person)
    except StepRefused:
        return "refused"
    finally:
        connection.close()
    return "published"


def at_once(changes, people, *, row):
    """Let all of them come to the lock of a row before any goes on."""
    with ThreadPoolExecutor(len(people)) as desk:
        with transaction.atomic():
            type(row).objects.select_for_update().get(pk=row.pk)
            tried = [desk.submit(publish, *one) for one in zip(changes, people, strict=True)]
            wait_until_blocked(len(people))
        return sorted(attempt.result() for attempt in tried)


@pytest.fixture
def people(other_administrator):
    return [other_administrator, staff("Cor Beheerder", "administrator")]


def test_of_two_who_publish_one_change_one_does(as_administrator, people):
    change = proposed(as_administrator, Policy.objects.get(name="completion_days"), value="30")

    assert at_once([change, change], people, row=change) == ["published", "refused"]
    assert Policy.objects.filter(name="completion_days").count() == 2


def test_of_two_changes_of_one_row_one_is_published(as_administrator, people):
    row = Policy.objects.get(name="completion_days")
    changes = [proposed(as_administrator, row, value=value) for value in ("28", "30")]

    assert at_once(changes, people, row=row) == ["published", "refused"]
    assert Policy.objects.filter(name="completion_days").count() == 2
    assert ReferenceChange.objects.open().count() == 1
