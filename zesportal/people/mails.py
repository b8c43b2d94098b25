"""Mails about what two administrators gave: a role, or a new start with logging in."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import role_words
from accounts.languages import choose_written_language
from accounts.models import RoleChange
from casework.models import Message
from casework.texts import compose_text
from exemptions.letters import describe_contact

INVITED, RESET = "mail_role_given", "mail_login_reset"


def mail_person(change: RoleChange) -> None:
    """Put them in the outbox, in the person's own language; none about a municipality or a login alone.

    The address is written down as theirs, not as confirmed: the code with which they log in confirms it.
    """
    if not (change.roles or change.login_reset):
        return
    if not EmailAddress.objects.filter(user=change.user).exists():
        EmailAddress.objects.create(user=change.user, email=change.user.email, primary=True)
    if change.login_reset:
        write_mail(RESET, change)
    if change.roles:
        write_mail(INVITED, change)


def write_mail(kind: str, change: RoleChange) -> None:
    """One mail; each of these texts uses what it needs of the same words."""
    language = choose_written_language(change.user.language)
    with override(language):
        context: dict[str, object] = {
            "name": str(change.user),
            "roles": what_for(change),
            "login_address": change.user.email,
            "link": settings.SITE_URL + reverse("account_login"),
            "contact": describe_contact(),
        }
    words = compose_text(kind, language=language, context=context)
    Message.objects.create(kind=words.kind, to=change.user.email, subject=words.subject, body=words.body)


def what_for(change: RoleChange) -> str:
    """The roles, and for which municipalities."""
    places = ", ".join(change.municipalities)
    roles = role_words.titles_of(change.roles)
    return f"{roles} ({places})" if places else roles
