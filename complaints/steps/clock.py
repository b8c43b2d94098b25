"""The statutory terms of a complaint: from its row to its deadlines, through `casework.deadlines`."""

from typing import TYPE_CHECKING, Any

from casework import deadlines
from casework.deadlines import ComplaintSum
from casework.models import Deadline, EquatedDay

if TYPE_CHECKING:
    from complaints.models import Complaint


def open_terms(complaint: "Complaint") -> None:
    """Open the terms for announcing the outcome, and for announcing that the complaint is not handled."""
    open_term(complaint)
    due = deadlines.complaint_decline_due(complaint.came_in_on, calendar=EquatedDay.calendar())
    basis = {"received": complaint.came_in_on.isoformat(), "weeks": deadlines.DECLINE_WEEKS}
    complaint.dossier.open_deadline(complaint, Deadline.Kind.DECLINE_COMPLAINT, due=due, basis=basis)


def open_term(complaint: "Complaint") -> None:
    """Open the term for announcing the outcome, or recalculate it after a change."""
    total = sum_up(complaint)
    complaint.decide_by = total.due
    complaint.dossier.open_deadline(complaint, Deadline.Kind.DECIDE_COMPLAINT, due=total.due, basis=as_basis(total))


def sum_up(complaint: "Complaint") -> ComplaintSum:
    """The calculation of the last day (Awb 9:11)."""
    return deadlines.explain_complaint_due(
        complaint.came_in_on,
        adviser=complaint.adviser_told_on is not None,
        adjourned_weeks=complaint.adjourned_weeks if complaint.adjourned_on else 0,
        agreed_until=complaint.agreed_until,
        calendar=EquatedDay.calendar(),
    )


def as_basis(total: ComplaintSum) -> dict[str, Any]:
    """The calculation as the deadline stores it, for a page to put into words."""
    return {
        "received": total.received.isoformat(),
        "weeks": total.weeks,
        "adjourned_weeks": total.adjourned_weeks,
        "agreed_until": total.agreed_until.isoformat() if total.agreed_until else None,
        "raw": total.raw.isoformat(),
        "suspended_days": 0,
    }
