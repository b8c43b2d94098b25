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
"""Steps that do not wake a case: putting it aside, and the system's own reminders."""


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """Snoozes by case and whether they run."""

    def of(self, case: "Case") -> "SnoozeQuerySet":
        """The snooze of one case."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk)

    def running(self, *, today: date) -> "SnoozeQuerySet":
        """Snoozes whose day is in the future, with no event in the dossier since."""
        later = Event.objects.filter(dossier=OuterRef("dossier"), pk__gt=OuterRef("last_event"))
        news = later.exclude(step__in=QUIET_STEPS).order_by()
        return self.filter(~Exists(news), until__gt=today)


class Snooze(models.Model):
    """Keeps a case off its caseworker's lists until a day (terugleggen).

    Any event in its dossier ends it, so neither jobs nor other steps need to know about it.
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
            # the lists: snoozes that may still run
            models.Index(fields=["case_type", "until"], name="snooze_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id}: {self.until}"
