"""Letters, the texts that they are made of, and the copies that go by post (Awb 2:7, 2:8).

A letter by post is written before it is posted, and what it says may depend on the day of posting: until when one can
object, until when we decide. Until then its words keep the placeholders of these days, such as `{object_until}`. Braces
that somebody typed are escaped, so they never become one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.languages import choose_written_language
from casework import clock
from casework.reference_cache import read_once

if TYPE_CHECKING:
    from casework.models.case import AwbCase, Case


LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
"""The languages of letters, each with texts of its own."""
OPEN_SENTENCES = ("explanation_of_deadline", "meaning")
OPEN_DAYS = ("object_until", "appeal_until", "decide_by", "ombudsman_until", "today", *OPEN_SENTENCES)
OPEN_DAY = re.compile(rf"\{{({'|'.join(OPEN_DAYS)})\}}")
IN_BRACKETS = re.compile(r" \(\{(\w+)\}\)")
"""A bracketed day, which disappears with its brackets if the day is unknown."""


def fill_open_days(body: str, days: Mapping[str, str]) -> str:
    """Fill in these days; unknown ones disappear, with the brackets around them."""
    whole = IN_BRACKETS.sub(lambda found: found[0] if days.get(found[1]) else "", body)
    return OPEN_DAY.sub(lambda found: days.get(found[1], ""), whole)


def explain_open_days(body: str, *, language: str) -> str:
    """Replace each open day by a phrase saying that it follows."""
    with override(language):
        follows = gettext("(this day follows as soon as we have posted the letter)")
    return fill_open_days(body, {name: follows for name in OPEN_DAYS if name not in OPEN_SENTENCES})


@dataclass(frozen=True)
class Words:
    """A letter or mail as written out by `casework.texts.compose_text` and frozen in the dossier."""

    kind: str
    language: str
    subject: str
    body: str
    text_id: int | None = None


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    """Letter texts by version."""

    def newest(self, *, kind: str, language: str) -> "LetterText":
        """The latest version: Dutch, or English for every other language; Dutch if there is no English.

        Raises DoesNotExist if there is no text.
        """
        language = choose_written_language(language)
        texts = read_once(
            (self.model, kind, language), lambda: list(self.filter(kind=kind, language__in=[language, "nl"]))
        )
        if not texts:
            raise LetterText.DoesNotExist(f"There is no text {kind!r} in {language!r}, nor in Dutch.")
        return max(texts, key=lambda text: (text.language == language, text.version))


class LetterText(models.Model):
    """The words of a letter or mail (brieftekst), with {placeholders}. A change is a new version, never an edit."""

    class Channel(models.TextChoices):
        """Where the words appear."""

        LETTER = "letter", _("letter")
        MAIL = "mail", _("email")

    kind = models.SlugField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    language = models.CharField(_("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")])
    version = models.PositiveIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("written"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter text")
        verbose_name_plural = _("letter texts")
        ordering = ("kind", "language", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                name="lettertext_one_row_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"


class Letter(models.Model):
    """A letter in the portal (brief): its words are frozen here, and the PDF says the same.

    It is made known when it is placed or, for people who want letters by post, when it is posted (Awb 2:8, 3:41). Until
    then it has no day, and its words leave open whatever depends on that: see `OPEN_DAYS`.
    """

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.CASCADE,
        related_name="letters",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    kind = models.SlugField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=2, default="nl")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    address = models.TextField(_("addressee"), blank=True)
    reference = models.CharField(_("reference"), max_length=30, blank=True)
    plate = models.CharField(
        _("plate"),
        max_length=12,
        blank=True,
        help_text=_("Of the exemption that it announces; its QR code carries it."),
    )
    text = models.ForeignKey(
        LetterText,
        models.PROTECT,
        null=True,
        related_name="letters",
        verbose_name=_("version"),
    )
    placed_at = models.DateTimeField(_("in the portal since"), default=clock.now)
    made_known_on = models.DateField(
        _("made known on"),
        null=True,
        blank=True,
        default=clock.today,
        help_text=_("The day on which it was placed, or on which it was posted to those who want post."),
    )
    pdf = models.OneToOneField(
        "casework.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter",
        verbose_name=_("PDF"),
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("placed_at", "pk")
        indexes = (
            # casework.letter_pdfs.store_missing: letters without a PDF
            models.Index(fields=["id"], condition=models.Q(pdf=None), name="letter_without_pdf"),
            # a draft is deleted without scanning the letters of all cases
            models.Index(fields=["case_type", "case_id"], name="letter_by_case"),
        )

    def __str__(self) -> str:
        return self.subject

    def post(self, *, on: date, body: str) -> None:
        """Record that it was posted on a day, which makes it known and fills in its open days for good."""
        self.made_known_on, self.body = on, body
        self.save(update_fields=["made_known_on", "body"])

    @property
    def shown_body(self) -> str:
        """Its words, with a phrase for each day that is still open."""
        return self.body if self.made_known_on else explain_open_days(self.body, language=self.language)


class PostalCopyQuerySet(models.QuerySet["PostalCopy"]):
    """Letters to post, by case."""

    def to_post(self) -> "PostalCopyQuerySet":
        """Copies not posted yet."""
        return self.filter(posted_on=None)

    def about(self, case: "Case") -> "PostalCopyQuerySet":
        """Copies of letters about one case."""
        return self.filter(letter__case_type=case.CASE_TYPE, letter__case_id=case.pk)

    def of_dossier(self, case: "AwbCase") -> "models.QuerySet[Any]":
        """Copies in the dossier of a case; those about the case itself carry `effect_until`."""
        of_it = self.filter(letter__dossier=case.dossier_id)
        found: models.QuerySet[Any] = of_it.with_effect_until(type(case)).select_related("letter", "posted_by")
        return found

    def with_effect_until(self, sort: "type[AwbCase]") -> "models.QuerySet[Any]":
        """Each carries `effect_until`: the last day on which posting it has effect or is in time; None if any day is.

        It depends on the terms that run now. A letter that was in the portal first has had its effect.
        """
        found: models.QuerySet[Any] = self.annotate(effect_until=sort.effect_until())
        return found


class PostalCopy(models.Model):
    """A letter that must be printed and posted because the applicant chose post, and when that was done."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="postal_copy", verbose_name=_("letter"))
    marked_at = models.DateTimeField(_("marked"), default=clock.now)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted by")
    )

    objects = PostalCopyQuerySet.as_manager()

    class Meta:
        db_table = "exemptions_postalcopy"  # where the table was created
        verbose_name = _("letter by post")
        verbose_name_plural = _("letters by post")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(posted_on=None, posted_by=None)
                | models.Q(posted_on__isnull=False, posted_by__isnull=False),
                name="postalcopy_posted_by_somebody",
            ),
        )
        indexes = (
            # the worklist 'to print and post'
            models.Index(fields=["marked_at"], condition=models.Q(posted_on=None), name="postalcopy_to_post"),
        )

    def __str__(self) -> str:
        return str(self.letter)
