"""The statutory clock of an application: computes its deadlines from its rows, with `casework.deadlines`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import clock, deadlines, running_terms, suspensions
from casework.deadline_words import format_day as day_in_words
from casework.deadlines import DecisionSum, Suspension
from casework.models import CourtOrder, Deadline, EquatedDay
from casework.steps import StepRefused

if TYPE_CHECKING:
    from exemptions.models.application import Application


def start_receipt(application: "Application", *, at: datetime | None) -> None:
    """Set the moment at which the application counts as received (Awb 2:20), and the kind applied for."""
    application.received_at, application.filed_as = at, application.chosen_kind


def refuse_far(day: date, *, years: int, field: str) -> None:
    """Raise StepRefused for a day so far away that it must be a typing error."""
    if day > clock.today() + timedelta(days=366 * years):
        raise StepRefused(_("%(day)s is too far away. Is the year right?") % {"day": day_in_words(day)}, field=field)


def open_decision_term(application: "Application") -> None:
    """Open the deadline to decide, or recompute it after something moved it."""
    total = decision_sum(application)
    application.decide_by = total.due
    basis = as_basis(total, application)
    application.dossier.open_deadline(application, Deadline.Kind.DECIDE, due=total.due, basis=basis)


def decision_sum(application: "Application") -> DecisionSum:
    """How the last day to decide is computed (Awb 4:13(2), 4:14(3), 4:15), or which one a court set (8:55d)."""
    if application.is_draft and application.converted_from is None:  # a term that has not begun cannot be suspended
        return _explain_due(application, suspensions=())
    order = CourtOrder.objects.of(application).running().first() if running_terms.may_be_costly(application) else None
    if order:
        weeks = application.chosen_kind.decision_weeks
        return deadlines.explain_order_due(application.clock_starts_on, weeks=weeks, until=order.until)
    total = _explain_due(application, suspensions=())
    counted: list[Suspension] = []
    for suspension in suspensions.list_in_order(application, application.completion_requests.sent()):
        # What began before the term, or after it had ended, does not suspend it.
        if application.clock_starts_on <= suspension.invited < total.due:
            counted.append(suspension)
            total = _explain_due(application, suspensions=counted)
    return total


def _explain_due(application: "Application", *, suspensions: Sequence[Suspension]) -> DecisionSum:
    return deadlines.explain_decision_due(
        application.clock_starts_on,
        suspensions=suspensions,
        weeks=application.chosen_kind.decision_weeks,
        extended_to=application.extended_to if application.extended_on else None,  # made known
        extended_on=application.extended_on,
        calendar=EquatedDay.calendar(),
    )


def as_basis(total: DecisionSum, application: "Application") -> dict[str, Any]:
    """The sum as the `basis` of the deadline, which pages show in words."""
    order = CourtOrder.objects.of(application).running().first() if total.extended_to else None
    return {
        "received": total.received.isoformat(),
        "weeks": total.weeks,
        "extended_to": total.extended_to.isoformat() if total.extended_to else None,
        **suspensions.as_basis(total),
        **({"order_sent": order.sent_on.isoformat()} if order else {}),
        "raw": total.raw.isoformat(),
        "stood_still_until": total.stood_still_until.isoformat() if total.stood_still_until else None,
        "skipped": [[day.isoformat(), why.value] for day, why in total.skipped],
    }


def open_supply_term(application: "Application", *, ends_on: date) -> None:
    """Open the term within which the applicant can complete the application (Awb 4:5(1))."""
    basis = {"sent": clock.today().isoformat()}
    application.dossier.open_deadline(application, Deadline.Kind.SUPPLY, due=ends_on, basis=basis)


def open_set_aside_term(application: "Application", *, term_ended: date) -> None:
    """Open the four weeks in which the application may be set aside (Awb 4:5(4))."""
    due = deadlines.set_aside_due(term_ended, calendar=EquatedDay.calendar())
    basis = {"term_ended": term_ended.isoformat(), "weeks": 4}
    application.dossier.open_deadline(application, Deadline.Kind.SET_ASIDE, due=due, basis=basis)


def set_aside_until(application: "Application") -> date | None:
    """The last day on which setting aside is still lawful; None if it is not, or not yet."""
    return application.open_due(Deadline.Kind.SET_ASIDE)
