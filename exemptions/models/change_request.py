"""Requests of holders to change an exemption, and what came of them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.deadline_words import format_day
from exemptions.models.decision import Change, Decision, Outcome
from exemptions.models.registration import Channel
from zones.plates import spell_plate


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Requests for a change by whether they are open."""

    def open(self) -> "ChangeRequestQuerySet":
        """Requests that are neither decided nor taken back."""
        return self.filter(settled_at=None)

    def settle(self, result: "ChangeRequest.Result", *, decision: Decision | None = None) -> int:
        """Close the open requests; returns how many there were."""
        return self.open().update(settled_at=clock.now(), result=result, decision=decision)

    def settle_by(self, decision: Decision) -> None:
        """Close the requests that a decision grants, or all if it ends the exemption and so makes them pointless."""
        asked = self.filter(application=decision.application_id)
        if decision.outcome == Outcome.ENDED:
            asked.settle(ChangeRequest.Result.NEEDLESS, decision=decision)
        else:
            asked.filter(what=decision.change).settle(ChangeRequest.Result.CARRIED_OUT, decision=decision)


class ChangeRequest(models.Model):
    """A holder's request to change an exemption (verzoek om wijziging): into what, and by when we have to answer.

    `came_in_on`: only for requests from outside the portal; those in the portal come in on the day they are typed.
    """

    class Result(models.TextChoices):
        """What came of a request."""

        CARRIED_OUT = "carried_out", _("carried out")
        REFUSED = "refused", _("refused")
        TAKEN_BACK = "taken_back", _("taken back")
        NEEDLESS = "needless", _("needless: the exemption ended")

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="change_requests", verbose_name=_("application")
    )
    what = models.CharField(_("change"), max_length=20, choices=Change)
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    country = models.CharField(_("country of the plate"), max_length=3, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel, default=Channel.PORTAL)
    came_in_on = models.DateField(_("came in on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    answer_by = models.DateField(_("answer by"), help_text=_("Awb 4:13."))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="change_requests", verbose_name=_("decision")
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a change")
        verbose_name_plural = _("requests for a change")
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["application", "what"],
                condition=models.Q(settled_at=None),
                name="changerequest_one_open_a_change",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, result="")
                | models.Q(settled_at__isnull=False) & ~models.Q(result=""),
                name="changerequest_settled_with_a_result",
            ),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.PORTAL) | models.Q(came_in_on__isnull=False),
                name="changerequest_elsewhere_on_a_day",
            ),
        )
        indexes = (
            # the worklist, sorted by the day to answer by
            models.Index(fields=["answer_by"], condition=models.Q(settled_at=None), name="changerequest_open_by_day"),
        )

    def __str__(self) -> str:
        return self.in_words

    @property
    def asked_on(self) -> date:
        """The day in Amsterdam on which the request came in."""
        return self.came_in_on or timezone.localdate(self.asked_at)

    @property
    def is_on_paper(self) -> bool:
        """Whether a colleague registered it, because it came in another way than through the portal."""
        return self.channel != Channel.PORTAL

    @property
    def is_late(self) -> bool:
        """Whether it is unanswered after the last day to answer."""
        return self.settled_at is None and self.answer_by < clock.today()

    @property
    def in_words(self) -> str:
        """The requested change, as the second half of a sentence."""
        words = {
            Change.VEHICLE: gettext("the exemption for another vehicle, with number plate %(plate)s"),
            Change.LOAN: gettext("a temporary vehicle, with number plate %(plate)s, from %(first)s to %(last)s"),
            Change.LONGER: gettext("the exemption until %(last)s"),
            Change.NAME: gettext("another name for the holder: %(name)s"),
        }
        return words[Change(self.what)] % {
            "plate": spell_plate(self.plate, country=self.country) if self.plate else "",
            "first": format_day(self.starts_on) if self.starts_on else "",
            "last": format_day(self.ends_on) if self.ends_on else "",
            "name": self.name,
        }
