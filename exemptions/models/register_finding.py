"""Differences between the vehicle register and the basis of an exemption in force, for a person to look at."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.deadline_words import format_day
from exemptions.models.exemption import Exemption

YES, NO = "yes", "no"
OF_A_CODE: Mapping[str, str | Promise] = {
    "van": _("van"),
    "truck": _("truck"),
    "other": _("something else"),
    YES: _("yes"),
    NO: _("no"),
}


class RegisterFindingQuerySet(models.QuerySet["RegisterFinding"]):
    """Differences by whether somebody still has to look at them."""

    def live(self) -> "RegisterFindingQuerySet":
        """Differences that still exist, whether or not somebody has looked at them."""
        return self.filter(ended_at=None)

    def open(self, *, on: date) -> "RegisterFindingQuerySet":
        """Differences that nobody dealt with, while the exemption for that vehicle is still in force."""
        running = Exemption.objects.running(on=on).filter(
            application=models.OuterRef("application"), plate=models.OuterRef("plate")
        )
        return self.live().filter(models.Exists(running), settled_at=None)


class RegisterFinding(models.Model):
    """One difference. `was` is what the decision was based on, `found` what the register says: codes, words or a day.

    A person settles it; it ends automatically when the difference or the exemption is gone.
    """

    class What(models.TextChoices):
        """What the difference is about."""

        GONE = "gone", _("Struck from the register")
        EXPORTED = "exported", _("Exported")
        BLOCKED = "blocked", _("Can no longer be put in anybody's name")
        HOLDER = "holder", _("In this holder's name since")
        CATEGORY = "category", _("Kind of vehicle")
        EMISSION_CLASS = "emission_class", _("Emission class")
        FUELS = "fuels", _("Fuels")

    class Ending(models.TextChoices):
        """Why it ended automatically."""

        BACK = "back", _("the register says again what the decision rests on")
        OTHERWISE = "otherwise", _("the register says something else by now")
        OVER = "over", _("the exemption for this vehicle ended")

    application = models.ForeignKey(
        "exemptions.Application", models.PROTECT, related_name="register_findings", verbose_name=_("application")
    )
    plate = models.CharField(_("plate"), max_length=12)
    what = models.CharField(_("what"), max_length=20, choices=What)
    was = models.CharField(_("at the decision"), max_length=200, blank=True)
    found = models.CharField(_("in the register now"), max_length=200)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    note = models.TextField(_("note"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=20, choices=Ending, blank=True)

    objects = RegisterFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("change in the vehicle register")
        verbose_name_plural = _("changes in the vehicle register")
        ordering = ("found_at", "pk")
        constraints = (
            # Two simultaneous runs, or that of the next day, find the same difference: it stays one row.
            models.UniqueConstraint(
                fields=["application", "plate", "what", "found"],
                condition=models.Q(ended_at=None),
                name="registerfinding_once",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | ~models.Q(note=""), name="registerfinding_settled_with_a_note"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ending="") | models.Q(ended_at__isnull=False) & ~models.Q(ending=""),
                name="registerfinding_ended_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.was_in_words} → {self.found_in_words}"

    @property
    def was_in_words(self) -> str:
        """What the decision was based on, in words."""
        return self._say(self.was)

    @property
    def found_in_words(self) -> str:
        """What the register says, in words."""
        return self._say(self.found)

    def _say(self, value: str) -> str:
        if not value:
            return gettext("unknown")
        if self.what == self.What.HOLDER:
            return format_day(value)
        return str(OF_A_CODE.get(value, value))


class RegisterCheck(models.Model):
    """When the register last answered a query about the vehicle of an exemption in force."""

    exemption = models.OneToOneField(
        Exemption, models.CASCADE, primary_key=True, related_name="register_check", verbose_name=_("exemption")
    )
    checked_at = models.DateTimeField(_("compared with the register"), default=clock.now)

    class Meta:
        verbose_name = _("comparison with the vehicle register")
        verbose_name_plural = _("comparisons with the vehicle register")

    def __str__(self) -> str:
        return f"{self.exemption_id}: {self.checked_at:%Y-%m-%d}"
