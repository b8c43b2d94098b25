"""Recent lead times by kind, computed every night so that no visitor waits for the computation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models import Kind


class MeasuredTime(models.Model):
    """The lead time of one kind of exemption, counted as in figure R22."""

    kind = models.OneToOneField(Kind, models.CASCADE, related_name="measured_time", verbose_name=_("kind"))
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    decided = models.PositiveIntegerField(_("decisions"), default=0)
    median = models.PositiveIntegerField(_("median in days"), null=True)
    p90 = models.PositiveIntegerField(_("nine in ten within so many days"), null=True)
    measured_at = models.DateTimeField(_("measured"), default=clock.now)

    class Meta:
        verbose_name = _("measured lead time")
        verbose_name_plural = _("measured lead times")
        ordering = ("kind_id",)

    def __str__(self) -> str:
        return f"{self.kind_id}: {self.median}"
