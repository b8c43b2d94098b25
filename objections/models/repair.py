"""Requests to the objector to repair an incomplete objection (herstelverzuim, Awb 6:6)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.deadlines import Suspension


class RepairRequestQuerySet(models.QuerySet["RepairRequest"]):
    """What the reminders and the clock ask."""

    def open(self) -> "RepairRequestQuerySet":
        """Neither answered nor ended otherwise."""
        return self.filter(answered_on=None, closed_on=None)

    def closed(self) -> "RepairRequestQuerySet":
        """Answered, or ended in silence."""
        return self.exclude(answered_on=None, closed_on=None)

    def to_remind(self, *, sent_before: date) -> "RepairRequestQuerySet":
        """Sent on or before a day, unanswered, not yet reminded."""
        return self.open().filter(sent_on__lte=sent_before, reminded_at=None)


class RepairRequest(models.Model):
    """What is missing, and until when the objector can add it. It suspends the term to decide (Awb 7:10(2))."""

    class Item(models.TextChoices):
        """What an objection must have (Awb 6:5), and what else may be asked."""

        GROUNDS = "grounds", _("the grounds: why you disagree with our decision")
        SIGNATURE = "signature", _("the signature")
        DECISION = "decision", _("which decision it is about")
        NAME = "name", _("name and address")
        DATE = "date", _("the date")
        AUTHORISATION = "authorisation", _("a written authorisation of the representative")
        LATE = "late", _("why it came too late (Awb 6:11)")

    objection = models.ForeignKey(
        "objections.Objection", models.CASCADE, related_name="repair_requests", verbose_name=_("objection")
    )
    items: Any = ArrayField(models.CharField(max_length=20, choices=Item), verbose_name=_("what is missing"))
    explanation = models.TextField(_("explanation"), blank=True)
    sent_on = models.DateField(_("sent on"))
    ends_on = models.DateField(_("last day"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    closed_on = models.DateField(_("ended without answer on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = RepairRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for repair")
        verbose_name_plural = _("requests for repair")
        ordering = ("sent_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["objection"],
                condition=models.Q(answered_on=None, closed_on=None),
                name="repairrequest_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("sent_on")), name="repairrequest_ends_after_sending"
            ),
        )

    def __str__(self) -> str:
        return f"{self.objection} {self.sent_on}"

    @property
    def asked(self) -> list[str]:
        """What is missing, in words."""
        return [str(self.Item(item).label) for item in self.items]

    def suspension(self, *, unused_lapse_counts_last_day: bool) -> Suspension:
        """The days in which the term to decide stands still: until the answer, or the end of the term (7:10(2))."""
        ended = self.answered_on or self.closed_on
        if ended is not None and ended < self.ends_on:
            return Suspension(invited=self.sent_on, ended=ended)
        return Suspension.lapsed(
            self.sent_on, last_day=self.ends_on, unused_lapse_counts_last_day=unused_lapse_counts_last_day
        )
