"""Reports to parliament: a draft with live numbers, checked by a second person, then published and frozen."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.models import Case, Dossier
from reporting import steps
from reporting.period import Period
from reporting.statuses import CASE_TYPE, ReportStatus


class ReportToParliament(Case):
    """One letter to parliament (Kamerbrief) over a period. Once published its numbers, words and files never change."""

    Status = ReportStatus

    CASE_TYPE: ClassVar[str] = CASE_TYPE

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="report", verbose_name=_("dossier"))
    title = models.CharField(_("title"), max_length=200)
    status = FSMField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT, protected=True)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    as_of = models.DateField(_("as of"))
    letter_on = models.DateField(_("date of the letter"))
    signed_by = models.CharField(_("who signs"), max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(
        _("number in the series"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("4 for the fourth letter since the motion. Leave it empty to leave it out of the letter."),
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    numbers: Any = models.JSONField(_("numbers as published"), null=True, blank=True)
    sha256 = models.CharField(_("checksum of numbers and words"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("report to parliament")
        verbose_name_plural = _("reports to parliament")
        ordering = ("-last", "-pk")
        permissions = (
            ("check_report", _("Can check a report that a colleague made")),
            ("publish_report", _("Can publish a checked report")),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(checked_by__isnull=False),
                name="report_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by=None)
                | models.Q(made_by=None)
                | ~models.Q(checked_by=models.F("made_by")),
                name="report_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | (models.Q(numbers__isnull=False) & ~models.Q(sha256="")),
                name="report_published_is_frozen",
            ),
        )

    # The steps, each one function with its consequences in its body.
    write = steps.write
    restore = steps.restore
    adjust = steps.adjust
    approve = steps.approve
    send_back = steps.send_back
    publish = steps.publish

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """The period that the letter covers."""
        return Period(self.first, self.last, self.as_of)

    @property
    def is_published(self) -> bool:
        """Whether the letter is published, and its numbers and words frozen."""
        return bool(self.status == ReportStatus.PUBLISHED)

    def words(self) -> dict[str, str]:
        """The words that an editor changed, by block; once published, all words."""
        return dict(self.texts.order_by("block").values_list("block", "body"))

    def words_of(self, block: str) -> str | None:
        """The changed words of one block; None if the standard ones are in use."""
        found: str | None = self.texts.filter(block=block).values_list("body", flat=True).first()
        return found

    def stamp(self, block: str) -> str:
        """A checksum of a block's words; empty for the standard ones."""
        words = self.words_of(block)
        return "" if words is None else hashlib.sha256(words.encode()).hexdigest()

    def fingerprint(self, words: Mapping[str, str] | None = None) -> str:
        """A checksum of what the letter says, which differs as soon as anybody changes anything.

        `words`: those that somebody was shown, as `words()` gave them then; by default the current ones.
        """
        return compute_checksum([*self._details(), sorted((self.words() if words is None else words).items())])

    def details_stamp(self) -> str:
        """A checksum of the title, number, days and signature."""
        return compute_checksum(self._details())

    def _details(self) -> list[object]:
        return [self.title, self.signed_by, self.number, self.letter_on, self.first, self.last, self.as_of]


def compute_checksum(said: list[object]) -> str:
    """A checksum of what a letter says, which differs for other words or days."""
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


class ReportText(models.Model):
    """The words of one block of a report, as an editor changed them; without a row the standard words apply."""

    report = models.ForeignKey(
        ReportToParliament, models.CASCADE, related_name="texts", verbose_name=_("report to parliament")
    )
    block = models.SlugField(_("block"), max_length=60)
    body = models.TextField(_("text"), blank=True)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("text of a report")
        verbose_name_plural = _("texts of reports")
        constraints = (models.UniqueConstraint(fields=["report", "block"], name="reporttext_once_a_block"),)

    def __str__(self) -> str:
        return self.block


class FormerText(models.Model):
    """Words of a block that were replaced: nobody's text is lost, and it can be put back."""

    report = models.ForeignKey(
        ReportToParliament, models.CASCADE, related_name="former_texts", verbose_name=_("report to parliament")
    )
    block = models.SlugField(_("block"), max_length=60)
    body = models.TextField(_("text"))
    changed_at = models.DateTimeField(_("written"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    replaced_at = models.DateTimeField(_("replaced"), default=clock.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("replaced by")
    )

    class Meta:
        verbose_name = _("former text of a report")
        verbose_name_plural = _("former texts of reports")
        ordering = ("-replaced_at", "-pk")
        indexes = (models.Index(fields=["report", "block"], name="formertext_of_a_block"),)

    def __str__(self) -> str:
        return f"{self.block} {self.changed_at}"


def storage_path(file: "ReportFile", _name: str) -> str:
    """Where a published file is kept."""
    return f"reports/{file.report.key}.{file.format}"


class ReportFile(models.Model):
    """A file of a published report, as it was on that day."""

    report = models.ForeignKey(
        ReportToParliament, models.PROTECT, related_name="files", verbose_name=_("report to parliament")
    )
    format = models.CharField(_("format"), max_length=10)
    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        constraints = (models.UniqueConstraint(fields=["report", "format"], name="reportfile_once_a_format"),)

    def __str__(self) -> str:
        return f"{self.report}.{self.format}"
