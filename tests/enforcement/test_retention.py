"""Questions of programs are kept for as long as the setting says, and no longer."""

from datetime import timedelta
from typing import Any

import pytest

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Policy
from enforcement.journal import KEPT_DAYS
from enforcement.models import EnforcementQuestion, MachineClient
from enforcement.tasks import drop_old_questions
from tests.enforcement.exempted import UTRECHT
from tests.looping import each

pytestmark = pytest.mark.django_db


def asked(machine: MachineClient, *, days_ago: int) -> EnforcementQuestion:
    """A question of some days ago."""
    moment = clock.now() - timedelta(days=days_ago)
    return EnforcementQuestion.objects.create(
        machine=machine, purpose="Camera", zone=UTRECHT, plates=[], asked_at=moment
    )


def test_what_was_kept_long_enough_is_removed_and_removing_again_changes_nothing(machine: MachineClient):
    days = CurrentPolicy.on(clock.today()).number(KEPT_DAYS)
    kept = asked(machine, days_ago=days - 1)
    asked(machine, days_ago=days + 1)

    assert (drop_old_questions(), drop_old_questions()) == (1, 0)

    assert EnforcementQuestion.objects.get() == kept


def test_another_term_holds_from_its_day(machine: MachineClient):
    asked(machine, days_ago=40)
    Policy.objects.create(name=KEPT_DAYS, valid_from=clock.today(), value=30, source="test")

    assert drop_old_questions() == 1


@each("value", [0, -30, "30", None])
def test_a_term_that_cannot_be_meant_removes_nothing(value: Any, machine: MachineClient):
    asked(machine, days_ago=4000)
    Policy.objects.create(name=KEPT_DAYS, valid_from=clock.today(), value=value, source="test")

    assert drop_old_questions() == 0


def test_however_many_there_are_it_is_one_removal(machine: MachineClient, django_assert_num_queries: Any):
    for _number in range(5):
        asked(machine, days_ago=4000)

    with django_assert_num_queries(2):  # the settings, the removal
        assert drop_old_questions() == 5
