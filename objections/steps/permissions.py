"""Who may take which step: a permission of the role, and a row within reach."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal, Objection

Rule = Callable[["Objection", "User"], bool]


def at_desk(permission: str) -> Rule:
    """Somebody at the desk with this permission, for an objection about a case that they may see."""

    def rule(objection: "Objection", user: "User") -> bool:
        return user.has_perm(f"objections.{permission}") and objection.application.is_at_desk_of(user)

    return rule


def may_act_for_objector(objection: "Objection", user: "User") -> bool:
    """The applicant, a colleague, or a representative."""
    return objection.is_of(user)


may_handle = at_desk("handle_objection")


def may_be_assigned(objection: "Objection", user: "User") -> bool:
    """Who can have it in hand and write with the objector: never who took a decision that it is about (Awb 10:3)."""
    return may_handle(objection, user) and not objection.was_decided_by(user)


def may_answer(objection: "Objection", user: "User") -> bool:
    """The objector's side; or the desk, writing down what came by phone, by post or at the hearing."""
    return objection.is_of(user) or may_handle(objection, user)


def may_decide(objection: "Objection", user: "User") -> bool:
    """Never who took the decision under attack, nor an earlier one of its chain (Awb 10:3(3))."""
    return at_desk("decide_objection")(objection, user) and not objection.was_decided_by(user)


def may_assign(objection: "Objection", user: "User") -> bool:
    """Those who handle objections: a small team passes them on by itself."""
    return may_handle(objection, user)


def may_keep_appeal(appeal: "Appeal", user: "User") -> bool:
    """Somebody who keeps the cases before a court, for a case that they may see."""
    return user.has_perm("objections.handle_appeal") and appeal.application.is_at_desk_of(user)
