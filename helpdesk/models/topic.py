"""A frequent question: its texts by language, the phrases that people use, and the facts that its answer rests on."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock

LANGUAGES = (("nl", _("Dutch")), ("en", _("English")), ("de", _("German")), ("fr", _("French")), ("pl", _("Polish")))


class Topic(models.Model):
    """A frequent question (veelgestelde vraag), identified by its slug."""

    class Group(models.TextChoices):
        """The heading under which it appears."""

        BASICS = "basis", _("What is a zero-emission zone?")
        ACCESS = "toegang", _("Can my vehicle enter?")
        AUTOMATIC = "vrijstelling", _("Automatic exemptions")
        EXEMPTION = "ontheffing", _("Exemptions")
        DAY = "dagontheffing", _("Day exemptions")
        ENFORCEMENT = "handhaving", _("Checks and fines")
        DECISION = "besluit", _("Decision and objection")
        HELP = "hulp", _("Help")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    group = models.CharField(_("group"), max_length=20, choices=Group)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    rests_on: Any = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("based on"),
        default=list,
        blank=True,
        help_text=_("The rules, kinds and settings that the answer is about, as rule:B5 or policy:day_exemption_max."),
    )
    related: Any = models.ManyToManyField("self", blank=True, symmetrical=False, verbose_name=_("related questions"))
    pages: Any = ArrayField(
        models.CharField(max_length=40), verbose_name=_("pages with more help"), default=list, blank=True
    )
    facts: Any = models.JSONField(
        _("what it was based on at the last review"), default=dict, blank=True, editable=False
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    flagged_at = models.DateTimeField(_("to be reviewed since"), null=True, blank=True)

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        ordering = ("group", "position", "slug")
        permissions = (("edit_topic", _("Can edit and review frequent questions")),)

    def __str__(self) -> str:
        """The newest question in Dutch, or in whatever language it has; its slug where it has no text yet."""
        asked = dict(self.texts.order_by("version").values_list("language", "question")) if self.pk else {}
        return next((asked[code] for code, _name in LANGUAGES if code in asked), self.slug)


class TopicText(models.Model):
    """One version of a question and its answer in one language, never changed: the newest counts."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="texts", verbose_name=_("frequent question"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"))
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))
    written_at = models.DateTimeField(_("written"), default=clock.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    class Meta:
        verbose_name = _("text of a frequent question")
        verbose_name_plural = _("texts of frequent questions")
        ordering = ("topic", "language", "-version")
        constraints = (models.UniqueConstraint(fields=["topic", "language", "version"], name="topictext_once"),)

    def __str__(self) -> str:
        return self.question


class Phrase(models.Model):
    """One way in which people ask a question, from which the assistant learns."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="phrases", verbose_name=_("frequent question"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    phrase = models.CharField(_("phrase"), max_length=200)
    is_shipped = models.BooleanField(
        _("of the product"), default=False, help_text=_("Goes when a new version no longer has it.")
    )

    class Meta:
        verbose_name = _("way to ask")
        verbose_name_plural = _("ways to ask")
        ordering = ("topic", "language", "phrase")
        constraints = (models.UniqueConstraint(fields=["language", "phrase"], name="phrase_means_one_topic"),)

    def __str__(self) -> str:
        return self.phrase
