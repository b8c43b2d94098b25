"""Who may take which step: a permission of the role, and a row within reach."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import User
from exemptions.models.decision import Outcome
from exemptions.models.kind import KindVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from exemptions.models import Application

Rule = Callable[["Application", "User"], bool]


def at_desk(permission: str) -> Rule:
    """Somebody at the desk with this permission, for a case that they may see."""

    def rule(application: "Application", user: "User") -> bool:
        return user.has_perm(f"exemptions.{permission}") and application.is_at_desk_of(user)

    return rule


def find_handlers(application: "Application", *, permission: str) -> "QuerySet[User]":
    """Who can handle it, or what follows from it: the national desk, and for a local kind those of its municipality."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    handling = staff.filter(groups__permissions__codename=permission)
    reach = Q(groups__permissions__codename="view_every_application")
    if application.chosen_kind.scope == KindVersion.Scope.LOCAL:
        reach |= Q(municipalities=application.municipality_id)
    return handling.filter(pk__in=staff.filter(reach).values("pk")).distinct().order_by("name", "email")


def find_colleagues(user: User, *, permission: str) -> "QuerySet[User]":
    """Who handles cases of those that a user sees: everybody, or the national desk and the own municipalities."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    handling = staff.filter(groups__permissions__codename=permission)
    if not user.has_perm("exemptions.view_every_application"):
        reach = Q(groups__permissions__codename="view_every_application") | Q(
            municipalities__in=user.municipalities.all()
        )
        handling = handling.filter(pk__in=staff.filter(reach).values("pk"))
    return handling.distinct().order_by("name", "email")


def may_act_for_applicant(application: "Application", user: "User") -> bool:
    """The applicant, a colleague, or a representative."""
    return application.is_of(user)


def may_give_up(application: "Application", user: "User") -> bool:
    """The holder's side, of what is theirs and takes nothing from anybody; or the desk, at their request."""
    return application.is_of(user) or may_decide(application, user)


def find_decider(application: "Application", by: "User | None") -> "User | None":
    """Who decides for us: nobody where the holder's own click brings it about, with nothing to judge."""
    return None if by is not None and application.is_of(by) else by


def may_answer(application: "Application", user: "User") -> bool:
    """The applicant's side; or the desk, writing down what came by phone or post."""
    return application.is_of(user) or may_handle(application, user)


def may_convert_to(application: "Application", user: "User") -> bool:
    """Whoever handles the case that it comes from; the new one may be out of their reach afterwards."""
    return application.converted_from is not None and may_handle(application.converted_from, user)


def may_register(application: "Application", user: "User") -> bool:
    """Whoever handles applications, for those within reach once they are registered."""
    drafts = type(application).objects.to_register(user)
    return bool(drafts.filter(pk=application.pk).exists())


def may_assign(application: "Application", user: "User") -> bool:
    """A team lead; or the caseworker who has it, passing it on."""
    return at_desk("assign_application")(application, user) or (
        application.assigned_to_id == user.pk and may_handle(application, user)
    )


def may_approve(application: "Application", user: "User") -> bool:
    """A second pair of eyes: never the one who proposed."""
    return at_desk("approve_proposal")(application, user) and not application.is_proposed_by(user)


def may_settle(application: "Application", user: "User") -> bool:
    """Who may send a proposal back: the second pair of eyes, or the proposer who takes it back."""
    return at_desk("approve_proposal")(application, user) or application.is_proposed_by(user)


def may_grant_alone(application: "Application", user: "User") -> bool:
    """Granting this kind needs one person."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.GRANTED)


def may_reject_alone(application: "Application", user: "User") -> bool:
    """The policy lets one person reject."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.REJECTED)


def may_take_away_alone(application: "Application", user: "User") -> bool:
    """The policy lets one person take an exemption away, as it would let one person reject."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.REJECTED)


def may_correct(application: "Application", user: "User") -> bool:
    """Whoever handles it; and while an objection is being handled, whoever may replace the decision."""
    handles = may_handle(application, user)
    return handles or (at_desk("revise_decision")(application, user) and application.is_contested())


may_handle = at_desk("handle_application")
may_decide = at_desk("decide_application")
