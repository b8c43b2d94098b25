"""Decisions on objections (beslissing op bezwaar, Awb 7:11, 7:12)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock, deadlines
from casework.models import EquatedDay
from exemptions.models import Decision
from exemptions.models.decision import new_reference
from objections.steps.statuses import ObjectionStatus


class ObjectionDecisionQuerySet(models.QuerySet["ObjectionDecision"]):
    """Queries on decisions on objections."""

    def standing(self) -> "ObjectionDecisionQuerySet":
        """Decisions not annulled by a court."""
        return self.filter(annulled_on=None)


class ObjectionDecision(models.Model):
    """A decision on an objection. Its decider may not have taken a decision in the chain (Awb 10:3)."""

    class Outcome(models.TextChoices):
        """The statuses in which an objection ends by a decision."""

        UPHELD = ObjectionStatus.UPHELD.value, ObjectionStatus.UPHELD.label
        UPHELD_IN_PART = ObjectionStatus.UPHELD_IN_PART.value, ObjectionStatus.UPHELD_IN_PART.label
        UNFOUNDED = ObjectionStatus.UNFOUNDED.value, ObjectionStatus.UNFOUNDED.label
        INADMISSIBLE = ObjectionStatus.INADMISSIBLE.value, ObjectionStatus.INADMISSIBLE.label

    class Inadmissible(models.TextChoices):
        """Why an objection is inadmissible."""

        LATE = "late", _("too late, without a good reason (Awb 6:7, 6:11)")
        NOT_REPAIRED = "not_repaired", _("not complete, also after a chance to repair (Awb 6:6)")
        NO_INTEREST = "no_interest", _("the objector is no interested party, or has no interest any more (Awb 1:2)")
        NO_DECISION = "no_decision", _("not against a decision to which one can object (Awb 1:3)")

    objection = models.ForeignKey(
        "objections.Objection", models.PROTECT, related_name="decisions", verbose_name=_("objection")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    inadmissible_because = models.CharField(_("inadmissible, because"), max_length=20, choices=Inadmissible, blank=True)
    explanation = models.TextField(_("reasons"))
    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference)
    taken_at = models.DateTimeField(_("taken"), default=clock.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    new_decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="from_objection", verbose_name=_("new decision")
    )
    costs_eur = models.DecimalField(
        _("costs paid back, in euros"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    costs_because = models.TextField(_("about the costs"), blank=True)
    new_penalty = models.OneToOneField(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="from_objection_beside",
        verbose_name=_("penalty set anew (Awb 4:19)"),
    )
    penalty_because = models.TextField(_("about the penalty (Awb 4:19)"), blank=True)
    made_known_on = models.DateField(
        _("made known on"),
        null=True,
        blank=True,
        help_text=_("The day on which its letter was placed, or was posted to those who want post; empty until then."),
    )
    deviation_because = models.TextField(_("why it deviates from the advice (Awb 7:13)"), blank=True)
    annulled_on = models.DateField(_("annulled by a court"), null=True, blank=True)

    objects = ObjectionDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on an objection")
        verbose_name_plural = _("decisions on objections")
        ordering = ("taken_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["objection"], condition=models.Q(annulled_on=None), name="objectiondecision_one_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="inadmissible") ^ models.Q(inadmissible_because=""),
                name="objectiondecision_inadmissible_because",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def announced_on(self) -> date:
        """The day after which the term to appeal begins (Awb 3:41, 6:8); today until the decision is made known."""
        return self.made_known_on or clock.today()

    @property
    def dated_on(self) -> date:
        """The date of the decision: that of its letter, or until that has been posted the day it was taken."""
        return self.made_known_on or timezone.localdate(self.taken_at)

    def announce(self, *, on: date) -> None:
        """Record that it is made known, and with it the decisions that it takes."""
        if self.made_known_on != on:
            self.made_known_on = on
            self.save(update_fields=["made_known_on"])
        for new in filter(None, (self.new_decision, self.new_penalty)):
            new.announce(on=on)

    @property
    def appeal_until(self) -> date:
        """The last day to go to the court (Awb 6:7)."""
        return deadlines.appeal_due(self.announced_on, calendar=EquatedDay.calendar())
