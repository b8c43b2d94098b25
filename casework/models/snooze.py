"""A case that its caseworker put aside until a day."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.dossier import Event

if TYPE_CHECKING:
    from casework.models.case import Case

QUIET_STEPS = ("snooze", "remind", "ask_again", "remind_repair")
"""Putting aside itself, and the letters with which the system reminds somebody who has not answered: nothing new."""


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """What the lists and the page of a case ask."""

    def of(self, case: "Case") -> "SnoozeQuerySet":
        """That of one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def running(self, *, today: date) -> "SnoozeQuerySet":
        """Their day is still to come, and nothing happened in the dossier since."""
        later = Event.objects.filter(dossier=OuterRef("dossier"), pk__gt=OuterRef("last_event"))
        news = later.exclude(step__in=QUIET_STEPS).order_by()
        return self.filter(~Exists(news), until__gt=today)


class Snooze(models.Model):
    """A case stays off the lists of its caseworker until a day (terugleggen). Whatever happens in its dossier ends it:
    no job, and no step, has to know of it.
    """

    dossier = models.ForeignKey("casework.Dossier", models.CASCADE, related_name="+", verbose_name=_("dossier"))
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    until = models.DateField(_("until"))
    last_event = models.BigIntegerField(_("last event that its caseworker knew of"))

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name = _("put aside")
        verbose_name_plural = _("put aside")
        constraints = (models.UniqueConstraint(fields=["case_type", "case_id"], name="snooze_one_a_case"),)
        indexes = (
            # the lists: those that may run still
            models.Index(fields=["case_type", "until"], name="snooze_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id}: {self.until}"
