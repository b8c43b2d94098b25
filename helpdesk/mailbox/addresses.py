"""Under which addresses we write ourselves, and where people may answer."""

from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings


def mailbox() -> str:
    """The address that people write to: as it is set, else the user of the mailbox; empty where none is read."""
    if not settings.MAILBOX_URL:
        return ""
    user = unquote(urlsplit(settings.MAILBOX_URL).username or "")
    return settings.MAILBOX_ADDRESS or (user if "@" in user else bare(settings.DEFAULT_FROM_EMAIL))


def ours() -> set[str]:
    """The addresses that the programs write under: a mail from one of these is a loop. People write under others."""
    own = (mailbox(), bare(settings.DEFAULT_FROM_EMAIL))
    return {address.lower() for address in own if address}


def mark() -> str:
    """What our own mails carry as X-Loop."""
    return mailbox() or bare(settings.DEFAULT_FROM_EMAIL)


def bare(written: str) -> str:
    """The address without the name."""
    return parseaddr(written)[1]
