"""Watches the terms of objections and does what is due: remind to repair, let the term lapse.

As in `exemptions.deadline_monitoring`, each case is its own transaction, and a run may be killed, repeated, or run
twice at once. What lapses is only noted: whether an objection is inadmissible, a person decides.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.policy import CurrentPolicy
from casework.steps import take_in_each
from objections.models import Objection, ObjectionStatus, RepairRequest


def take_due_steps(*, today: date) -> int:
    """Do all that is due on a day; returns how many steps were taken."""
    days = CurrentPolicy.on(today).number("repair_remind_days")
    reminded = take_in_each(Objection, _to_remind(today, days=days), "remind_repair")
    return reminded + take_in_each(Objection, _find_lapsed_requests(today), "let_repair_lapse")


def _to_remind(today: date, *, days: int) -> Iterable[int]:
    due = RepairRequest.objects.to_remind(sent_before=today - timedelta(days=days), on=today)
    return due.filter(objection__status=ObjectionStatus.REPAIR).values_list("objection_id", flat=True)


def _find_lapsed_requests(today: date) -> Iterable[int]:
    lapsed = RepairRequest.objects.lapsed(on=today).filter(objection__status=ObjectionStatus.REPAIR)
    return lapsed.values_list("objection_id", flat=True)
