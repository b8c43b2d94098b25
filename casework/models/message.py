"""The outbox: a mail is a row whose words are frozen when the step is taken."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import make_msgid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock
from casework.models.letter import Words

ADDRESS_AT_FAULT = ("SMTPRecipientsRefused", "NoAddressError", "ValueError", "UnicodeEncodeError")
"""Errors of `casework.outbox` that mean the address itself is wrong."""
SERVER_AWAY = ("SMTPConnectError", "SMTPHeloError", "SMTPServerDisconnected")


def new_message_id() -> str:
    """A Message-ID, which stays the same however often the mail is sent."""
    return make_msgid(domain="loket")


class MessageQuerySet(models.QuerySet["Message"]):
    """Mails by what the outbox or a person has to do with them."""

    def to_send(self, *, now: datetime) -> "MessageQuerySet":
        """Mails waiting, and not pausing after a failure."""
        return self.filter(sent_at=None, given_up_at=None, not_before__lte=now).order_by("not_before", "pk")

    def place_mail(self, words: Words, to: str, *, headers: Mapping[str, str] | None = None) -> "Message":
        """Put a mail that belongs to no dossier in the outbox, its words frozen now."""
        about = {"kind": words.kind, "subject": words.subject, "body": words.body}
        return self.create(to=to, headers=headers or {}, **about)

    def failed(self) -> "MessageQuerySet":
        """Mails that failed their last attempt and that nobody has dealt with."""
        return self.exclude(given_up_at=None).filter(mended_at=None)

    def to_look_at(self, *, late_before: datetime) -> "MessageQuerySet":
        """Mails that a person must check: given up, or still waiting although written before a moment."""
        unsent = self.filter(sent_at=None, mended_at=None)
        return unsent.exclude(given_up_at=None, created_at__gte=late_before)


class Message(models.Model):
    """A mail (bericht) to one address. Sent at least once, always with the same Message-ID."""

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing_mail",
        verbose_name=_("dossier"),
    )
    letter = models.ForeignKey(
        "casework.Letter",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("letter that it announces"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True, default=new_message_id)
    headers = models.JSONField(_("headers"), default=dict, blank=True, help_text=_("Such as In-Reply-To."))
    created_at = models.DateTimeField(_("written"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    mended_at = models.DateTimeField(_("replaced by another email or by post"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        indexes = (
            # casework.outbox: the oldest mail waiting
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="message_to_send",
            ),
            # the worklist 'failed messages'
            models.Index(
                fields=["given_up_at"],
                condition=~models.Q(given_up_at=None),
                name="message_failed",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def failure(self) -> StrOrPromise:
        """Why it was not sent, in words; empty if nothing went wrong."""
        name = self.error.split(":", 1)[0]
        if name in ADDRESS_AT_FAULT:
            return _("the address does not exist, or takes no email")
        if name == "SMTPAuthenticationError":
            return _("the mail server does not accept our password; the administrator of this installation must look")
        if name.startswith("SMTP") and name not in SERVER_AWAY:
            return _("the mail server refused the email")
        return _("the mail server could not be reached") if name else ""

    def try_again(self) -> None:
        """Return a failed mail to the outbox, with all its attempts."""
        self.attempts, self.error, self.given_up_at, self.not_before = (
            0,
            "",
            None,
            clock.now(),
        )
        self.save(update_fields=["attempts", "error", "given_up_at", "not_before"])

    def replace(self) -> None:
        """Do not retry it: another mail or a letter on paper goes instead."""
        self.mended_at = clock.now()
        self.given_up_at = self.given_up_at or self.mended_at
        self.save(update_fields=["mended_at", "given_up_at"])

    def readdress(self, to: str) -> "Message":
        """Create the same mail to another address, replacing this one."""
        self.replace()
        return Message.objects.create(
            dossier=self.dossier,
            letter=self.letter,
            kind=self.kind,
            to=to,
            subject=self.subject,
            body=self.body,
            headers=self.headers,
        )
