"""The vehicle's facts, with their source and date. Nothing is overwritten: the case keeps every version."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from zones.access import VehicleFacts

if TYPE_CHECKING:
    from exemptions.models.application import Application


def as_json(facts: VehicleFacts) -> dict[str, Any]:
    """Convert facts for a JSON column."""
    return {field.name: _as_json_value(getattr(facts, field.name)) for field in fields(facts)}


def _as_json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset | set) else list(value) if isinstance(value, tuple) else value


NAMES = tuple(field.name for field in fields(VehicleFacts))


def from_json(stored: dict[str, Any]) -> VehicleFacts:
    """Restore facts from JSON; names that the class no longer has are dropped."""
    known = {name: stored[name] for name in NAMES if name in stored}
    for name in ("first_admission", "first_dutch_registration", "name_since"):
        known[name] = date.fromisoformat(known[name]) if known.get(name) else None
    for name, value in known.items():
        if isinstance(value, list):
            known[name] = frozenset(value) if name.endswith("_codes") else tuple(value)
    return VehicleFacts(**known)


class FactsRecord(models.Model):
    """One version of the vehicle's facts (voertuiggegevens)."""

    class Source(models.TextChoices):
        """Where the facts come from."""

        REGISTER = "register", _("vehicle register")
        APPLICANT = "applicant", _("applicant")
        CASEWORKER = "caseworker", _("corrected by the desk")

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="facts_records", verbose_name=_("application")
    )
    source = models.CharField(_("source"), max_length=20, choices=Source)
    facts = models.JSONField(_("facts"))
    rows = models.JSONField(_("as the register published it"), null=True, blank=True)
    as_of = models.DateTimeField(_("as of"), default=clock.now)
    reason = models.TextField(_("reason"), blank=True)
    found_wrong = models.BooleanField(
        _("given on wrong data"),
        default=False,
        db_default=False,
        help_text=_("A day exemption could not have been given on what is really so."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("vehicle facts")
        verbose_name_plural = _("vehicle facts")
        ordering = ("as_of", "pk")
        indexes = (
            # the worklist of day exemptions granted on wrong data: few among all versions
            models.Index(fields=["application"], condition=models.Q(found_wrong=True), name="factsrecord_found_wrong"),
        )

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.as_of:%Y-%m-%d}"

    @property
    def vehicle(self) -> VehicleFacts:
        return from_json(self.facts)


def find_current_facts(applications: "Sequence[Application]") -> dict[int, FactsRecord]:
    """The latest version of the vehicle's facts for each application, by its key."""
    records = FactsRecord.objects.filter(application__in=applications)
    latest = records.order_by("application", "-as_of", "-pk").distinct("application")
    return {record.application_id: record for record in latest}
