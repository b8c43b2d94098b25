"""Under which addresses we write ourselves, and where people may answer."""

from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings


def get_mailbox_address() -> str:
    """The address that people write to: as it is set, else the user of the mailbox; empty if none is read."""
    if not settings.MAILBOX_URL:
        return ""
    user = unquote(urlsplit(settings.MAILBOX_URL).username or "")
    return settings.MAILBOX_ADDRESS or (user if "@" in user else strip_address(settings.DEFAULT_FROM_EMAIL))


def list_own_addresses() -> set[str]:
    """The addresses that the programs write under: a mail from one of these is a loop. People write under others."""
    own = (get_mailbox_address(), strip_address(settings.DEFAULT_FROM_EMAIL))
    return {address.lower() for address in own if address}


def get_loop_mark() -> str:
    """What our own mails carry as X-Loop."""
    return get_mailbox_address() or strip_address(settings.DEFAULT_FROM_EMAIL)


def strip_address(written: str) -> str:
    """The address without the name."""
    return parseaddr(written)[1]
