"""Under which addresses we write ourselves, and where people may answer."""

from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from casework.policy import CurrentPolicy


def mailbox() -> str:
    """The address that people write to: as it is set, else the user of the mailbox; empty where none is read."""
    if not settings.MAILBOX_URL:
        return ""
    user = unquote(urlsplit(settings.MAILBOX_URL).username or "")
    return settings.MAILBOX_ADDRESS or (user if "@" in user else bare(settings.DEFAULT_FROM_EMAIL))


def ours() -> set[str]:
    """Every address of our own: a mail from one of these is a loop."""
    policy = CurrentPolicy.on(timezone.localdate())
    own = (mailbox(), bare(settings.DEFAULT_FROM_EMAIL), policy.text("contact_email"))
    return {address.lower() for address in own if address}


def mark() -> str:
    """What our own mails carry as X-Loop."""
    return mailbox() or bare(settings.DEFAULT_FROM_EMAIL)


def bare(written: str) -> str:
    """The address without the name."""
    return parseaddr(written)[1]
