"""Letters and the texts they are made of."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.languages import choose_written_language
from casework import clock, open_days


@dataclass(frozen=True)
class Words:
    """A letter or mail, written out: what `casework.texts.compose_text` makes and the dossier freezes."""

    kind: str
    language: str
    subject: str
    body: str
    text_id: int | None = None


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    """Which version speaks."""

    def newest(self, *, kind: str, language: str) -> "LetterText":
        """The version in use: Dutch, or English for every other language; Dutch where there is no English.

        Raises DoesNotExist if nobody wrote one.
        """
        language = choose_written_language(language)
        texts = self.filter(kind=kind, language__in=[language, "nl"])
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

    It is made known when it is placed or, to whoever wants letters by post, when it is posted (Awb 2:8, 3:41). Until
    then it has no day, and its words leave open what depends on that: see `casework.open_days`.
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
            # casework.letter_pdfs.store_missing: letters whose PDF is still to be made
            models.Index(fields=["id"], condition=models.Q(pdf=None), name="letter_without_pdf"),
            # a draft is deleted without looking through the letters of all cases
            models.Index(fields=["case_type", "case_id"], name="letter_by_case"),
        )

    def __str__(self) -> str:
        return self.subject

    def post(self, *, on: date, body: str) -> None:
        """It was posted on a day, which makes it known: its words with their days, for ever."""
        self.made_known_on, self.body = on, body
        self.save(update_fields=["made_known_on", "body"])

    @property
    def shown_body(self) -> str:
        """Its words, which say of each day that is still open that it follows."""
        return self.body if self.made_known_on else open_days.explain_open_days(self.body, language=self.language)
