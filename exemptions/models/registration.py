"""Applications that did not come in through the portal: how, when, and whether that way was open (Awb 2:7, 2:23)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import deadlines


class Channel(models.TextChoices):
    """How an application came in. Email is not an open channel: what comes by it must be repaired (Awb 2:23)."""

    PORTAL = "portal", _("portal")
    POST = "post", _("post")
    COUNTER = "counter", _("counter")
    PHONE = "phone", _("telephone")
    EMAIL = "email", _("email")


class Registration(models.Model):
    """What a colleague records about the receipt of an application (registratie)."""

    application = models.OneToOneField(
        "exemptions.Application", models.CASCADE, related_name="registration", verbose_name=_("application")
    )
    came_in_on = models.DateField(_("came in on"))
    signed = models.BooleanField(_("signed"), default=True)
    lookup = models.CharField(_("known as"), max_length=254, blank=True)
    repair_by = models.DateField(_("last day to send it by an open way"), null=True, blank=True)
    repaired_on = models.DateField(_("sent by an open way"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(repaired_on=None)
                | models.Q(repair_by__isnull=False, repaired_on__gte=models.F("came_in_on")),
                name="registration_repaired_after_sending",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.came_in_on}"

    @property
    def received_on(self) -> date | None:
        """The day of receipt; None if it came in by a way that is not open and was not repaired yet (Awb 2:23)."""
        if self.repair_by is None:
            return self.came_in_on
        return deadlines.receipt_day(self.came_in_on, repaired=self.repaired_on, repair_by=self.repair_by)
