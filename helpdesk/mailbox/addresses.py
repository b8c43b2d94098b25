"""The addresses from which we send, and to which people may reply."""

from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings


def get_mailbox_address() -> str:
    """The address that people write to: the configured one, else the user of the mailbox; empty without a mailbox."""
    if not settings.MAILBOX_URL:
        return ""
    user = unquote(urlsplit(settings.MAILBOX_URL).username or "")
    return settings.MAILBOX_ADDRESS or (user if "@" in user else strip_address(settings.DEFAULT_FROM_EMAIL))


def list_own_addresses() -> set[str]:
    """The addresses that the programs send from: a mail from one of these is a loop. People send from others."""
    own = (get_mailbox_address(), strip_address(settings.DEFAULT_FROM_EMAIL))
    return {address.lower() for address in own if address}


def get_loop_mark() -> str:
    """The value of X-Loop in our own mails."""
    return get_mailbox_address() or strip_address(settings.DEFAULT_FROM_EMAIL)


def strip_address(written: str) -> str:
    """The address without the name."""
    return parseaddr(written)[1]
