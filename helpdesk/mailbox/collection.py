"""Reads the mailbox: each mail is stored before it is moved, so a killed worker loses and duplicates nothing."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F

from casework import clock
from casework.retention_terms import find_retention_days
from casework.turns import within_turn
from casework.uploads.refusals import ScannerAway
from helpdesk.mailbox import connection_status, imap, intake
from helpdesk.mailbox.imap import Mailbox, MailGone
from helpdesk.models import UnreadMail

log = structlog.get_logger("loket.mailbox")

KEPT, UNREADABLE = "Verwerkt", "Onleesbaar"
"""The folders next to the one that is read."""
MOST_ATTEMPTS = 3
LOCK = 0x4D41494C
"""One reader at a time, of all workers together."""
KEPT_DAYS = "mailbox_days"


def collect_mail() -> int:
    """Take in the mails in the mailbox; returns how many were dealt with. Without MAILBOX_URL: none."""
    if not settings.MAILBOX_URL:
        return 0
    with lock_mailbox() as is_alone:
        if not is_alone:
            return 0
        try:
            with imap.open_mailbox(settings.MAILBOX_URL) as mailbox:
                dealt_with = read_all(mailbox)
        except (OSError, imaplib.IMAP4.error) as error:
            log.error("mailbox_away", error=type(error).__name__)
            connection_status.record_failure(error)
            return 0
        connection_status.record_success()
        return dealt_with


@contextmanager
def lock_mailbox() -> Iterator[bool]:
    """Whether no other worker reads the mailbox; the database releases the lock when a worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_alone,) = cursor.fetchone() or (False,)
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def read_all(mailbox: Mailbox) -> int:
    """Read every waiting mail, oldest first, for one turn."""
    return sum(read_one(mailbox, uid) for uid in within_turn(mailbox.waiting()))


def read_one(mailbox: Mailbox, uid: str) -> bool:
    """Read one mail; False if it must be tried again. An outage of database, mailbox or storage ends the turn."""
    attempt, _created = UnreadMail.objects.get_or_create(validity=mailbox.validity, uid=uid)
    if attempt.attempts >= MOST_ATTEMPTS:
        give_up(mailbox, attempt)
        return True
    UnreadMail.objects.filter(pk=attempt.pk).update(attempts=F("attempts") + 1)
    try:
        store_mail(mailbox, uid)
    except MailGone:
        attempt.delete()
        return True
    except (ScannerAway, OperationalError, InterfaceError, OSError, imaplib.IMAP4.error) as error:
        UnreadMail.objects.filter(pk=attempt.pk).update(attempts=F("attempts") - 1)  # not the mail's fault
        log.warning("mail_waits", uid=uid, error=type(error).__name__)
        if isinstance(error, ScannerAway):
            return False
        raise
    except Exception as error:
        log.exception("mail_not_read", uid=uid, error=type(error).__name__)
        UnreadMail.objects.filter(pk=attempt.pk).update(reason=type(error).__name__[:200])
        return False
    attempt.delete()
    return True


def store_mail(mailbox: Mailbox, uid: str) -> None:
    """Store it in the database, and then move it."""
    fetched = mailbox.fetch(uid)
    outcome = intake.take_in(fetched.raw, at=fetched.at, cut=fetched.cut)
    log.info("mail_read", uid=uid, outcome=outcome.name.lower(), size=len(fetched.raw))
    mailbox.move(uid, KEPT)


def give_up(mailbox: Mailbox, attempt: UnreadMail) -> None:
    """Move an unreadable mail out of the way of the next ones, and report it to the editors."""
    if attempt.given_up_at is None:
        attempt.given_up_at = clock.now()
        attempt.save(update_fields=["given_up_at"])
    mailbox.move(attempt.uid, UNREADABLE)
    log.error("mail_given_up", uid=attempt.uid, reason=attempt.reason)


def remove_old_mail(*, today: date) -> int:
    """Delete from the mailbox the mails stored, or found unreadable, some days ago; returns how many."""
    days = find_retention_days(KEPT_DAYS, on=today) if settings.MAILBOX_URL else None
    if days is None:
        return 0
    before = today - timedelta(days=days)
    UnreadMail.objects.filter(given_up_at__date__lt=before).delete()
    with imap.open_mailbox(settings.MAILBOX_URL) as mailbox:
        return sum(mailbox.remove_older(folder, than=before) for folder in (KEPT, UNREADABLE))
