"""Questions to the editors with their mails, whichever channel they came in by."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.models import Case, CaseQuerySet
from helpdesk.mailbox import steps
from helpdesk.mailbox.statuses import CASE_TYPE, ENDED, MailDirection, MailSort, QuestionStatus
from helpdesk.models.topic import LANGUAGES, Topic
from reporting.models import MailTopic

if TYPE_CHECKING:
    from accounts.models import User

SPAM_THRICE = 3
"""After this many marks as spam a sender's mail is filed there automatically."""


class QuestionSeries(models.Model):
    """The last number issued in a year. Locking its row makes the series gapless."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def hold(cls, *, year: int) -> "QuestionSeries":
        """Lock the row of a year, which serialises the intake of questions and mails."""
        cls.objects.get_or_create(year=year)
        return cls.objects.select_for_update(no_key=True).get(year=year)

    def next(self) -> str:
        """The next number, such as V-2026-00012; call it in the transaction that locked the row."""
        self.last += 1
        self.save(update_fields=["last"])
        return f"V-{self.year}-{self.last:05}"


class QuestionQuerySet(CaseQuerySet["Question"]):
    """Questions as needed by the editors, the schedule and the report."""

    def at_desk_of(self, user: "User") -> "QuestionQuerySet":
        """All questions, for users who answer them; none for others."""
        return self.all() if user.has_perm(steps.ANSWER) else self.none()

    def counted(self) -> "QuestionQuerySet":
        """Questions that the report counts: all except spam."""
        return self.exclude(status=Question.Status.SPAM)

    def asked_between(self, first: datetime, last: datetime) -> "QuestionQuerySet":
        """Questions asked from a moment until another."""
        return self.filter(asked_at__gte=first, asked_at__lt=last)

    def from_spammer(self, email: str) -> bool:
        """Whether editors marked this sender as spam so often that its mail is filed there automatically."""
        marked = self.filter(status=Question.Status.SPAM, email__iexact=email).exclude(handled_by=None)
        by_people = marked.filter(mails__direction=Mail.Direction.IN, mails__sort=Mail.Sort.WRITTEN).distinct()
        return bool(email) and by_people[:SPAM_THRICE].count() >= SPAM_THRICE

    def to_remove(self, *, ended_before: datetime) -> "QuestionQuerySet":
        """Questions that ended before a moment and received nothing since."""
        ended = models.Q(closed_at__lt=ended_before) | models.Q(closed_at=None, answered_at__lt=ended_before)
        return self.exclude(status=Question.Status.OPEN).filter(ended, changed_at__lt=ended_before)


class Question(Case):
    """A question to the editors (vraag): its mails, its topic, and whether it was answered."""

    CASE_TYPE: ClassVar[str] = CASE_TYPE
    OPEN: ClassVar[Sequence[str]] = (QuestionStatus.OPEN,)
    ENDED: ClassVar[Sequence[str]] = (*ENDED, QuestionStatus.SPAM)
    Status = QuestionStatus

    class Channel(models.TextChoices):
        """The channel it came in by."""

        MAIL = "mail", _("email")
        FORM = "form", _("form on the site")
        ASSISTANT = "assistant", _("assistant")

    Tone = MailTopic.Tone
    """The tone, as the report counts it."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    status = FSMField(_("status"), max_length=10, choices=QuestionStatus, default=QuestionStatus.OPEN, protected=True)
    dossier = models.OneToOneField(
        "casework.Dossier", models.PROTECT, related_name="question", verbose_name=_("dossier")
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    changed_at = models.DateTimeField(_("last email"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("email"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("topic")
    )
    suggested_topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suggested topic")
    )
    tone = models.CharField(_("tone"), max_length=10, choices=MailTopic.Tone, blank=True)
    suggested_tone = models.CharField(_("suggested tone"), max_length=10, choices=MailTopic.Tone, blank=True)
    case_dossier = models.ForeignKey(
        "casework.Dossier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("dossier of the case"),
    )
    named_dossier = models.CharField(
        _("dossier that the sender names"),
        max_length=20,
        blank=True,
        help_text=_("Only what someone typed: it may be wrong, or of someone else."),
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

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the editors")
        verbose_name_plural = _("questions to the editors")
        ordering = ("-changed_at",)
        permissions = (("answer_question", _("Can read and answer questions to the editors")),)
        indexes = (
            # the editors' list of open questions
            models.Index(fields=["changed_at"], condition=models.Q(status="open"), name="question_open"),
        )

    # The steps, each a function whose body lists its consequences.
    receive = steps.receive
    answer = steps.answer
    forward = steps.forward
    sort = steps.sort
    file = steps.file
    close = steps.close
    mark_as_spam = steps.mark_as_spam
    reopen = steps.reopen

    def __str__(self) -> str:
        return self.number

    def last_written(self) -> "Mail | None":
        """What the sender wrote last."""
        return self.mails.filter(direction=MailDirection.IN, sort=MailSort.WRITTEN).order_by("-at", "-pk").first()


class Mail(models.Model):
    """One mail of a question, received or sent; stored as plain text, so that hostile markup never gets in."""

    Sort = MailSort
    Direction = MailDirection

    question = models.ForeignKey(Question, models.CASCADE, related_name="mails", verbose_name=_("question"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    sort = models.CharField(_("sort"), max_length=10, choices=MailSort, default=MailSort.WRITTEN)
    message_id = models.CharField(_("Message-ID"), max_length=300, unique=True)
    in_reply_to = models.CharField(_("in reply to"), max_length=300, blank=True)
    sender = models.CharField(_("from"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    written = models.TextField(
        _("what the editor wrote"), blank=True, help_text=_("An answer without the question that it quotes.")
    )
    at = models.DateTimeField(_("date"), default=clock.now)
    outgoing = models.OneToOneField(
        "casework.Message",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers_question",
        verbose_name=_("in the outbox"),
    )

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.subject


def attachment_path(attachment: "Attachment", _name: str) -> str:
    """A path that reveals nothing: the original file name is stored in the database."""
    return f"mailbox/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A file that came with a mail, checked like every upload; a refused one is listed with the reason."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments", verbose_name=_("email"))
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


class UnreadMail(models.Model):
    """A mail that is being read or could not be read; the row is deleted once the mail is stored."""

    validity = models.CharField(_("validity of the numbers"), max_length=20)
    uid = models.CharField(_("number in the mailbox"), max_length=20)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    began_at = models.DateTimeField(_("first attempt"), default=clock.now)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("email that could not be read")
        verbose_name_plural = _("emails that could not be read")
        ordering = ("given_up_at", "pk")
        constraints = (models.UniqueConstraint(fields=["validity", "uid"], name="unreadmail_once"),)

    def __str__(self) -> str:
        return f"{self.validity}:{self.uid}"


class MonthOfQuestions(models.Model):
    """The number of questions of a month, which outlives the questions. An empty topic and tone: the total."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    tone = models.CharField(_("tone"), max_length=20, choices=MailTopic.Tone, blank=True)
    questions = models.PositiveIntegerField(_("questions"), default=0)

    class Meta:
        verbose_name = _("month of questions")
        verbose_name_plural = _("months of questions")
        ordering = ("-month", "topic", "tone")
        constraints = (models.UniqueConstraint(fields=["month", "topic", "tone"], name="monthofquestions_once"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.topic}"
