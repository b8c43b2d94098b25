"""The outbox of text messages: each says that there is something to read, and nothing about its contents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import MobileNumber
from casework import clock
from casework.batch import change_rows
from connections.text_messages import GATEWAY

if TYPE_CHECKING:
    from casework.models.dossier import Dossier
    from casework.models.letter import Words

QUESTION = "mail_message"
"""The mail about a message of the desk, which may contain a question."""


class TextMessageQuerySet(models.QuerySet["TextMessage"]):
    """Text messages by whether they can be sent."""

    def to_send(self, *, now: datetime) -> "TextMessageQuerySet":
        """Messages that wait, were never begun, are not pausing after a failure, and have a confirmed number."""
        waiting = self.filter(begun_at=None, given_up_at=None, not_before__lte=now)
        return waiting.exclude(mobile_number__confirmed_at=None).order_by("not_before", "pk")

    def announce(self, dossier: "Dossier", words: "Words", to: Collection[str], *, letter: bool) -> None:
        """Add a text message to a mail that announces a letter or may ask something, for people who want them.

        Nobody gets a second one while the first, which says the same, is waiting.
        """
        if not GATEWAY.is_connected or not (letter or words.kind == QUESTION):
            return
        text = write_notice(str(dossier), letter=letter, language=words.language)
        change_rows(text_people, Notice(dossier, frozenset(address.lower() for address in to), text))


@dataclass(frozen=True)
class Notice:
    """What to tell the people with these addresses who want text messages."""

    dossier: "Dossier"
    addresses: frozenset[str]
    text: str


def text_people(notices: Sequence[Notice]) -> None:
    """Put the text messages in the outbox."""
    everybody = {address for notice in notices for address in notice.addresses}
    wanted = MobileNumber.objects.filter(user__email__in=everybody, user__is_active=True).exclude(confirmed_at=None)
    numbers = list(wanted.select_related("user"))
    rows = [
        TextMessage(mobile_number=one, dossier=notice.dossier, text=notice.text)
        for notice in notices
        for one in numbers
        if one.user.email in notice.addresses
    ]
    TextMessage.objects.bulk_create(rows, ignore_conflicts=True)


def write_notice(number: str, *, letter: bool, language: str) -> str:
    """The words: which case, and where to log in."""
    about = {"number": number, "site": settings.SITE_URL}
    with override(language):
        if letter:
            return gettext("There is a letter for you about case %(number)s. Log in at %(site)s.") % about
        return gettext("There is a message for you about case %(number)s. Log in at %(site)s.") % about


class TextMessage(models.Model):
    """A text message (sms) to a confirmed number, which is looked up on sending. Sent at most once.

    `begun_at`: set before the gateway is called. A row that was begun and has no outcome may have been sent.
    """

    mobile_number = models.ForeignKey(
        MobileNumber, models.CASCADE, related_name="text_messages", verbose_name=_("mobile number")
    )
    dossier = models.ForeignKey(
        "casework.Dossier", models.CASCADE, related_name="text_messages", verbose_name=_("dossier")
    )
    text = models.CharField(_("text"), max_length=320)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=100, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = TextMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("text message")
        verbose_name_plural = _("text messages")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["mobile_number", "text"],
                condition=models.Q(begun_at=None, given_up_at=None),
                name="textmessage_waits_once",
            ),
        )
        indexes = (
            # casework.text_outbox: the oldest one waiting
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(begun_at=None, given_up_at=None),
                name="textmessage_to_send",
            ),
        )

    def __str__(self) -> str:
        return self.text
