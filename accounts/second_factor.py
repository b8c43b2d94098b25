"""The second factor of users with rights: whether they have one, and whether this session has shown it.

Having one is not enough: somebody who has only the password could log in before it was set up, and wait.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from accounts.models import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
METHOD = "mfa"
"""The method that allauth records in the session for a second factor, a passkey or a recovery code."""


def has_one(user: User) -> bool:
    """Whether an app or a passkey is set up."""
    return bool(is_mfa_enabled(user, SECOND_FACTORS))


def was_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown a second factor: at the login, or when setting it up."""
    return any(record["method"] == METHOD for record in get_authentication_records(request, user))


def forget_second_factor(user: User) -> None:
    """Remove every second factor, and the password, which also ends all sessions.

    Somebody else may have the phone, and the password stored on it. What remains is the mailbox, to which login codes
    go.
    """
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])


def note_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Who sets one up has just shown it; every other session of theirs has not. allauth calls this."""
    if authenticator.type in SECOND_FACTORS:
        record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type)
