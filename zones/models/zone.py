"""A zero-emission zone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zones.models.dated import Dated, DatedQuerySet, holds_for_a_while
from zones.models.municipality import Municipality


class Zone(Dated):
    """A zero-emission zone (nul-emissiezone). Where a zone is no municipality, as an airport, its ground's is named."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="zones", verbose_name=_("municipality"))
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("starts on"), help_text=_("The first day on which the access rules hold here."))

    objects = DatedQuerySet["Zone"].as_manager()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ("name", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "name", "valid_from"], name="zone_one_version_a_day"),
            holds_for_a_while("zone_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.name
