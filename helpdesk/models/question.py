"""What people write to the editors: a question with its mails, from whatever door it came."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.models.topic import LANGUAGES, Topic


class Question(models.Model):
    """A question to the editors (vraag): its mails, what it is about, and whether it was answered."""

    class Channel(models.TextChoices):
        """By which door it came."""

        MAIL = "mail", _("mail")
        FORM = "form", _("form on the site")
        ASSISTANT = "assistant", _("assistant")

    class Status(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer")
        SPAM = "spam", _("spam")

    class Tone(models.TextChoices):
        """How it was written, as the report counts it."""

        INFORMING = "informing", _("asks for information")
        CRITICAL = "critical", _("critical")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    changed_at = models.DateTimeField(_("last mail"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("topic")
    )
    suggested_topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suggested topic")
    )
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, blank=True)
    suggested_tone = models.CharField(_("suggested tone"), max_length=10, choices=Tone, blank=True)
    dossier = models.ForeignKey(
        "casework.Dossier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("dossier"),
    )
    conversation = models.ForeignKey(
        "helpdesk.Conversation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("conversation with the assistant"),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )

    class Meta:
        verbose_name = _("question to the editors")
        verbose_name_plural = _("questions to the editors")
        ordering = ("-changed_at",)
        permissions = (("answer_question", _("Can read and answer questions to the editors")),)
        indexes = (
            # the editors' list of what waits
            models.Index(fields=["changed_at"], condition=models.Q(status="open"), name="question_open"),
        )

    def __str__(self) -> str:
        return self.number


class Mail(models.Model):
    """One mail of a question, received or sent; hostile markup never gets in: the text is plain."""

    class Direction(models.TextChoices):
        """Which way it went."""

        IN = "in", _("received")
        OUT = "out", _("sent")

    question = models.ForeignKey(Question, models.CASCADE, related_name="mails", verbose_name=_("question"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    message_id = models.CharField(_("Message-ID"), max_length=300, unique=True)
    in_reply_to = models.CharField(_("in reply to"), max_length=300, blank=True)
    sender = models.CharField(_("from"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("date"), default=timezone.now)
    outgoing = models.OneToOneField(
        "casework.Message",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers_question",
        verbose_name=_("in the outbox"),
    )

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.subject


def attachment_path(attachment: "Attachment", _name: str) -> str:
    """A path that tells nothing: the name that somebody gave the file stays in the database."""
    return f"mailbox/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A file that came with a mail, checked as every upload; one that was refused is named with the reason."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments", verbose_name=_("mail"))
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=200, blank=True)
    refused = models.CharField(_("why it was not kept"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("mail", "pk")

    def __str__(self) -> str:
        return self.name
