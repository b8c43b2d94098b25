"""Who may act for an applicant: inviting, accepting, ending."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from casework import clock
from casework.models import Message
from casework.texts import compose_text
from exemptions.models import Applicant, Invitation, Mandate

KEPT = timedelta(days=30)
"""How long an invitation works."""
INSIDE = (Mandate.Role.OWNER, Mandate.Role.COLLEAGUE)


class MandateRefused(ValidationError):
    """The change is not allowed; the message says why and what to do."""


class InvitationOver(Exception):
    """The invitation was used or withdrawn, or has expired."""


def in_force(applicant: Applicant) -> list[Mandate]:
    """The mandates in force, the longest first."""
    return list(applicant.mandates.in_force().select_related("user").order_by("since", "pk"))


def find_ended_mandates(applicant: Applicant) -> list[Mandate]:
    """The fifty mandates that ended last, latest first."""
    past = applicant.mandates.ended().select_related("user", "ended_by")
    return list(past.order_by(Coalesce("ended_at", "since").desc(), "-pk")[:50])


def may_manage(applicant: Applicant, by: User) -> bool:
    """Whether the user decides who may act: the applicant's own people do, or a representative if there are none."""
    return can_manage(by, in_force(applicant))


def can_manage(user: User, held: Sequence[Mandate]) -> bool:
    """As `may_manage`, for callers that have the mandates at hand."""
    own = roles_of(user, held)
    return bool(own) and (bool(own & set(INSIDE)) or not {one.role for one in held} & set(INSIDE))


def roles_of(user: User, held: Sequence[Mandate]) -> set[str]:
    """The capacities in which a user acts; empty if they do not."""
    return {one.role for one in held if one.user_id == user.pk}


def may_end(mandate: Mandate, held: Sequence[Mandate], *, by: User) -> bool:
    """Users may end their own; the applicant's people a representative's or colleague's; only an owner an owner's."""
    if mandate.user_id == by.pk:
        return True
    return Mandate.Role.OWNER in roles_of(by, held) if mandate.role == Mandate.Role.OWNER else can_manage(by, held)


def add_applicant(details: Mapping[str, str], *, by: User, role: Mandate.Role) -> Applicant:
    """Add an applicant, for whom the user acts from now on; the same details again do not add a second one."""
    with transaction.atomic():
        lock_user(by)
        known = Applicant.objects.of(by).filter(**details).first()
        if known:
            return known
        applicant = Applicant.objects.create(**details)
        Mandate.objects.create(user=by, applicant=applicant, role=role)
    return applicant


def lock_user(user: User) -> None:
    """Make two clicks of one user wait for each other."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


# --- Inviting -------------------------------------------------------------------------------------------


def find_open_invitations(applicant: Applicant) -> list[Invitation]:
    """Invitations that can still be accepted."""
    return list(applicant.invitations.filter(used_at=None, sent_at__gt=get_oldest_moment()).order_by("sent_at"))


def get_oldest_moment() -> datetime:
    """The moment before which invitations have expired."""
    return clock.now() - KEPT


@transaction.atomic
def invite_person(
    applicant: Applicant, *, email: str, role: Mandate.Role, by: User, ends_on: date | None = None
) -> Invitation:
    """Mail somebody a link; a newer invitation to the same address replaces the older one. `ends_on`: their last day.

    Raises PermissionDenied, or MandateRefused for somebody who may already act.
    """
    if not may_manage(applicant, by):
        raise PermissionDenied("only the applicant's own people invite")
    email = email.strip().lower()
    if applicant.mandates.in_force().filter(user__email__iexact=email).exists():
        raise MandateRefused(_("This person may already act."), code="email")
    applicant.invitations.filter(used_at=None, email=email).delete()
    invitation = Invitation.objects.create(applicant=applicant, email=email, role=role, ends_on=ends_on, sent_by=by)
    mail_invitation(invitation)
    return invitation


def mail_invitation(invitation: Invitation) -> Message:
    """Put the mail in the outbox, in the invitee's language or, if they have no account, in the inviter's."""
    link = settings.SITE_URL + reverse("invitation", args=[invitation.token])
    context = {"applicant": invitation.applicant.name, "link": link}
    words = compose_text("mail_invitation", language=language_for(invitation.email), context=context)
    return Message.objects.place_mail(words, invitation.email)


def language_for(email: str) -> str:
    """The language of the account with this address, or else of this page."""
    known = User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return known or (get_language() or settings.LANGUAGE_CODE)[:2]


def take_back(applicant: Applicant, invitation_pk: int, *, by: User) -> bool:
    """Invalidate an unused invitation; returns whether there was one. Raises PermissionDenied."""
    if not may_manage(applicant, by):
        raise PermissionDenied("only the applicant's own people take an invitation back")
    deleted, _rows = applicant.invitations.filter(pk=invitation_pk, used_at=None).delete()
    return bool(deleted)


# --- Accepting ------------------------------------------------------------------------------------------


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the user logs in with the address that was invited."""
    return user.email.lower() == invitation.email.lower()


def is_over(invitation: Invitation) -> bool:
    """Whether it was used or has expired."""
    is_past = invitation.ends_on is not None and invitation.ends_on < clock.today()
    return invitation.used_at is not None or invitation.sent_at <= get_oldest_moment() or is_past


def accept_invitation(invitation: Invitation, *, by: User) -> Mandate:
    """Let the user act for the applicant. Works once; the same user again (a second click) gets the same mandate.

    Raises PermissionDenied for another address, InvitationOver for an invitation that was used or has expired.
    """
    if not is_for(invitation, by):
        raise PermissionDenied("the invitation went to another address")
    with transaction.atomic():
        try:
            row = Invitation.objects.select_for_update(no_key=True).select_related("applicant").get(pk=invitation.pk)
        except Invitation.DoesNotExist:
            raise InvitationOver from None
        held = row.applicant.mandates.in_force().filter(user=by).first()
        if is_over(row):
            if held is None:
                raise InvitationOver
            return held
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])
        return held or begin_mandate(row, by=by)


def begin_mandate(invitation: Invitation, *, by: User) -> Mandate:
    """Create the offered mandate, after closing an earlier one that is past its last day."""
    earlier = invitation.applicant.mandates.filter(user=by, ended_at=None)
    earlier.update(ended_at=clock.now())
    return Mandate.objects.create(
        user=by, applicant=invitation.applicant, role=invitation.role, ends_on=invitation.ends_on
    )


# --- Ending ---------------------------------------------------------------------------------------------


def refuse_without_others(mandate: Mandate, held: Sequence[Mandate]) -> None:
    """Raise MandateRefused if nobody would be left to act, or no owner if this one is an owner."""
    others = {one.role for one in held if one != mandate and not (one.ends_on and mandate.ends_on is None)}
    if not others:
        raise MandateRefused(_("Nobody would be left to act. Invite someone else first."))
    if mandate.role == Mandate.Role.OWNER and Mandate.Role.OWNER not in others:
        raise MandateRefused(_("The first user of an applicant cannot stop while there is no other one."))


def is_indispensable(mandate: Mandate, held: Sequence[Mandate]) -> bool:
    """Whether it cannot end, because nobody could take its place."""
    try:
        refuse_without_others(mandate, held)
    except MandateRefused:
        return True
    return False


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: User) -> None:
    """End a mandate: its user may no longer act. Raises PermissionDenied, or MandateRefused for the last one."""
    applicant = Applicant.objects.select_for_update(no_key=True).get(pk=mandate.applicant_id)
    held = in_force(applicant)
    if not may_end(mandate, held, by=by):
        raise PermissionDenied("not this user's to end")
    refuse_without_others(mandate, held)
    applicant.mandates.in_force().filter(pk=mandate.pk).update(ended_at=clock.now(), ended_by=by)
