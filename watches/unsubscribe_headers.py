"""The headers by which a mail program stops the mails for its reader with one click (RFC 8058).

The address they name covers all plates that somebody follows, even if one of those in the mail is no longer followed.
It contains the email address encrypted, so logged addresses reveal nobody's.
"""

from functools import lru_cache

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.urls import reverse

from accounts.cipher import get_fernet_keys

PURPOSE = b"loket unsubscribe"
PLACE = "plaats"
"""A placeholder in an address for what differs from mail to mail."""
ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends, as a field of a form."""


@lru_cache
def make_address(name: str, *arguments: str) -> str:
    """Of a page, looked up once; PLACE among the arguments is replaced for each mail."""
    return settings.SITE_URL + reverse(name, args=arguments)


def make_unsubscribe_headers(email: str) -> dict[str, str]:
    """Those of a mail to who follows a plate."""
    key = get_fernet_keys(PURPOSE).encrypt(email.encode()).decode()
    url = make_address("watch_unsubscribe", PLACE).replace(PLACE, key)
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "=".join(ONE_CLICK)}


def read_address_key(key: str) -> str:
    """The mail address of such an address; empty if it is none of ours."""
    try:
        return get_fernet_keys(PURPOSE).decrypt(key.encode()).decode()
    except InvalidToken:
        return ""
