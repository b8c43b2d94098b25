"""Each question leaves a row for a year or so: which program asked, what for, when, about which zone, which digest."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from casework.retention_terms import days_kept
from enforcement.answers import Question
from enforcement.digests import digest_plate, write_array
from enforcement.models import EnforcementQuestion, MachineClient

KEPT_DAYS = "enforcement_question_days"


def note_questions(machine: MachineClient, questions: Sequence[Question]) -> None:
    """Kept before the answer goes out. Those of one request are of one moment and one purpose, so they share a row."""
    if questions:
        digests = [digest_plate(one.plate, one.country) for one in questions]
        EnforcementQuestion.objects.create(
            machine=machine,
            purpose=machine.purpose,
            zone=machine.municipality.cbs_code,
            plates=write_array(digests),
            count=len(digests),
        )


def drop_old_questions(*, now: datetime) -> int:
    """Remove those that were kept long enough; returns how many rows. Without a term nothing is removed."""
    days = days_kept(KEPT_DAYS, on=timezone.localdate(now))
    if days is None:
        return 0
    dropped, _by_model = EnforcementQuestion.objects.filter(asked_at__lt=now - timedelta(days=days)).delete()
    return dropped
