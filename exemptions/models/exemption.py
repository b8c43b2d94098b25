"""Granted exemptions: for one plate, in one municipality or in all, from one moment until another."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models.decision import Decision
from exemptions.steps.statuses import OPEN
from zones.models import Municipality

if TYPE_CHECKING:
    from exemptions.models.application import Application


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Exemptions by when they are valid, and for which vehicle."""

    def valid_at(self, moment: datetime) -> "ExemptionQuerySet":
        """Exemptions in force at a moment, also in the past: begun, and not ended, revoked or suspended by then."""
        not_revoked = models.Q(revoked_at=None) | models.Q(revoked_at__gt=moment)
        suspended = ExemptionSuspension.objects.running(at=moment).filter(exemption=models.OuterRef("pk"))
        return self.filter(not_revoked, ~models.Exists(suspended), starts_at__lte=moment, ends_at__gt=moment)

    def for_vehicle(self, *, plate: str, country: str = "NL") -> "ExemptionQuerySet":
        """Exemptions of one vehicle: an exemption is bound to a plate."""
        return self.filter(plate=plate, country=country)

    def running(self, *, on: date) -> "ExemptionQuerySet":
        """Long-term exemptions in force on a day or later, by a decision that was not replaced."""
        return self.long_term().filter(decision__replaced_by=None, ends_on__gte=on)

    def long_term(self) -> "ExemptionQuerySet":
        """Unrevoked exemptions that are neither for a single day nor for a temporary vehicle."""
        return self.filter(revoked_at=None, day_use=None, temporary=False)

    def not_over(self, *, at: datetime) -> "ExemptionQuerySet":
        """Unrevoked exemptions for longer than a day that are valid at a moment or later, temporary vehicles included.

        Each carries `is_suspended`: until further notice.
        """
        paused = ExemptionSuspension.objects.filter(exemption=models.OuterRef("pk"), ends_at=None)
        flags = {"is_suspended": models.Exists(paused)}
        ours = self.filter(revoked_at=None, day_use=None, ends_at__gt=at)
        return ours.select_related("decision__ground").annotate(**flags)

    def not_compared_since(self, moment: datetime) -> "ExemptionQuerySet":
        """Exemptions with a Dutch plate for which the register has not answered since a moment.

        Each carries `last_compared`: when the register last answered, or else when the decision was taken.
        """
        last = Coalesce("register_check__checked_at", "decision__taken_at")
        dutch = self.filter(country="NL").exclude(plate="").annotate(last_compared=last)
        return dutch.exclude(register_check__checked_at__gte=moment)


def forbid_overlap(name: str, *, temporary: bool) -> ExclusionConstraint:
    """Constraint against overlapping unrevoked exemptions of one application: a successor begins where the other ends.

    A temporary vehicle has an additional exemption, during which the other one is suspended.
    """
    return ExclusionConstraint(
        name=name,
        condition=models.Q(revoked_at=None, temporary=temporary),
        expressions=[
            (models.Func("application", "application", models.Value("[]"), function="int8range"), "&&"),
            (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
        ],
    )


class Exemption(models.Model):
    """An exemption (ontheffing) for a plate. `municipality` empty means: in every zone."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="exemption", verbose_name=_("decision"))
    application = models.ForeignKey(
        "exemptions.Application", models.PROTECT, related_name="exemptions", verbose_name=_("application")
    )
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=3, default="NL")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="exemptions", verbose_name=_("municipality")
    )
    starts_at = models.DateTimeField(_("valid from"))
    ends_at = models.DateTimeField(_("valid until"))
    ends_on = models.DateField(_("last day"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    temporary = models.BooleanField(
        _("for a temporary vehicle"),
        default=False,
        db_default=False,
        help_text=_("While it holds, the exemption of the own vehicle does not."),
    )

    objects = ExemptionQuerySet.as_manager()

    is_suspended: bool  # of the rows of `not_over`

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ("-starts_at",)
        indexes = (
            # whether a plate is exempt now (access page, enforcement)
            models.Index(fields=["plate", "country", "ends_at"], name="exemption_by_plate"),
            # watches.expiry_notices: exemptions that end within a number of days
            models.Index(fields=["ends_on"], name="exemption_by_end"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="exemption_has_a_term"),
            forbid_overlap("exemption_one_at_a_time", temporary=False),
            forbid_overlap("exemption_one_temporary_at_a_time", temporary=True),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} – {self.ends_on}"

    def is_valid(self, *, now: datetime) -> bool:
        """Whether it is in force at a moment, as `valid_at`; costs a query only within its term."""
        within = self.revoked_at is None and self.starts_at <= now < self.ends_at
        return within and not self.suspensions.running(at=now).exists()


def find_plate_holder(application: "Application") -> "Application | Exemption":
    """The row with the current plate: the exemption, which can have moved to another vehicle, or the application."""
    if application.is_draft or (application.status in OPEN and application.reopened_on is None):
        return application  # nothing has been granted yet
    return application.latest_exemption or application


class ExemptionSuspensionQuerySet(models.QuerySet["ExemptionSuspension"]):
    """Suspensions by moment."""

    def running(self, *, at: datetime) -> "ExemptionSuspensionQuerySet":
        """Suspensions that had begun at that moment and were not lifted by then."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at), starts_at__lte=at)


class ExemptionSuspension(models.Model):
    """A period in which an exemption was not valid (schorsing); without `ends_at`, it lasts until it is lifted."""

    exemption = models.ForeignKey(Exemption, models.PROTECT, related_name="suspensions", verbose_name=_("exemption"))
    # One decision can suspend several: it also suspends the exemption that replaces a suspended one.
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="suspensions", verbose_name=_("decision")
    )
    starts_at = models.DateTimeField(_("suspended from"), default=clock.now)
    ends_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = ExemptionSuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension of an exemption")
        verbose_name_plural = _("suspensions of exemptions")
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="exemptionsuspension_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="exemptionsuspension_once_at_a_time",
                expressions=[
                    (models.Func("exemption", "exemption", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.exemption}: {self.starts_at:%Y-%m-%d}"


class DayUse(models.Model):
    """Which day exemption it is (1st, 2nd, nth) of a vehicle in a municipality in a year; numbers are unique."""

    exemption = models.OneToOneField(Exemption, models.CASCADE, related_name="day_use", verbose_name=_("exemption"))
    plate = models.CharField(_("plate"), max_length=12)
    country = models.CharField(_("country"), max_length=3)
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name=_("municipality"))
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(_("number"))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("day exemption")
        verbose_name_plural = _("day exemptions")
        constraints = (
            models.UniqueConstraint(
                fields=["plate", "country", "municipality", "year", "ordinal"], name="dayuse_ordinal_once"
            ),
            models.UniqueConstraint(fields=["plate", "country", "municipality", "day"], name="dayuse_once_a_day"),
            # The maximum is a dated policy setting: a trigger of migration 0001_squashed_0040 refuses higher ones.
            models.CheckConstraint(condition=models.Q(ordinal__gte=1), name="dayuse_ordinal_from_one"),
            models.CheckConstraint(condition=models.Q(year=ExtractYear("day")), name="dayuse_year_of_the_day"),
        )

    def __str__(self) -> str:
        return f"{self.day} ({self.ordinal})"
