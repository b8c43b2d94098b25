"""Deciding too late, as it is told: the notice of default, and the penalty (Awb 4:17, 4:18)."""

from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from casework import deadlines, default_notices
from casework.models import Deadline, DefaultNotice
from demo.told import Told


def receive_notice(case: Told, at: datetime, *, by: User, due: date) -> None:
    """Whoever waits says that we are late; the term to decide has passed."""
    received_on = timezone.localdate(at)
    notice = DefaultNotice(
        dossier=case.dossier,
        case_type=case.case_type,
        received_on=received_on,
        due=due,
        first_day=deadlines.penalty_first_day(due, notice_received=received_on, calendar=case.world.calendar),
        noted_by=by,
    )
    case.notice = notice
    case.rows.add_to_case(case.subject, notice)
    if notice.last_day:
        open_term_to_set(case, notice.last_day, at)
    case.record("receive_default_notice", at=at, by=by, detail={"received_on": received_on.isoformat()})
    case.write("default_notice_received", at, more=default_notices.in_words(notice, language=case.language))


def stop(case: Told, at: datetime) -> None:
    """Decided: no further day costs money, and the amount is to be set within two weeks."""
    notice, today = case.notice, timezone.localdate(at)
    if notice is None or notice.last_day is None:
        return
    notice.decided_on = today
    if notice.days(today=today):
        open_term_to_set(case, min(notice.last_day, today), at)
    else:
        notice.set_on, notice.amount_eur = today, 0
        case.close(at, Deadline.Kind.SET_PENALTY)


def set_penalty(case: Told, at: datetime, *, by: User) -> None:
    """The amount by decision: what the days make."""
    notice = case.notice
    if notice is None or notice.decided_on is None:
        raise ValueError("there is no penalty to set")
    notice.set_on, notice.set_by = timezone.localdate(at), by
    notice.amount_eur = notice.amount(today=notice.set_on)
    case.close(at, Deadline.Kind.SET_PENALTY)
    case.record("set_penalty", at=at, by=by)
    until = deadlines.objection_due(notice.set_on, calendar=case.world.calendar)
    words = default_notices.in_words(notice, language=case.language)
    case.write("penalty_set", at, more={**words, "object_until": until})


def open_term_to_set(case: Told, last_day: date, at: datetime) -> None:
    """Two weeks after the last day that costs money."""
    due = deadlines.penalty_decision_due(last_day, calendar=case.world.calendar)
    case.open(Deadline.Kind.SET_PENALTY, due, {"term_ended": last_day.isoformat(), "weeks": 2}, at=at)
