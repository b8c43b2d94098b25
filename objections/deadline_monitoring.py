"""Watches the terms of objections and takes the steps that are due: remind of a repair, let the term lapse.

As in `exemptions.deadline_monitoring`, each case has its own transaction, and a run may be killed, repeated, or run
twice at once. A lapse is only noted: whether the objection is inadmissible is for a person to decide.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.current_policy import CurrentPolicy
from casework.steps import take_in_each
from objections.models import Objection, ObjectionStatus, RepairRequest


def take_due_steps(*, today: date) -> int:
    """Take all steps that are due on a day; returns how many."""
    days = CurrentPolicy.on(today).number("repair_remind_days")
    reminded = take_in_each(Objection, _to_remind(today, days=days), "remind_repair")
    return reminded + take_in_each(Objection, _find_lapsed_requests(today), "let_repair_lapse")


def _to_remind(today: date, *, days: int) -> Iterable[int]:
    due = RepairRequest.objects.to_remind(sent_before=today - timedelta(days=days), on=today)
    return due.filter(objection__status=ObjectionStatus.REPAIR).values_list("objection_id", flat=True)


def _find_lapsed_requests(today: date) -> Iterable[int]:
    lapsed = RepairRequest.objects.lapsed(on=today).filter(objection__status=ObjectionStatus.REPAIR)
    return lapsed.values_list("objection_id", flat=True)
