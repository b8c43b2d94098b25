"""Who may take which step: needs a permission of a role, and a case within reach."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal, Objection

Rule = Callable[["Objection", "User"], bool]


def at_desk(permission: str) -> Rule:
    """A rule for users at the desk with this permission, on objections about cases that they may see."""

    def rule(objection: "Objection", user: "User") -> bool:
        return user.has_perm(f"objections.{permission}") and objection.application.is_at_desk_of(user)

    return rule


def may_act_for_objector(objection: "Objection", user: "User") -> bool:
    """Whether the user is the applicant, a colleague of theirs, or a representative."""
    return objection.is_of(user)


may_handle = at_desk("handle_objection")


def may_be_assigned(objection: "Objection", user: "User") -> bool:
    """Who can handle it and write to the objector: never whoever took a decision that it is about (Awb 10:3)."""
    return may_handle(objection, user) and not objection.was_decided_by(user)


def may_answer(objection: "Objection", user: "User") -> bool:
    """The objector's side; or the desk, writing down what came by phone, by post or at the hearing."""
    return objection.is_of(user) or may_handle(objection, user)


def may_decide(objection: "Objection", user: "User") -> bool:
    """Deciders, but never whoever took the contested decision, or an earlier one in its chain (Awb 10:3(3))."""
    return at_desk("decide_objection")(objection, user) and not objection.was_decided_by(user)


def may_assign(objection: "Objection", user: "User") -> bool:
    """Those who handle objections, because a small team passes them on by itself."""
    return may_handle(objection, user)


def may_keep_appeal(appeal: "Appeal", user: "User") -> bool:
    """Those who handle cases before a court, for cases that they may see."""
    return user.has_perm("objections.handle_appeal") and appeal.application.is_at_desk_of(user)
