"""Records each question for about a year: who, for what purpose, when, which zone; the plate only as a digest."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from casework.retention_terms import find_retention_days
from enforcement.answers import Question
from enforcement.digests import digest_plate, write_array
from enforcement.models import EnforcementQuestion, MachineClient

KEPT_DAYS = "enforcement_question_days"
STREET_CHECK = "street check"
"""The purpose of every question by an officer."""


def note_questions(machine: MachineClient, questions: Sequence[Question]) -> None:
    """Record questions before the answer is sent. Those of one request share moment and purpose, so also a row."""
    if questions:
        asked = EnforcementQuestion(machine=machine, purpose=machine.purpose, zone=machine.municipality.cbs_code)
        keep_row(asked, questions)


def note_street_check(question: Question, *, by: User) -> None:
    """Record an officer's question before the answer is shown."""
    keep_row(EnforcementQuestion(asked_by=by, purpose=STREET_CHECK, zone=question.zone), [question])


def keep_row(asked: EnforcementQuestion, questions: Sequence[Question]) -> None:
    """Save a row with the digests of the plates."""
    digests = [digest_plate(one.plate, one.country) for one in questions]
    asked.plates, asked.count = write_array(digests), len(digests)
    asked.save(force_insert=True)


def drop_old_questions(*, now: datetime) -> int:
    """Delete the questions kept long enough; returns how many rows. Without a retention term, none is deleted."""
    days = find_retention_days(KEPT_DAYS, on=timezone.localdate(now))
    if days is None:
        return 0
    dropped, _by_model = EnforcementQuestion.objects.filter(asked_at__lt=now - timedelta(days=days)).delete()
    return dropped
