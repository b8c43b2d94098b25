"""Without a term in the policy nothing is removed: not by an empty setting, a missing one or a slip of the pen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Policy
from casework.retention_terms import find_retention_days
from helpdesk import tasks
from helpdesk.models import Conversation, MonthOfConversations

pytestmark = pytest.mark.django_db


def set_days(value: object, *, name: str = "assistant_days") -> None:
    Policy.objects.filter(name=name).update(value=value)


def long_ago() -> Conversation:
    moment = timezone.localtime() - timedelta(days=400)
    return Conversation.objects.create(language="nl", began_at=moment, last_at=moment)


@pytest.mark.parametrize("value", [None, "30", True, 0, -30, 10**9, [30], 0.5])
def test_what_is_no_term_removes_nothing_and_counts_all_the_same(value):
    set_days(value)
    long_ago()

    assert tasks.count_conversations() == 0
    assert Conversation.objects.get().counted_at
    assert MonthOfConversations.objects.get(topic="").conversations == 1


def test_a_setting_that_is_missing_removes_nothing():
    Policy.objects.filter(name="assistant_days").delete()
    long_ago()

    assert tasks.count_conversations() == 0
    assert Conversation.objects.exists()


def test_when_the_term_is_filled_in_again_the_next_night_removes():
    set_days(None)
    long_ago()
    tasks.count_conversations()
    set_days(30)

    assert tasks.count_conversations() == 1


@pytest.mark.parametrize("name", ["question_days", "mailbox_days"])
def test_the_mailbox_holds_to_the_same_rule(name):
    set_days(-1, name=name)

    assert find_retention_days(name, on=timezone.localdate()) is None


@pytest.mark.parametrize("days", [1, 30, 36_500])
def test_a_term_is_a_day_or_more(days):
    set_days(days)

    assert find_retention_days("assistant_days", on=timezone.localdate()) == days
