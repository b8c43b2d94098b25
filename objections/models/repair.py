"""Requests to the objector to repair an incomplete objection (herstelverzuim, Awb 6:6)."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import InformationRequest, InformationRequestQuerySet


class RepairRequestQuerySet(InformationRequestQuerySet["RepairRequest"]):
    """Queries on requests to repair."""


class RepairRequest(InformationRequest):
    """What is missing, and until when the objector can add it."""

    class Item(models.TextChoices):
        """What an objection must have (Awb 6:5), and what else we may ask for."""

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
