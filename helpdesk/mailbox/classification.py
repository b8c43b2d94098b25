"""Classifies the sender of a mail: a person, a program, a mail server, or ourselves. Only a person gets an answer."""

from enum import StrEnum

from helpdesk.mailbox import addresses, headers
from helpdesk.mailbox.headers import Mail


class MailType(StrEnum):
    """What a mail is."""

    WRITTEN = "written"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    OURS = "ours"
    SPAM = "spam"


POST_OFFICES = ("mailer-daemon", "postmaster", "mail-daemon")
MASS = ("bulk", "list", "junk", "auto_reply")
MACHINES = ("x-autoreply", "x-autorespond", "list-id", "list-unsubscribe", "feedback-id")
REPORTS = ("multipart/report", "message/delivery-status")


def sort_of(message: Mail, *, sender: str, own: set[str]) -> MailType:
    """By headers only, which are written for programs (RFC 3834, RFC 3464)."""
    if sender in own or headers.read_header(message, "x-loop").lower() == addresses.get_loop_mark().lower():
        return MailType.OURS
    if message.get_content_type() in REPORTS or sender.partition("@")[0] in POST_OFFICES:
        return MailType.BOUNCE
    if is_automatic(message):
        return MailType.AUTOMATIC
    return MailType.SPAM if headers.read_first_word(message, "x-spam-flag") == "yes" else MailType.WRITTEN


def is_automatic(message: Mail) -> bool:
    """Whether it was sent automatically."""
    from_nobody = headers.read_header(message, "return-path") == "<>"
    automatic = from_nobody or headers.read_first_word(message, "auto-submitted") not in ("", "no")
    return automatic or headers.read_first_word(message, "precedence") in MASS or headers.has_any(message, MACHINES)
