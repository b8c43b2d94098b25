"""The headers for unsubscribing with one click from a mail program (RFC 8058).

Their URL covers every plate that the reader follows, even if one in the mail no longer is. It contains the email
address encrypted, so that logged URLs reveal nobody's.
"""

from functools import lru_cache

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.urls import reverse

from accounts.cipher import get_fernet_keys

PURPOSE = b"loket unsubscribe"
PLACE = "plaats"
"""A placeholder in a URL for what differs from mail to mail."""
ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The form field that a mail program posts."""


@lru_cache
def make_address(name: str, *arguments: str) -> str:
    """The URL of a page, looked up once; PLACE among the arguments is replaced for each mail."""
    return settings.SITE_URL + reverse(name, args=arguments)


def make_unsubscribe_headers(email: str) -> dict[str, str]:
    """The headers of a mail to a follower of a plate."""
    key = get_fernet_keys(PURPOSE).encrypt(email.encode()).decode()
    url = make_address("watch_unsubscribe", PLACE).replace(PLACE, key)
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "=".join(ONE_CLICK)}


def read_address_key(key: str) -> str:
    """The email address in such a URL; empty if it is not one of ours."""
    try:
        return get_fernet_keys(PURPOSE).decrypt(key.encode()).decode()
    except InvalidToken:
        return ""
