"""Who may take which step: needs a permission of a role, and a case within reach."""

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
    """A rule for users at the desk with this permission, on cases that they may see."""

    def rule(application: "Application", user: "User") -> bool:
        return user.has_perm(f"exemptions.{permission}") and application.is_at_desk_of(user)

    return rule


def find_handlers(application: "Application", *, permission: str) -> "QuerySet[User]":
    """Users who can handle the case: the national desk and, for a local kind, those of its municipality."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    handling = staff.filter(groups__permissions__codename=permission)
    reach = Q(groups__permissions__codename="view_every_application")
    if application.chosen_kind.scope == KindVersion.Scope.LOCAL:
        reach |= Q(municipalities=application.municipality_id)
    return handling.filter(pk__in=staff.filter(reach).values("pk")).distinct().order_by("name", "email")


def find_colleagues(user: User, *, permission: str) -> "QuerySet[User]":
    """Users who handle cases that this user sees: everybody, or the national desk and the user's municipalities."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    handling = staff.filter(groups__permissions__codename=permission)
    if not user.has_perm("exemptions.view_every_application"):
        reach = Q(groups__permissions__codename="view_every_application") | Q(
            municipalities__in=user.municipalities.all()
        )
        handling = handling.filter(pk__in=staff.filter(reach).values("pk"))
    return handling.distinct().order_by("name", "email")


def may_act_for_applicant(application: "Application", user: "User") -> bool:
    """Whether the user is the applicant, a colleague of theirs, or a representative."""
    return application.is_of(user)


def may_give_up(application: "Application", user: "User") -> bool:
    """The holder's side, which may give up what is theirs; or the desk, at their request."""
    return application.is_of(user) or may_decide(application, user)


def find_decider(application: "Application", by: "User | None") -> "User | None":
    """The user who decides for us; None if the holder's own click is enough, because there is nothing to judge."""
    return None if by is not None and application.is_of(by) else by


def may_answer(application: "Application", user: "User") -> bool:
    """The applicant's side; or the desk, writing down what came by phone or post."""
    return application.is_of(user) or may_handle(application, user)


def may_convert_to(application: "Application", user: "User") -> bool:
    """Whoever handles the original case; the new one may be out of their reach afterwards."""
    return application.converted_from is not None and may_handle(application.converted_from, user)


def may_register(application: "Application", user: "User") -> bool:
    """Whoever handles applications, for drafts that are within their reach once registered."""
    drafts = type(application).objects.to_register(user)
    return bool(drafts.filter(pk=application.pk).exists())


def may_assign(application: "Application", user: "User") -> bool:
    """A team lead; or the caseworker who has it, passing it on."""
    return at_desk("assign_application")(application, user) or (
        application.assigned_to_id == user.pk and may_handle(application, user)
    )


def may_approve(application: "Application", user: "User") -> bool:
    """A second pair of eyes, never the proposer's."""
    return at_desk("approve_proposal")(application, user) and not application.is_proposed_by(user)


def may_settle(application: "Application", user: "User") -> bool:
    """Those who may send a proposal back: a second pair of eyes, or the proposer taking it back."""
    return at_desk("approve_proposal")(application, user) or application.is_proposed_by(user)


def may_grant_alone(application: "Application", user: "User") -> bool:
    """Whether the user may decide, and policy lets one person grant."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.GRANTED)


def may_reject_alone(application: "Application", user: "User") -> bool:
    """Whether the user may decide, and policy lets one person reject."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.REJECTED)


def may_take_away_alone(application: "Application", user: "User") -> bool:
    """Whether the user may take an exemption away alone: under the same policy as for rejecting."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.REJECTED)


def may_correct(application: "Application", user: "User") -> bool:
    """Whoever handles it; and while an objection is being handled, whoever may replace the decision."""
    handles = may_handle(application, user)
    return handles or (at_desk("revise_decision")(application, user) and application.is_contested())


may_handle = at_desk("handle_application")
may_decide = at_desk("decide_application")
