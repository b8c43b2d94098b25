"""The advisory committee (adviescommissie, Awb 7:13): its members, and its advice."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from objections.models.outcome import ObjectionDecision


class Committee(models.Model):
    """A committee that advises on an objection: a chair from outside and at least two members.

    There is one at a time. If it never gives advice, its referral ends and we go on without it.
    """

    objection = models.ForeignKey(
        "objections.Objection", models.CASCADE, related_name="committees", verbose_name=_("objection")
    )
    # Empty if an earlier version referred to a committee without naming it.
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    members: Any = ArrayField(models.CharField(max_length=200), verbose_name=_("members"), default=list, blank=True)
    referred_on = models.DateField(_("referred on"))
    advised_on = models.DateField(_("date of the advice"), null=True, blank=True)
    conclusion = models.CharField(_("advises"), max_length=20, choices=ObjectionDecision.Outcome, blank=True)
    advice = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("advice")
    )
    ended_on = models.DateField(_("referral ended on"), null=True, blank=True)
    ended_because = models.TextField(_("why the referral ended"), blank=True)

    class Meta:
        verbose_name = _("advisory committee")
        verbose_name_plural = _("advisory committees")
        ordering = ("referred_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["objection"], condition=models.Q(ended_on=None), name="committee_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(advised_on=None, conclusion="", advice=None)
                | (models.Q(advised_on__isnull=False, advice__isnull=False) & ~models.Q(conclusion="")),
                name="committee_advice_is_whole",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.chair, *self.members]))

    @property
    def has_advised(self) -> bool:
        """Whether its advice is in the file."""
        return self.advised_on is not None
