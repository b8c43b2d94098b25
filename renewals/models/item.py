"""One case on the list of a run: the decision, what it gets, why, and the result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exemptions.models import Decision
from exemptions.models.kind import InTwoLanguages
from renewals.steps.statuses import Action, ItemState


class RenewalItemQuerySet(models.QuerySet["RenewalItem"]):
    """Queries on the cases of a run."""

    def waiting(self) -> "RenewalItemQuerySet":
        """Cases that the run has not come to yet."""
        return self.filter(state=ItemState.WAITING)

    def left(self) -> "RenewalItemQuerySet":
        """Cases that need a person."""
        return self.filter(state__in=[ItemState.NEEDS_HUMAN, ItemState.FAILED])

    def without_end(self) -> "RenewalItemQuerySet":
        """Cases to be granted without any limit on the last day."""
        return self.filter(state=ItemState.WAITING, action=Action.GRANT, ends_on=None)


class RenewalItem(InTwoLanguages):
    """An earlier decision in a run. It is handled once: its row is locked meanwhile, and records the result."""

    run = models.ForeignKey(
        "renewals.Renewal", models.CASCADE, related_name="items", verbose_name=_("review after a rule change")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="renewal_items", verbose_name=_("earlier decision")
    )
    action = models.CharField(_("gets"), max_length=10, choices=Action)
    state = models.CharField(_("state"), max_length=20, choices=ItemState, default=ItemState.WAITING)
    reasons_nl = models.TextField(_("reasons in Dutch"))
    reasons_en = models.TextField(_("reasons in English"))
    ends_on = models.DateField(_("last day of what is granted"), null=True, blank=True)
    access_until = models.DateField(_("last day of access without the exemption"), null=True, blank=True)
    excluded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("left out by")
    )
    excluded_because = models.TextField(_("left out because"), blank=True)
    new_decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="from_renewal", verbose_name=_("new decision")
    )
    letter = models.OneToOneField(
        "casework.Letter", models.PROTECT, null=True, blank=True, related_name="renewal_item", verbose_name=_("letter")
    )
    problem = models.TextField(_("what is the matter"), blank=True)
    done_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    objects = RenewalItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of a run")
        verbose_name_plural = _("cases of a run")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["run", "decision"], name="renewalitem_once_a_run"),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.EXCLUDED) ^ models.Q(excluded_because=""),
                name="renewalitem_left_out_because",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ItemState.DONE) | models.Q(letter__isnull=False, done_at__isnull=False),
                name="renewalitem_done_has_a_letter",
            ),
            models.CheckConstraint(
                condition=models.Q(new_decision=None) | models.Q(state=ItemState.DONE, action=Action.GRANT),
                name="renewalitem_decision_only_when_granted",
            ),
        )
        indexes = (
            # renewals.engine: the next cases of a run; the page of a run by state
            models.Index(fields=["run", "state", "id"], name="renewalitem_by_state"),
        )

    def __str__(self) -> str:
        return str(self.decision.application)

    @property
    def reasons(self) -> str:
        """The reasons in the reader's language."""
        return self.text("reasons")

    @property
    def is_left(self) -> bool:
        """Whether the case needs a person."""
        return self.state in (ItemState.NEEDS_HUMAN, ItemState.FAILED)
