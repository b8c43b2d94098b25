"""The mail to who gets a role: that they can work at the desk, and how they log in."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import role_words
from accounts.languages import written
from accounts.models import RoleChange
from casework.models import Message
from casework.texts import compose

INVITED = "mail_role_given"


def tell(change: RoleChange) -> Message | None:
    """Put it in the outbox, in the person's own language; no mail where no role is given.

    The address is written down as theirs, not as confirmed: the code with which they log in confirms it.
    """
    if not change.roles:
        return None
    language = written(change.user.language)
    with override(language):
        context: dict[str, object] = {
            "name": str(change.user),
            "roles": what_for(change),
            "login_address": change.user.email,
            "link": settings.SITE_URL + reverse("account_login"),
        }
    if not EmailAddress.objects.filter(user=change.user).exists():
        EmailAddress.objects.create(user=change.user, email=change.user.email, primary=True)
    words = compose(INVITED, language=language, context=context)
    return Message.objects.create(kind=words.kind, to=change.user.email, subject=words.subject, body=words.body)


def what_for(change: RoleChange) -> str:
    """The roles, and for which municipalities."""
    places = ", ".join(change.municipalities)
    roles = role_words.titles_of(change.roles)
    return f"{roles} ({places})" if places else roles
