"""What the clock does in objections without a person: remind to repair, let the term lapse, drop old drafts.

As in `exemptions.reminders`: each case is its own transaction, and a run may be killed, repeated, or run twice at once.
What lapses is only noted: whether an objection is inadmissible, a person decides.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import structlog
from django.core.exceptions import ValidationError
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.policy import CurrentPolicy
from objections.models import Objection, ObjectionStatus, RepairRequest

log = structlog.get_logger("loket.reminders")


def run(*, today: date) -> int:
    """Do all that is due on a day; tells how many steps were taken."""
    days = CurrentPolicy.on(today).number("repair_remind_days")
    return _each(_to_remind(today, days=days), "remind_repair") + _each(_lapsed(today), "let_repair_lapse")


def _to_remind(today: date, *, days: int) -> Iterable[int]:
    due = RepairRequest.objects.to_remind(sent_before=today - timedelta(days=days)).filter(ends_on__gte=today)
    return due.filter(objection__status=ObjectionStatus.REPAIR).values_list("objection_id", flat=True)


def _lapsed(today: date) -> Iterable[int]:
    lapsed = RepairRequest.objects.open().filter(ends_on__lt=today, objection__status=ObjectionStatus.REPAIR)
    return lapsed.values_list("objection_id", flat=True)


def _each(keys: Iterable[int], step: str) -> int:
    """Take the step in every objection; one that cannot take it does not stop the others."""
    taken = 0
    for objection in Objection.objects.filter(pk__in=list(keys)):
        try:
            getattr(objection, step)(by=None)
        except TransitionNotAllowed:
            continue  # somebody, or another run, was first
        except ValidationError as error:
            log.error("step_refused", step=step, case=objection.pk, reason=str(error))
        else:
            taken += 1
    return taken


def drop_old_drafts(*, today: date) -> int:
    """Remove objections that were begun and not sent, long ago; their files go with the nightly sweep."""
    limit = clock.now() - timedelta(days=CurrentPolicy.on(today).number("draft_days"))
    old = Objection.objects.filter(status=ObjectionStatus.DRAFT, created_at__lt=limit)
    return sum(draft.drop() for draft in old)
