"""Whoever confirms an address by a code mailed to it owns the account, not whoever merely typed it.

Anybody can register with somebody else's address and a password of their own, and wait until its owner logs in.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User


def drop_unproven_password(request: HttpRequest, email_address: EmailAddress, **_signal: Any) -> None:
    """Who logs in by code and never confirmed this address before chooses a password anew, and is told so.

    allauth calls this for every confirmed address; it has no other hook between the code and the login.
    """
    user: User = email_address.user
    if request.user.is_authenticated or not by_code(request, user) or not user.has_usable_password():
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    messages.info(
        request,
        _(
            "The password that was chosen for this account no longer works: we did not know yet that this email "
            "address is yours. You can choose a new password under ‘My account’."
        ),
    )


def by_code(request: HttpRequest, user: User) -> bool:
    """Whether the last that this visitor proved is that they read a mailbox."""
    records = get_authentication_records(request, user)
    return bool(records) and records[-1]["method"] == "code"
