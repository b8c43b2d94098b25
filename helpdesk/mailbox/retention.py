"""Questions are deleted a year after their end, with their mails and files; their numbers are kept."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from casework.models import Message
from casework.retention_terms import find_retention_days
from helpdesk.models import Attachment, Question

KEPT_DAYS = "question_days"
AT_ONCE = 200


def remove_old(*, now: datetime) -> int:
    """Delete what ended long enough ago; returns how many questions. Idempotent."""
    days, removed = find_retention_days(KEPT_DAYS, on=timezone.localdate(now)), 0
    if days is None:
        return 0
    before = now - timedelta(days=days)
    while keys := list(Question.objects.to_remove(ended_before=before).values_list("pk", flat=True)[:AT_ONCE]):
        remove_questions(keys)
        removed += len(keys)
    return removed


def remove_questions(keys: list[int]) -> None:
    """Delete the rows in one transaction; their files after it commits, or else by the sweep."""
    with transaction.atomic():
        kept = Attachment.objects.filter(mail__question__in=keys).exclude(file="")
        files = list(kept.values_list("file", flat=True))
        Message.objects.filter(answers_question__question__in=keys).delete()
        Question.objects.filter(pk__in=keys).delete()
    for name in files:
        default_storage.delete(name)
