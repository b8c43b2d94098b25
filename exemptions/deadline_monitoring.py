"""Monitors the terms of applications and does what is due: remind, ask again, let lapse, close hearings.

Every run looks at the rows and does what is due, with a transaction for each case. So a run may be killed halfway,
repeated, or run twice at once: the step's lock and conditions prevent doing anything twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.current_policy import CurrentPolicy
from casework.steps import take_in_each
from exemptions.models import Application, CompletionRequest, Status, ViewRequest


def take_due_steps(*, today: date) -> int:
    """Do everything that is due on a day, in every case; returns how many steps were taken."""
    policy = CurrentPolicy.on(today)
    return (
        take_in_each(Application, _to_remind(today, days=policy.number("remind_after_days")), "remind")
        + take_in_each(
            Application, _find_lapsed_requests(today, below_round=policy.number("completion_rounds")), "ask_again"
        )
        + take_in_each(Application, _find_lapsed_requests(today), "let_lapse")
        + take_in_each(Application, _find_unanswered_views(today), "close_hearing")
    )


def _to_remind(today: date, *, days: int) -> Iterable[int]:
    due = CompletionRequest.objects.to_remind(sent_before=today - timedelta(days=days), on=today)
    return due.filter(application__status=Status.WAITING).values_list("application_id", flat=True)


def _find_lapsed_requests(today: date, *, below_round: int | None = None) -> Iterable[int]:
    lapsed = CompletionRequest.objects.lapsed(on=today).filter(application__status=Status.WAITING)
    if below_round is not None:
        lapsed = lapsed.filter(round__lt=below_round)
    return lapsed.values_list("application_id", flat=True)


def _find_unanswered_views(today: date) -> Iterable[int]:
    waiting = ViewRequest.objects.filter(application__status=Status.HEARING, closed_at=None)
    return waiting.filter(ends_on__lt=today).values_list("application_id", flat=True)
