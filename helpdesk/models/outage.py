"""Outages of the portal, for people who could not meet a deadline because of one."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.languages import in_language
from casework import clock
from casework.deadline_words import format_moment


class OutageQuerySet(models.QuerySet["Outage"]):
    """Outages by day."""

    def touching(self, first: date, last: date) -> "OutageQuerySet":
        """Outages on one of these days, both included."""
        until = Q(ended_at=None) | Q(ended_at__date__gte=first)
        return self.filter(until, began_at__date__lte=last)


class Outage(models.Model):
    """An outage of electronic access (storing, Awb 2:21): public, and never deleted."""

    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, help_text=_("Empty while it lasts."))
    what_nl = models.CharField(_("what did not work, in Dutch"), max_length=300)
    what_en = models.CharField(_("what did not work, in English"), max_length=300)
    noted_at = models.DateTimeField(_("noted"), default=clock.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
    )

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        ordering = ("-began_at",)
        permissions = (("report_outage", _("Can note outages")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gt=models.F("began_at")),
                name="outage_ends_after_it_began",
                violation_error_message=_("The end must be after the beginning."),
            ),
        )

    def __str__(self) -> str:
        return format_moment(self.began_at)


def list_disturbances(first: date, last: date) -> list[str]:
    """The outages that touch a period, in words: from when until when, and what did not work."""
    return [describe_disturbance(outage) for outage in Outage.objects.touching(first, last).order_by("began_at")]


def describe_disturbance(outage: Outage) -> str:
    """From when until when, and what did not work."""
    about = {
        "began": format_moment(outage.began_at),
        "ended": format_moment(outage.ended_at) if outage.ended_at else "",
        "what": in_language(outage.what_nl, outage.what_en),
    }
    if outage.ended_at:
        return gettext("Outage from %(began)s to %(ended)s: %(what)s") % about
    return gettext("Outage since %(began)s: %(what)s") % about
