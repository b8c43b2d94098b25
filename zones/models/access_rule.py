"""Rows of the access table."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zones.models.dated_row import DatedQuerySet, Explained, forbid_empty_period, forbid_overlap
from zones.rules import AdmissionRule, find_announcement
from zones.vehicles import EMISSION_CLASSES


class AccessRule(Explained):
    """Which vans and trucks may enter until when (RVV 1990 art. 86c and 86e). An empty condition applies to all."""

    class Category(models.TextChoices):
        """The kind of vehicle that the rule is about."""

        VAN = "van", _("van")
        TRUCK = "truck", _("truck")

    class Subtype(models.TextChoices):
        """The kind of truck that the rule is about."""

        ANY = "", _("any")
        RIGID = "rigid", _("rigid truck")
        TRACTOR = "tractor", _("tractor unit")

    class Status(models.TextChoices):
        """The legal status of the rule."""

        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")
        ANNOUNCED = "announced", _("announced")

    category = models.CharField(_("vehicle"), max_length=10, choices=Category)
    subtype = models.CharField(_("kind of truck"), max_length=10, choices=Subtype, blank=True)
    emission_classes: Any = ArrayField(
        models.CharField(max_length=1),
        verbose_name=_("emission classes"),
        help_text=_("Separated by commas: 0 to 6, or Z for emission-free."),
    )
    admitted_from = models.DateField(_("first registered on or after"), null=True, blank=True)
    admitted_before = models.DateField(_("first registered before"), null=True, blank=True)
    allowed = models.BooleanField(_("gives access"))
    announced_on = models.DateField(
        _("announced on"),
        null=True,
        blank=True,
        help_text=_(
            "Only while the law does not say this yet: every page names the announcement and the law, and no letter "
            "is based on it alone. Empty it once the change is in the Staatsblad, and give that as the source."
        ),
    )
    until_by_law = models.DateField(
        _("by law, access until"),
        null=True,
        blank=True,
        help_text=_("The first day without access as long as the law has not been changed."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.IN_FORCE,
        help_text=_("An announced rule has no effect yet."),
    )

    objects = DatedQuerySet["AccessRule"].as_manager()

    class Meta:
        verbose_name = _("access rule")
        verbose_name_plural = _("access rules")
        ordering = ("code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="accessrule_one_version_a_day"),
            forbid_overlap("accessrule_never_twice_at_once", "code"),
            forbid_empty_period("accessrule_holds_for_a_while"),
            models.CheckConstraint(
                condition=models.Q(emission_classes__contained_by=list(EMISSION_CLASSES))
                & ~models.Q(emission_classes=[]),
                name="accessrule_emission_classes",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(allowed=True), name="accessrule_only_access_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(announced_on=None, until_by_law=None)
                | models.Q(announced_on__isnull=False, until_by_law__isnull=False, until_by_law__lt=models.F("until")),
                name="accessrule_announcement_is_whole",
                violation_error_message=_(
                    "Of an announced rule, fill in both the day of the announcement and the day by law, which is "
                    "earlier."
                ),
            ),
        )

    def clean(self) -> None:
        """Refuse emission classes that do not exist."""
        if unknown := set(self.emission_classes or []) - set(EMISSION_CLASSES):
            message = _("Not an emission class: %(classes)s. Use 0 to 6, or Z.")
            raise ValidationError({"emission_classes": message % {"classes": ", ".join(sorted(unknown))}})

    def as_rule(self) -> AdmissionRule:
        """The row as `zones.access` reads it."""
        return AdmissionRule(
            code=self.code,
            category=self.category,
            subtype=self.subtype or None,
            emission_classes=frozenset(self.emission_classes),
            admitted_from=self.admitted_from,
            admitted_before=self.admitted_before,
            allowed=self.allowed,
            announcement=find_announcement(self.announced_on, self.until_by_law),
            until=self.until,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            source=self.source,
            explanation_nl=self.explanation_nl,
            explanation_en=self.explanation_en,
        )
