"""Sends waiting mails: at least once, with any number of workers, and with visible failures."""

from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Message
from casework.models.message import MessageQuerySet
from casework.turns import TURN_SECONDS, within_turn

log = structlog.get_logger("loket.outbox")

MAX_ATTEMPTS = 8
BACKOFF = 3
"""The factor by which the wait grows after each failure: 1, 3, 9 minutes … 12 hours; eight attempts bridge a night."""
REPLY_SECONDS = 600
"""The time a mail server may take to accept a mail (RFC 5321, 4.5.3.2.6); hanging up earlier causes duplicates."""
MOST_LOST = 3
"""The number of broken connections in a row after which the server counts as down."""
CLOSING, TOO_LARGE = 421, 552


class NoAddressError(ValueError):
    """A mail without anybody to send it to."""


class ServerAwayError(Exception):
    """Nothing can be sent for now, whatever the mail."""


def send_waiting(*, seconds: float = TURN_SECONDS) -> int:
    """Send waiting mails, for a turn or until the mail server is down; returns how many were processed."""
    dealt_with = 0
    with suppress(ServerAwayError), MailRun() as run:
        for _sent in within_turn(iter(run.send_next, False), seconds=seconds):
            dealt_with += 1
    return dealt_with


class MailRun:
    """Sends mails over one connection, opened for the first mail and reopened after it broke."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None
        self.lost = 0

    def __enter__(self) -> "MailRun":
        return self

    def __exit__(self, *_error: object) -> None:
        self.hang_up()

    def send_next(self) -> bool:
        """Send the oldest waiting mail; False if none is left. Raises ServerAwayError if the rest must wait.

        The row stays locked while it is sent, and other workers skip it. If a worker dies before the commit, the mail
        is sent again under the same Message-ID.
        """
        if not Message.objects.to_send(now=clock.now()).exists():
            return False
        connection = self.connect()
        with transaction.atomic():
            message = Message.objects.to_send(now=clock.now()).select_for_update(no_key=True, skip_locked=True).first()
            if message is None:
                return False
            failure = deliver_message(message, connection)
            record_outcome(message, failure)
        self.look_at(failure)
        return True

    def connect(self) -> BaseEmailBackend:
        """The open connection. Raises ServerAwayError if it cannot be opened, which counts as no mail's attempt."""
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except OSError as error:
                note_server_away(error)
                raise ServerAwayError from error
            extend_timeout(connection)
            self.connection = connection
        return self.connection

    def look_at(self, failure: Exception | None) -> None:
        """Keep or drop the connection after a mail. Raises ServerAwayError if the next mail would fail too."""
        if failure is None or is_about_the_mail(failure):
            self.lost = 0
            return
        self.hang_up()
        self.lost += 1
        if isinstance(failure, SMTPResponseException) or self.lost >= MOST_LOST:
            raise ServerAwayError from failure

    def hang_up(self) -> None:
        """Close the connection, if there is one; a server that is gone need not hear it."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(OSError):
                connection.close()


def extend_timeout(connection: BaseEmailBackend) -> None:
    """Give a connected server the time it may take; only connecting has a short timeout."""
    smtp = getattr(connection, "connection", None)
    if smtp is not None:
        smtp.sock.settimeout(REPLY_SECONDS)


def deliver_message(message: Message, connection: BaseEmailBackend) -> Exception | None:
    """Hand the mail to the mail server; returns the error, or None."""
    mail = as_mail(message)
    if not mail.recipients():
        return NoAddressError("no address")
    try:
        connection.send_messages([mail])
    except (OSError, ValueError) as error:  # OSError covers the network and smtplib; ValueError a broken address
        return error
    return None


def find_mails_to_check() -> MessageQuerySet:
    """Mails that need a person: given up, or waiting for half of the time within which they must be sent by law."""
    now = clock.now()
    hours = CurrentPolicy.on(timezone.localdate(now)).number("letter_notice_hours")
    return Message.objects.to_look_at(late_before=now - timedelta(hours=hours / 2))


def as_mail(message: Message) -> EmailMessage:
    """The mail as it goes out; its own headers may say that a person wrote it, but cannot set the Message-ID."""
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={"Auto-Submitted": "auto-generated", **message.headers, "Message-ID": message.message_id},
    )


def record_outcome(message: Message, failure: Exception | None) -> None:
    """Record the outcome in the mail's row."""
    if failure:
        note_failure(message, failure)
    else:
        message.sent_at, message.error = clock.now(), ""
    message.attempts += 1
    message.save(update_fields=["attempts", "error", "sent_at", "given_up_at", "not_before"])


def note_failure(message: Message, error: Exception) -> None:
    """Back off after a failure; after the last attempt, or if another is useless, leave the mail to a person."""
    message.error = in_words(error)
    message.not_before = clock.now() + timedelta(minutes=BACKOFF**message.attempts)
    if message.attempts + 1 >= MAX_ATTEMPTS or is_final(error):
        message.given_up_at = clock.now()
    log.warning(
        "mail_failed",
        message=message.pk,
        attempts=message.attempts + 1,
        error=type(error).__name__,
    )


@transaction.atomic
def note_server_away(error: Exception) -> None:
    """Record the reason on every waiting mail, without counting an attempt; skips rows locked by other workers."""
    log.error("mail_server_away", error=type(error).__name__)
    waiting = Message.objects.to_send(now=clock.now()).exclude(error=in_words(error))
    keys = list(waiting.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).update(error=in_words(error))


def in_words(error: Exception) -> str:
    """The error as text for the mail's row."""
    return f"{type(error).__name__}: {error}"[:500]


def is_final(error: Exception) -> bool:
    """Whether the address itself is at fault: broken, or refused for good by the mail server (reply 500 and up)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, ValueError)


def is_about_the_mail(error: Exception) -> bool:
    """Whether the server answered about this one mail, so that the next one may go over the same connection."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code != CLOSING for code, _reply in error.recipients.values())
    if isinstance(error, SMTPSenderRefused):
        return error.smtp_code == TOO_LARGE
    if isinstance(error, SMTPDataError):
        return error.smtp_code != CLOSING
    return isinstance(error, ValueError)
