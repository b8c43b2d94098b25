"""Zero-emission zones."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zones.models.dated_row import Dated, DatedQuerySet, forbid_empty_period, forbid_overlap
from zones.models.municipality import Municipality


class ZoneManager(models.Manager.from_queryset(DatedQuerySet["Zone"])):  # type: ignore[misc]
    """Defers the boundary, which has thousands of points and is only read to draw it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("boundary")


class Zone(Dated):
    """A zero-emission zone (nul-emissiezone).

    A zone that is not a municipality, such as an airport, refers to the municipality in which it lies.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="zones", verbose_name=_("municipality"))
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("starts on"), help_text=_("The first day on which the access rules apply here."))
    source = models.CharField(_("source"), max_length=300)

    boundary: Any = models.JSONField(
        _("boundary"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A GeoJSON polygon or multipolygon in WGS84; loaded with load_zone_boundaries."),
    )
    boundary_source = models.CharField(_("source of the boundary"), max_length=300, blank=True)
    boundary_is_invented = models.BooleanField(
        _("boundary is invented"), default=False, help_text=_("The page says that this boundary is not reliable.")
    )

    objects = ZoneManager()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ("name", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "name", "valid_from"], name="zone_one_version_a_day"),
            forbid_overlap("zone_never_twice_at_once", "municipality", "name"),
            forbid_empty_period("zone_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The zone's name in URLs, preceded by its municipality's name if that differs."""
        own = self.name == self.municipality.name
        return slugify(self.name if own else f"{self.municipality.name} {self.name}")
