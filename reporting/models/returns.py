"""What a municipality hands in each month (opgave): warnings, fines, passages. A new delivery is a new version.

An uploaded spreadsheet is kept from when it is read until it is accepted.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework import clock
from reporting.models.deliveries import Delivery, DeliveryQuerySet, HandedInMonth
from zones.models import Municipality


class MonthlyReturn(HandedInMonth):
    """The return of one municipality for one month."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="monthly_returns", verbose_name=_("municipality")
    )

    class Meta:
        verbose_name = _("monthly return")
        verbose_name_plural = _("monthly returns")
        ordering = ("-month", "municipality")
        permissions = (
            ("deliver_return", _("Can hand in the returns of the own municipality")),
            ("view_every_return", _("Can see and hand in the returns of every municipality")),
        )
        constraints = (
            models.UniqueConstraint(fields=["municipality", "month"], name="monthlyreturn_once_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthlyreturn_month_is_a_first_day"),
        )

    def __str__(self) -> str:
        return f"{self.municipality} {date_format(self.month, 'F Y')}"


class ReturnVersion(Delivery):
    """One delivery of a return."""

    MONTH = "monthly_return"

    class Channel(models.TextChoices):
        """How it came in."""

        FORM = "form", pgettext_lazy("how a return came in", "form")
        SHEET = "sheet", _("spreadsheet")
        PASSAGES = "passages", _("count of passages")

    monthly_return = models.ForeignKey(
        MonthlyReturn, models.CASCADE, related_name="versions", verbose_name=_("monthly return")
    )
    channel = models.CharField(_("by"), max_length=10, choices=Channel)
    warnings = models.PositiveIntegerField(_("warning letters"), null=True, blank=True)
    fines_van = models.PositiveIntegerField(_("finable offences by vans"), null=True, blank=True)
    fines_truck = models.PositiveIntegerField(_("finable offences by trucks"), null=True, blank=True)
    passages_van = models.PositiveIntegerField(_("passages of vans (ANPR)"), null=True, blank=True)
    compliant_van = models.PositiveIntegerField(_("of these compliant"), null=True, blank=True)
    passages_truck = models.PositiveIntegerField(_("passages of trucks (ANPR)"), null=True, blank=True)
    compliant_truck = models.PositiveIntegerField(_("of these compliant"), null=True, blank=True)
    interval_days = models.PositiveSmallIntegerField(
        _("days between two letters or fines for one vehicle"), null=True, blank=True
    )
    zone_km2 = models.DecimalField(_("size of the zone in km²"), max_digits=7, decimal_places=2, null=True, blank=True)
    warning_until = models.DateField(_("warning period ends"), null=True, blank=True)
    context = models.TextField(_("what one should know to compare"), blank=True)
    compliance: Any = models.JSONField(
        _("count of passages"),
        null=True,
        blank=True,
        help_text=_("The file that it was read from, with the version of the rules and exemptions."),
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a return")
        verbose_name_plural = _("deliveries of returns")
        ordering = ("monthly_return", "number")
        constraints = (
            models.UniqueConstraint(fields=["monthly_return", "number"], name="returnversion_once"),
            models.CheckConstraint(
                condition=models.Q(compliant_van=None) | models.Q(compliant_van__lte=models.F("passages_van")),
                name="returnversion_compliant_vans_passed",
            ),
            models.CheckConstraint(
                condition=models.Q(compliant_truck=None) | models.Q(compliant_truck__lte=models.F("passages_truck")),
                name="returnversion_compliant_trucks_passed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.monthly_return} ({self.number})"


class ReturnUpload(models.Model):
    """A spreadsheet of returns that was read: what would be kept on acceptance, row by row, and what is wrong."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the file"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    rows: Any = models.JSONField(_("rows as they were read"), default=list)
    problems: Any = models.JSONField(_("what is wrong, by row and column"), default=list)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name
