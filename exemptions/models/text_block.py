"""Text blocks: sentences from which caseworkers start an explanation in a letter."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from exemptions.models.kind import InTwoLanguages, Kind
from zones.models.dated_row import Dated, DatedQuerySet, forbid_empty_period, forbid_overlap

if TYPE_CHECKING:
    from exemptions.models.application import Application


class TextBlockQuerySet(DatedQuerySet["TextBlock"]):
    """Text blocks by step and kind."""

    def for_case(self, application: "Application", *, use: "TextBlock.Use", on: date) -> "TextBlockQuerySet":
        """Blocks in force for a step in a case: those of its kind first, then those of every kind."""
        fitting = self.in_force(on=on).filter(
            models.Q(kind=application.chosen_kind.code) | models.Q(kind=None), use=use
        )
        return fitting.order_by(models.F("kind").asc(nulls_last=True), models.F("ground").desc(), "code")


class TextBlock(InTwoLanguages, Dated):
    """A block (tekstblok) for the explanation in a letter. Once inserted, the caseworker can change it."""

    class Use(models.TextChoices):
        """The step whose letter offers the block."""

        GRANT = "grant", _("granting")
        REJECT = "reject", _("rejecting")
        SET_ASIDE = "set_aside", _("setting aside")
        COMPLETION = "completion", _("asking to complete the application")
        VIEW = "view", _("asking for a view")

    code = models.SlugField(_("code"), max_length=40)
    use = models.CharField(_("for"), max_length=20, choices=Use)
    kind = models.ForeignKey(
        Kind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="text_blocks",
        verbose_name=_("kind"),
        help_text=_("Empty: for every kind."),
    )
    ground = models.SlugField(
        _("code of the ground"),
        max_length=40,
        blank=True,
        help_text=_("Then it is offered only where that ground is chosen. Empty: with every ground."),
    )
    title_nl = models.CharField(_("title in Dutch"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100)
    text_nl = models.TextField(_("text in Dutch"))
    text_en = models.TextField(_("text in English"))

    objects = TextBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        ordering = ("use", models.F("kind").asc(nulls_first=True), "code")
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="textblock_once_a_day"),
            forbid_overlap("textblock_never_twice_at_once", "code"),
            forbid_empty_period("textblock_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.text("title")
