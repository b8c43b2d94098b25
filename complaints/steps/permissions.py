"""Who may take which step: never who is complained about (Awb 9:7)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from complaints.models import Complaint

HANDLE = "complaints.handle_complaint"


def may_handle(complaint: "Complaint", user: "User") -> bool:
    """Somebody who handles complaints, and was not involved in the conduct (Awb 9:7)."""
    return user.has_perm(HANDLE) and complaint.is_at_desk_of(user) and not complaint.is_about(user)


def may_register(complaint: "Complaint", user: "User") -> bool:
    """Whoever writes down what came in otherwise; a draft is on no list yet."""
    return user.has_perm(HANDLE) and not complaint.is_about(user)


def may_complain(complaint: "Complaint", user: "User") -> bool:
    """Who fills it in."""
    return complaint.complainant_id == user.pk


def may_withdraw(complaint: "Complaint", user: "User") -> bool:
    """The complainant; or the desk, writing down what came otherwise."""
    return complaint.is_of(user) or may_handle(complaint, user)
