"""What a step reads of the reference rows is kept until one of them changes."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction

from casework import reference_cache
from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay, Policy, ReferenceVersion
from casework.reference_cache import read_once, reading_once
from tests import given

pytestmark = pytest.mark.django_db
DAY = date(2042, 5, 5)
KEPT = {
    "casework": ("EquatedDay", "LetterText", "Policy"),
    "exemptions": ("KindQuestion", "KindVersion"),
    "zones": ("AccessRule", "AutomaticExemption", "Municipality", "Zone"),
}
"""The tables that `read_once` is asked about."""


@pytest.fixture(autouse=True)
def kept(settings):
    """As it is outside the tests."""
    settings.REFERENCE_ANSWERS_KEPT = 500


def days_off() -> int:
    with reading_once():
        return len(EquatedDay.calendar().equated)


def version():
    return ReferenceVersion.objects.get().version


def test_the_next_step_asks_only_whether_something_changed(django_assert_num_queries):
    days_off()

    with django_assert_num_queries(1):
        days_off()


def test_a_change_is_seen_by_the_next_step():
    before = days_off()

    EquatedDay.objects.create(day=DAY, source="KB")

    assert days_off() == before + 1


def test_a_step_sees_one_state():
    with reading_once():
        before = EquatedDay.calendar()
        EquatedDay.objects.create(day=DAY, source="KB")

        assert EquatedDay.calendar() == before


def test_what_was_rolled_back_was_never_so():
    before = days_off()
    with transaction.atomic():
        EquatedDay.objects.create(day=DAY, source="KB")
        within = days_off()
        transaction.set_rollback(True)

    assert (within, days_off()) == (before + 1, before)


def test_another_change_after_a_rollback_has_a_name_of_its_own():
    with transaction.atomic():
        EquatedDay.objects.create(day=DAY, source="KB")
        first = version()
        transaction.set_rollback(True)

    EquatedDay.objects.create(day=DAY, source="KB")

    assert version() != first


def test_every_table_that_is_kept_tells_of_its_changes():
    for app, names in KEPT.items():
        for name in names:
            before, table = version(), apps.get_model(app, name)._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET id = id WHERE false")

            assert version() != before, table


def test_without_a_version_nothing_is_kept(django_assert_num_queries):
    days_off()
    ReferenceVersion.objects.all().delete()

    with django_assert_num_queries(2):
        days_off()
    with django_assert_num_queries(2):
        days_off()


def test_a_worker_that_asks_about_ever_other_days_stays_small(settings):
    settings.REFERENCE_ANSWERS_KEPT = 3
    for number in range(20):
        with reading_once():
            read_once(number, str)

    assert len(reference_cache.find_answers(reference_cache.ask_version())) <= 4


def test_a_setting_is_that_of_its_own_day():
    Policy.objects.create(name="completion_days", value=3, valid_from=DAY, source="Besluit")
    with reading_once():
        earlier, later = CurrentPolicy.on(given.kind().valid_from), CurrentPolicy.on(DAY)

    assert earlier.number("completion_days") != later.number("completion_days") == 3
