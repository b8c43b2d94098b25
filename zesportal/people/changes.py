"""Grants and revokes roles. Granting takes two administrators; revoking takes one and has immediate effect."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import roles
from accounts.languages import choose_written_language
from accounts.models import RoleChange, User
from casework.models import Message
from casework.steps import StepRefused
from casework.texts import compose_text
from exemptions.authority import describe_contact
from zesportal.people import rights
from zesportal.people.rights import Rights, rights_in, rights_of
from zones.models import Municipality

if TYPE_CHECKING:
    from datetime import datetime


KEEPS_PEOPLE = "accounts.change_user"
log = structlog.get_logger("loket.people")

Direction, Outcome = RoleChange.Direction, RoleChange.Outcome
INVITED, RESET = "mail_role_given", "mail_login_reset"


def change_rights(user: User, wanted: Rights, *, reason: str, by: User) -> list[RoleChange]:
    """Revoke the rights not wanted, and propose the additional ones; nothing if there is no difference."""
    refuse_stranger(by, about=user)
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        now = rights_of(held)
        given, taken = wanted - now, now - wanted
        if given:
            refuse_second_proposal(held)
        changes = [
            *([take_away(held, taken, reason=reason, by=by)] if taken else []),
            *([propose_rights(held, given, reason=reason, by=by)] if given else []),
        ]
    user.refresh_from_db()
    return changes


def refuse_stranger(by: User, *, about: User) -> None:
    """Raise PermissionDenied unless the user is an administrator and the change is about somebody else."""
    if not by.has_perm(KEEPS_PEOPLE) or by.pk == about.pk:
        raise PermissionDenied(f"user {by.pk} may not change what user {about.pk} may do")
    if about.is_superuser and not by.is_superuser:
        raise PermissionDenied("somebody who may do everything is changed by another one alone")


def refuse_second_proposal(user: User) -> None:
    """Only one at a time: two could be approved in an order that nobody intended."""
    if RoleChange.objects.waiting().filter(user=user).exists():
        raise StepRefused(_("A change for this person waits for approval already. Settle that one first."))


def propose_rights(user: User, given: Rights, *, reason: str, by: User) -> RoleChange:
    """Propose a change to a second administrator."""
    proposed = write_line(user, Direction.GIVE, given, reason=reason, by=by)
    log.info("role_proposed", change=proposed.pk, about=user.pk, by=by.pk)
    return proposed


def take_away(user: User, taken: Rights, *, reason: str, by: User) -> RoleChange:
    """Revoke rights at once: what somebody must no longer do cannot wait for a colleague."""
    rights.take_rights(user, taken)
    done = write_line(user, Direction.TAKE, taken, reason=reason, by=by, outcome=Outcome.AT_ONCE, at=timezone.now())
    log.info("role_taken_away", change=done.pk, about=user.pk, by=by.pk)
    return done


def give_as_operator(user: User, given: Rights, *, reason: str) -> RoleChange | None:
    """Grant as the operator, for an installation with at most one administrator; None if nothing is new."""
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        new = given - rights_of(held)
        if not new:
            return None
        done = write_line(
            held, Direction.GIVE, new, reason=reason, by=None, outcome=Outcome.OPERATOR, at=timezone.now()
        )
        rights.give_rights(held, new)
        mail_person(done)
    log.info("role_given_by_operator", change=done.pk, about=user.pk)
    return done


def write_line(
    user: User,
    direction: RoleChange.Direction,
    about: Rights,
    *,
    reason: str,
    by: User | None,
    outcome: str = "",
    at: "datetime | None" = None,
) -> RoleChange:
    """Write a line of the log."""
    return RoleChange.objects.create(
        user=user,
        direction=direction,
        roles=sorted(about.roles),
        municipalities=sorted(about.municipalities),
        login=about.login,
        login_reset=about.login_reset,
        reason=reason,
        proposed_by=by,
        outcome=outcome,
        settled_at=at,
    )


# --- The second administrator -------------------------------------------------------------------------------


def approve_change(change: RoleChange, *, by: User) -> None:
    """Carry out a colleague's proposal, and notify the person concerned. Raises PermissionDenied and StepRefused."""
    with transaction.atomic():
        held = settle_change(change, Outcome.APPROVED, by=by)
        refuse_lost(held)
        person = User.objects.select_for_update(no_key=True).get(pk=held.user_id)
        rights.give_rights(person, rights_in(held))
        mail_person(held)
    change.refresh_from_db()


def decline_change(change: RoleChange, *, by: User) -> None:
    """Decline a proposal. Raises PermissionDenied and StepRefused."""
    with transaction.atomic():
        settle_change(change, Outcome.DECLINED, by=by)
    change.refresh_from_db()


def withdraw_change(change: RoleChange, *, by: User) -> None:
    """Withdraw one's own proposal. Raises PermissionDenied and StepRefused."""
    with transaction.atomic():
        settle_change(change, Outcome.WITHDRAWN, by=by)
    change.refresh_from_db()


def settle_change(change: RoleChange, outcome: RoleChange.Outcome, *, by: User) -> RoleChange:
    """The row, locked and settled."""
    held = (
        RoleChange.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user", "proposed_by")
        .get(pk=change.pk)
    )
    refuse_stranger(by, about=held.user)
    if not held.is_waiting:
        raise StepRefused(_("Someone has settled this already: %(outcome)s.") % {"outcome": held.get_outcome_display()})
    if not may_settle(held, by, outcome):
        raise PermissionDenied(f"user {by.pk} may not settle change {held.pk} so")
    held.settled_by, held.settled_at, held.outcome = by, timezone.now(), outcome
    held.save(update_fields=["settled_by", "settled_at", "outcome"])
    log.info("role_settled", change=held.pk, outcome=outcome, by=by.pk)
    return held


def may_settle(change: RoleChange, user: User, outcome: RoleChange.Outcome) -> bool:
    """Whether the user may settle it: the proposer withdraws, others approve or decline, never the person concerned."""
    if not change.is_waiting or change.user_id == user.pk or not user.has_perm(KEEPS_PEOPLE):
        return False
    return (change.proposed_by_id == user.pk) == (outcome == Outcome.WITHDRAWN)


def refuse_lost(change: RoleChange) -> None:
    """Refuse if a role or municipality no longer exists."""
    known = {*Group.objects.filter(name__in=change.roles).values_list("name", flat=True)}
    places = {*Municipality.objects.filter(name__in=change.municipalities).values_list("name", flat=True)}
    if lost := [*(set(change.roles) - known), *(set(change.municipalities) - places)]:
        raise StepRefused(_("This is no longer there: %(names)s. Decline the change.") % {"names": ", ".join(lost)})


def who_can_approve(change: RoleChange) -> QuerySet[User]:
    """The colleagues who can be the second administrator."""
    codename = KEEPS_PEOPLE.partition(".")[2]
    allowed = Q(groups__permissions__codename=codename) | Q(is_superuser=True)
    people = User.objects.filter(allowed, is_active=True, is_staff=True).distinct()
    return people.exclude(pk__in=parties_of(change)).order_by("name", "email")


def parties_of(change: RoleChange) -> Iterable[int]:
    """The proposer and the person concerned."""
    return [pk for pk in (change.user_id, change.proposed_by_id) if pk is not None]


def mail_person(change: RoleChange) -> None:
    """Put the mails in the outbox, in the person's language; none about a municipality or a login alone."""
    if not (change.roles or change.login_reset):
        return
    if not EmailAddress.objects.filter(user=change.user).exists():
        EmailAddress.objects.create(user=change.user, email=change.user.email, primary=True)
    if change.login_reset:
        write_mail(RESET, change)
    if change.roles:
        write_mail(INVITED, change)


def write_mail(kind: str, change: RoleChange) -> None:
    """Place one mail; each of these texts uses what it needs of the same context."""
    language = choose_written_language(change.user.language)
    with override(language):
        context: dict[str, object] = {
            "name": str(change.user),
            "roles": describe_roles(change),
            "login_address": change.user.email,
            "link": settings.SITE_URL + reverse("account_login"),
            "contact": describe_contact(),
        }
    words = compose_text(kind, language=language, context=context)
    Message.objects.place_mail(words, change.user.email)


def describe_roles(change: RoleChange) -> str:
    """The roles, and for which municipalities."""
    places = ", ".join(change.municipalities)
    titles = roles.titles_of(change.roles)
    return f"{titles} ({places})" if places else titles
