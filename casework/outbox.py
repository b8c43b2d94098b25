"""Sends the mails that wait. At least once, in any number of workers, and a failure is visible."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from casework.models import Message
from casework.models.message import MessageQuerySet
from casework.policy import CurrentPolicy

log = structlog.get_logger("loket.outbox")

MAX_ATTEMPTS = 8
BACKOFF = 3
"""The wait after each failure is so many times longer: 1, 3, 9 minutes … 12 hours; eight attempts bridge a night."""


class NoAddressError(ValueError):
    """A mail without anybody to send it to."""


def send_next() -> bool:
    """Send the oldest mail that waits; False when none is left, or when the mail server is away: stop for now.

    The row stays locked while it is sent, and other workers skip it. A worker that dies before the commit leaves the
    mail as it was: it goes again, under the same Message-ID.
    """
    with transaction.atomic():
        message = Message.objects.to_send(now=timezone.now()).select_for_update(skip_locked=True).first()
        if message is None:
            return False
        failure = deliver(message)
        if failure:
            note_failure(message, failure)
        else:
            message.sent_at, message.error = timezone.now(), ""
        message.attempts += 1
        message.save(update_fields=["attempts", "error", "sent_at", "given_up_at", "not_before"])
    return failure is None or not server_is_away(failure)


def deliver(message: Message) -> Exception | None:
    """Hand the mail to the mail server; what went wrong, or None."""
    try:
        if not as_mail(message).send():
            return NoAddressError("no address")
    except (OSError, ValueError) as error:  # OSError covers the network and smtplib; ValueError a broken address
        return error
    return None


def to_look_at() -> MessageQuerySet:
    """Mails that need a person: given up, or waiting for half of the time within which the law wants them sent."""
    now = timezone.now()
    hours = CurrentPolicy.on(timezone.localdate(now)).number("letter_notice_hours")
    return Message.objects.to_look_at(late_before=now - timedelta(hours=hours / 2))


def as_mail(message: Message) -> EmailMessage:
    """The mail as it goes out; headers of its own may say that a person wrote it, never under which Message-ID."""
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={"Auto-Submitted": "auto-generated", **message.headers, "Message-ID": message.message_id},
    )


def note_failure(message: Message, error: Exception) -> None:
    """Wait longer after each failure; after the last one, or where another try is useless, a person must look."""
    message.error = f"{type(error).__name__}: {error}"[:500]
    message.not_before = timezone.now() + timedelta(minutes=BACKOFF**message.attempts)
    if message.attempts + 1 >= MAX_ATTEMPTS or is_final(error):
        message.given_up_at = timezone.now()
    log.warning(
        "mail_failed",
        message=message.pk,
        attempts=message.attempts + 1,
        error=type(error).__name__,
    )


def is_final(error: Exception) -> bool:
    """Whether the address itself is at fault: broken, or refused for good by the mail server (reply 500 and up)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, ValueError)


def server_is_away(error: Exception) -> bool:
    """Whether nothing can be sent now: no connection, as opposed to a reply about this one mail."""
    return not isinstance(error, SMTPResponseException | SMTPRecipientsRefused | ValueError)
