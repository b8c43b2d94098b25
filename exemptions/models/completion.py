"""Requests to the applicant: to complete the application (Awb 4:5), or to give a view (Awb 4:7)."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import InformationRequest, InformationRequestQuerySet
from exemptions.models.evidence import EvidenceItem


class CompletionRequestQuerySet(InformationRequestQuerySet["CompletionRequest"]):
    """Requests for completion; the methods are those of every request for information."""


class CompletionRequest(InformationRequest):
    """A request for completion (verzoek om aanvulling): which items, why, and until when (Awb 4:5)."""

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="completion_requests", verbose_name=_("application")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    sent_at = models.DateTimeField(_("sent at"), default=clock.now)

    objects = CompletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for completion")
        verbose_name_plural = _("requests for completion")
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(fields=["application", "round"], name="completionrequest_once_a_round"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(answered_on=None, closed_on=None),
                name="completionrequest_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("sent_on")), name="completionrequest_ends_after_sending"
            ),
        )
        indexes = (
            # the worklists: who still has time
            models.Index(
                fields=["ends_on"],
                condition=models.Q(answered_on=None, closed_on=None),
                name="completionrequest_running",
            ),
            # exemptions.deadline_monitoring: unanswered requests, oldest first
            models.Index(
                fields=["sent_on"],
                condition=models.Q(answered_on=None, closed_on=None, reminded_at=None),
                name="completionrequest_to_remind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.round}"

    @cached_property
    def asked_items(self) -> "list[RequestedItem]":
        """What is asked, with the items of the checklist."""
        return list(self.items.select_related("item__requirement"))


class RequestedItem(models.Model):
    """One thing that we ask for, an item of the checklist, and why."""

    request = models.ForeignKey(
        CompletionRequest, models.CASCADE, related_name="items", verbose_name=_("request for completion")
    )
    item = models.ForeignKey(EvidenceItem, models.CASCADE, related_name="requested", verbose_name=_("evidence"))
    why = models.TextField(_("why"))

    class Meta:
        verbose_name = _("requested item")
        verbose_name_plural = _("requested items")
        constraints = (models.UniqueConstraint(fields=["request", "item"], name="requesteditem_once"),)

    def __str__(self) -> str:
        return str(self.item)


@dataclass(frozen=True)
class Difference:
    """One piece of data that differs: which it is, what the applicant gave, and what we found and where."""

    what: str
    given: str
    found: str

    @property
    def is_complete(self) -> bool:
        """Whether all three are filled in."""
        return all(part.strip() for part in (self.what, self.given, self.found))


class ViewRequest(models.Model):
    """Hears the applicant before a refusal based on data that differ from their own (zienswijze, Awb 4:7).

    Or hears the holder before we change a decision to their disadvantage (Awb 4:8): `about` is then that decision.
    """

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="view_requests", verbose_name=_("application")
    )
    differences = models.JSONField(_("which data differ"), default=list)
    differing_data = models.TextField(_("more about the data that differ"), blank=True)
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
    about = models.ForeignKey(
        "exemptions.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="view_requests",
        verbose_name=_("about the decision"),
    )
    settled_at = models.DateTimeField(
        _("settled"), null=True, blank=True, help_text=_("We decided, or left the exemption as it is.")
    )
    view = models.TextField(_("view of the applicant"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("request for a view")
        verbose_name_plural = _("requests for a view")
        ordering = ("created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(closed_at=None), name="viewrequest_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.sent_on}"

    @property
    def table(self) -> list[Difference]:
        """What was given and what was found, row by row; empty for requests from before rows were recorded."""
        return [Difference(**row) for row in self.differences]
