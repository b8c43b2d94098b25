"""Who may take which step; never the person complained about (Awb 9:7)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from complaints.models import Complaint

HANDLE = "complaints.handle_complaint"


def may_handle(complaint: "Complaint", user: "User") -> bool:
    """Users who handle complaints and were not involved in the conduct (Awb 9:7)."""
    return user.has_perm(HANDLE) and complaint.is_at_desk_of(user) and not complaint.is_about(user)


def may_register(complaint: "Complaint", user: "User") -> bool:
    """As `may_handle`, for a complaint that is not on any list yet."""
    return user.has_perm(HANDLE) and not complaint.is_about(user)


def may_complain(complaint: "Complaint", user: "User") -> bool:
    """The complainant."""
    return complaint.complainant_id == user.pk


def may_withdraw(complaint: "Complaint", user: "User") -> bool:
    """The complainant, or the desk on their behalf."""
    return complaint.is_of(user) or may_handle(complaint, user)
