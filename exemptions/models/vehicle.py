"""The fleet (wagenpark) of an applicant: the vehicles that they want to keep an eye on."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models.applicant import Applicant
from exemptions.models.facts import from_json
from zones.vehicles import VehicleFacts

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_REMARK = 100


class VehicleQuerySet(models.QuerySet["Vehicle"]):
    """Vehicles by whose they are, and by whether a register query is due."""

    def of(self, user: "User") -> "VehicleQuerySet":
        """Vehicles of the people and organisations for whom a user acts now."""
        return self.filter(applicant__in=Applicant.objects.of(user))

    def wanted(self) -> "VehicleQuerySet":
        """Vehicles to look up on request, or never looked up; the longest waiting first."""
        return self.exclude(wanted_at=None).order_by("wanted_at", "pk")

    def without_answer_since(self, moment: datetime, *, now: datetime) -> "VehicleQuerySet":
        """Vehicles without an answer since a moment, nor a query in the last hour; least recently queried first."""
        old = models.Q(checked_at=None) | models.Q(checked_at__lt=moment)
        rested = models.Q(tried_at=None) | models.Q(tried_at__lt=now - timedelta(hours=1))
        return self.filter(old, rested).order_by(models.F("tried_at").asc(nulls_first=True), "pk")


class Vehicle(models.Model):
    """A vehicle with a Dutch plate, with the last answer of the register and of the access rules.

    `allowed`, `until` (the first day without access) and `rule` are as on `checked_at`; without that day, nothing is
    known. Removing a vehicle leaves the cases about its plate as they are.
    """

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="vehicles", verbose_name=_("applicant"))
    plate = models.CharField(_("plate"), max_length=12)
    remark = models.CharField(_("remark"), max_length=LONGEST_REMARK, blank=True)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    facts: Any = models.JSONField(_("facts"), default=dict, blank=True)
    allowed = models.BooleanField(_("may enter"), null=True, blank=True)
    until = models.DateField(_("first day without access"), null=True, blank=True)
    rule = models.CharField(_("rule"), max_length=20, blank=True)
    checked_at = models.DateTimeField(_("answer of"), null=True, blank=True)
    tried_at = models.DateTimeField(_("register last asked"), null=True, blank=True)
    is_unknown = models.BooleanField(_("the register does not know it"), default=False)
    wanted_at = models.DateTimeField(_("to be asked again since"), null=True, blank=True)

    objects = VehicleQuerySet.as_manager()

    class Meta:
        verbose_name = _("vehicle of a fleet")
        verbose_name_plural = _("vehicles of fleets")
        constraints = (models.UniqueConstraint(fields=["applicant", "plate"], name="vehicle_once_a_fleet"),)
        indexes = (
            # the nightly round: least recently queried first
            models.Index(models.F("tried_at").asc(nulls_first=True), "id", name="vehicle_by_last_try"),
            # exemptions.fleet.register_refresh: vehicles whose owner waits for an answer
            models.Index(fields=["wanted_at"], condition=models.Q(wanted_at__isnull=False), name="vehicle_wanted"),
        )

    def __str__(self) -> str:
        return self.plate

    @property
    def known(self) -> VehicleFacts | None:
        """The facts in the last answer; None without an answer, or if the register does not know the plate."""
        return from_json(self.facts) if self.facts else None

    def may_enter(self, *, on: date) -> bool | None:
        """Whether it may enter without an exemption on a day near the last answer; None if unknown."""
        if not self.allowed:
            return self.allowed
        return self.until is None or on < self.until
