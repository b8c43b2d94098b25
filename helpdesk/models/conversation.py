"""Conversations with the assistant, without name, address or plate; deleted at the end of the retention term."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from helpdesk.models.topic import LANGUAGES


class Conversation(models.Model):
    """A conversation with the assistant (gesprek)."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    began_at = models.DateTimeField(_("began"), default=clock.now)
    last_at = models.DateTimeField(_("last question"), default=clock.now)
    handed_over_at = models.DateTimeField(_("handed over to the mailbox"), null=True, blank=True)
    counted_at = models.DateTimeField(
        _("counted"),
        null=True,
        blank=True,
        help_text=_("When it was added to its month; from then on nothing in it changes."),
    )

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ("-began_at",)
        indexes = (models.Index(fields=["last_at"], name="conversation_to_remove"),)

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class Turn(models.Model):
    """One question with its answer; whatever could identify a person is redacted before it is stored."""

    class Kind(models.TextChoices):
        """The type of answer."""

        TOPIC = "topic", _("from the frequent questions")
        VEHICLE = "vehicle", _("about a vehicle")
        OWN = "own", _("about one's own case")
        CHOICE = "choice", _("asked back which of two questions it is")
        UNKNOWN = "unknown", _("no answer found")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns", verbose_name=_("conversation"))
    number = models.PositiveSmallIntegerField(_("number"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    question = models.TextField(_("question"))
    kind = models.CharField(_("sort of answer"), max_length=10, choices=Kind, default=Kind.TOPIC)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    answer = models.TextField(_("answer"), blank=True, help_text=_("Empty where it told of someone's own case."))
    topics: Any = ArrayField(models.CharField(max_length=60), verbose_name=_("topics"), default=list, blank=True)
    sources: Any = ArrayField(models.CharField(max_length=200), verbose_name=_("sources"), default=list, blank=True)
    handed_over = models.BooleanField(_("did not know"), default=False)
    helped = models.BooleanField(_("did this help?"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to the assistant")
        verbose_name_plural = _("questions to the assistant")
        ordering = ("conversation", "number")
        constraints = (models.UniqueConstraint(fields=["conversation", "number"], name="turn_once"),)

    def __str__(self) -> str:
        return f"{self.conversation} ({self.number})"


class MonthOfConversations(models.Model):
    """The number of conversations of a month, which outlives the conversations. An empty topic: the total."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    conversations = models.PositiveIntegerField(_("conversations"), default=0)
    questions = models.PositiveIntegerField(_("questions"), default=0)
    not_known = models.PositiveIntegerField(_("questions that it did not know"), default=0)
    helped = models.PositiveIntegerField(_("said that it helped"), default=0)
    not_helped = models.PositiveIntegerField(_("said that it did not help"), default=0)
    handed_over = models.PositiveIntegerField(_("handed over"), default=0)

    class Meta:
        verbose_name = _("month of conversations")
        verbose_name_plural = _("months of conversations")
        ordering = ("-month", "topic")
        constraints = (models.UniqueConstraint(fields=["month", "topic"], name="monthofconversations_once"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.topic}"
