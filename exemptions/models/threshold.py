"""Thresholds (drempelwaarden): up to which values a vehicle is for sale emission-free. Dated, with their source."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.models import Case, CaseQuerySet, Dossier
from exemptions.models.kind import InTwoLanguages
from exemptions.steps import thresholds
from exemptions.steps.statuses import THRESHOLDS, ThresholdStatus

if TYPE_CHECKING:
    from accounts.models import User


class ThresholdVersionQuerySet(CaseQuerySet["ThresholdVersion"]):
    """Versions of the thresholds by status and day."""

    @transaction.atomic
    def begin(self, **values: Any) -> "ThresholdVersion":
        """Create a draft with its own dossier, and without any step taken."""
        return self.create(dossier=Dossier.objects.create(), **values)

    def at_desk_of(self, user: "User") -> "ThresholdVersionQuerySet":
        """All versions, for users who may view the thresholds."""
        return self.all() if user.has_perm("exemptions.view_thresholdversion") else self.none()

    def published(self) -> "ThresholdVersionQuerySet":
        """Versions that a second person approved, and that are public."""
        return self.filter(status=ThresholdStatus.PUBLISHED)

    def in_force(self, *, on: date) -> "ThresholdVersion | None":
        """The published version of a day: the one with the latest start on or before it."""
        return self.published().filter(valid_from__lte=on).order_by("-valid_from", "-published_at").first()


class ThresholdVersion(Case, InTwoLanguages):
    """All limits in force from a day on: one person drafts them, another publishes them, and then they never change."""

    CASE_TYPE: ClassVar[str] = THRESHOLDS
    OPEN: ClassVar[Sequence[str]] = (ThresholdStatus.DRAFT,)
    ENDED: ClassVar[Sequence[str]] = (ThresholdStatus.PUBLISHED,)

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="thresholds", verbose_name=_("dossier"))
    status = FSMField(
        _("status"), max_length=20, choices=ThresholdStatus, default=ThresholdStatus.DRAFT, protected=True
    )
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    reason_nl = models.TextField(_("why they changed, in Dutch"), help_text=_("Stands in the letters that follow."))
    reason_en = models.TextField(_("why they changed, in English"), blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )

    objects = ThresholdVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the thresholds")
        verbose_name_plural = _("versions of the thresholds")
        ordering = ("-valid_from", "-pk")
        permissions = (("publish_thresholds", _("Can publish thresholds that a colleague made")),)
        constraints = (
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=models.Q(published_at__isnull=False),
                name="thresholdversion_one_published_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | (
                    models.Q(approved_by__isnull=False)
                    & (models.Q(made_by=None) | ~models.Q(approved_by=models.F("made_by")))
                ),
                name="thresholdversion_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ThresholdStatus.DRAFT, published_at=None)
                | models.Q(status=ThresholdStatus.PUBLISHED, published_at__isnull=False),
                name="thresholdversion_published_has_a_moment",
            ),
        )

    # The steps; each is one function whose body lists its consequences.
    edit = thresholds.edit
    publish = thresholds.publish

    def __str__(self) -> str:
        return f"{self.valid_from}"

    @property
    def is_published(self) -> bool:
        return bool(self.status == ThresholdStatus.PUBLISHED)


class Threshold(models.Model):
    """One limit: a vehicle of this class at or below it can be replaced by an emission-free one."""

    class Metric(models.TextChoices):
        """What is measured."""

        PAYLOAD = "payload_kg", _("payload in kg")
        TOWING = "towing_kg", _("towing weight in kg")
        RANGE = "range_km", _("distance on one day in km")
        MASS = "max_mass_kg", _("permitted maximum mass in kg")

    version = models.ForeignKey(
        ThresholdVersion, models.CASCADE, related_name="limits", verbose_name=_("version of the thresholds")
    )
    vehicle_class = models.CharField(
        _("vehicle class"), max_length=10, choices=[("van", _("van")), ("truck", _("truck"))]
    )
    metric = models.CharField(_("measured"), max_length=20, choices=Metric)
    limit = models.PositiveIntegerField(_("limit"))

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ("vehicle_class", "metric")
        constraints = (
            models.UniqueConstraint(fields=["version", "vehicle_class", "metric"], name="threshold_once_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.get_vehicle_class_display()}: {self.get_metric_display()} {self.limit}"
