"""How many conversations a month had. Each is added once, after it has ended, and may then be deleted."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework.retention_terms import find_retention_days
from helpdesk.assistant.conversations import ENDS_AFTER
from helpdesk.models import Conversation, MonthOfConversations, Turn

AT_ONCE = 500
COLUMNS = ("conversations", "questions", "not_known", "helped", "not_helped", "handed_over")
ALL = ""
Numbers = dict[tuple[date, str], Counter[str]]


def count_ended(*, now: datetime) -> int:
    """Add ended conversations to their months; returns how many. Idempotent, even concurrently."""
    counted = 0
    while found := _count_some(now=now):
        counted += found
    return counted


def _count_some(*, now: datetime) -> int:
    with transaction.atomic():
        ended = Conversation.objects.select_for_update(no_key=True, skip_locked=True).filter(
            counted_at=None, last_at__lt=now - ENDS_AFTER
        )
        some = list(ended.order_by("pk")[:AT_ONCE])
        turns = Turn.objects.filter(conversation__in=some).order_by("conversation_id", "number")
        add_to_months(count_months(some, turns))
        Conversation.objects.filter(pk__in=[one.pk for one in some]).update(counted_at=now)
    return len(some)


def count_months(conversations: Iterable[Conversation], turns: Iterable[Turn]) -> Numbers:
    """What conversations add to their months, in total (no topic) and by topic."""
    by_conversation: dict[int, list[Turn]] = {}
    for turn in turns:
        by_conversation.setdefault(turn.conversation_id, []).append(turn)
    total: Numbers = {}
    for one in conversations:
        month = timezone.localdate(one.began_at).replace(day=1)
        asked = by_conversation.get(one.pk, [])
        for topic in {ALL, *(turn.topics[0] for turn in asked if turn.topics)}:
            about = [turn for turn in asked if topic == ALL or turn.topics[:1] == [topic]]
            total.setdefault((month, topic), Counter()).update(of_one(one, about))
    return total


def of_one(conversation: Conversation, turns: Iterable[Turn]) -> dict[str, int]:
    """What one conversation counts for, given these of its turns."""
    listed = list(turns)
    return {
        "conversations": 1,
        "questions": len(listed),
        "not_known": sum(turn.kind == Turn.Kind.UNKNOWN for turn in listed),
        "helped": sum(turn.helped is True for turn in listed),
        "not_helped": sum(turn.helped is False for turn in listed),
        "handed_over": int(conversation.handed_over_at is not None),
    }


def add_to_months(total: Numbers) -> None:
    """Add to the rows of the months, creating missing ones."""
    for (month, topic), counts in sorted(total.items()):
        MonthOfConversations.objects.get_or_create(month=month, topic=topic)
        row = MonthOfConversations.objects.filter(month=month, topic=topic)
        row.update(**{name: F(name) + counts[name] for name in COLUMNS})


def remove_old(*, now: datetime) -> int:
    """Delete conversations that were counted and kept for as long as the policy says; returns how many."""
    days = find_retention_days("assistant_days", on=timezone.localdate(now))
    if days is None:
        return 0
    old = Conversation.objects.exclude(counted_at=None).filter(last_at__lt=now - timedelta(days=days))
    _all, by_model = old.delete()
    return by_model.get(Conversation._meta.label, 0)
