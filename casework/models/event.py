"""What happened, when, by whom. Written once, never changed: the database refuses it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock

if TYPE_CHECKING:
    from casework.models.case import Case


class EventQuerySet(models.QuerySet["Event"]):
    """Questions asked of the past."""

    def of(self, case: "Case") -> "EventQuerySet":
        """The events of one case, oldest first."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk).order_by("at", "pk")

    def until(self, moment: datetime) -> "EventQuerySet":
        """What had happened before a moment (the moment itself not included)."""
        return self.filter(at__lt=moment)

    def last_of_each_case(self) -> "EventQuerySet":
        """The newest event of every case: its `to_status` is the status at that moment."""
        return self.order_by("case_type", "case_id", "-at", "-pk").distinct("case_type", "case_id")


class Event(models.Model):
    """One step taken (gebeurtenis). All events of a case together give its status at any past moment."""

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.PROTECT,
        related_name="events",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    step = models.CharField(_("step"), max_length=40)
    from_status = models.CharField(_("from"), max_length=20)
    to_status = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    detail = models.JSONField(_("details"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "pk")
        indexes = (
            # Event.objects.of(case), last_of_each_case(): one case's history, and every case's last event
            models.Index(fields=["case_type", "case_id", "-at", "-id"], name="event_by_case"),
            # reporting: what happened in a period, by step
            models.Index(fields=["step", "at"], name="event_by_step"),
        )

    def __str__(self) -> str:
        return f"{self.step} ({self.at:%Y-%m-%d %H:%M})"
