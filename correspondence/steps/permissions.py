"""Who may take which step: those who handle correspondence, and those who register what it turned out to be."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from correspondence.models import Submission

HANDLE = "correspondence.handle_submission"


def may_register(_submission: "Submission", user: "User") -> bool:
    """Those who register what came in; a draft is on no list yet."""
    return user.has_perm(HANDLE)


def may_handle(submission: "Submission", user: "User") -> bool:
    """Those who handle correspondence."""
    return user.has_perm(HANDLE) and submission.is_at_desk_of(user)


def may_take_as(permission: str) -> Callable[["Submission", "User"], bool]:
    """Those who handle correspondence, and may register what it turned out to be."""
    return lambda submission, user: may_handle(submission, user) and user.has_perm(permission)
