"""Who may take which step of a run."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models import Renewal

Rule = Callable[["Renewal", "User"], bool]


def at_desk(permission: str) -> Rule:
    """A rule for users with this permission."""

    def rule(_renewal: "Renewal", user: "User") -> bool:
        return user.has_perm(f"renewals.{permission}")

    return rule


may_review = at_desk("review_renewal")


def may_approve(renewal: "Renewal", user: "User") -> bool:
    """A second pair of eyes, never the reviewer's."""
    return at_desk("approve_renewal")(renewal, user) and not renewal.is_proposed_by(user)


def may_send_back(renewal: "Renewal", user: "User") -> bool:
    """A second pair of eyes, or the reviewer taking it back."""
    return at_desk("approve_renewal")(renewal, user) or renewal.is_proposed_by(user)


def permit_nobody(_renewal: "Renewal", _user: "User") -> bool:
    """Nobody: only the system takes this step."""
    return False
