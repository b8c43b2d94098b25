"""A run of deciding again (herbeoordeling): its cause, what it grants, and who reviewed and approved it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField

from casework import clock
from casework.deadline_words import format_day as day_in_words
from casework.models import Case, Dossier
from exemptions.models.kind import InTwoLanguages
from renewals.models.renewal_query import RenewalQuerySet
from renewals.steps import case_list, review, running
from renewals.steps.statuses import CASE_TYPE, ENDED, OPEN, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User

CAUSES = ("thresholds", "kind", "access_rule")
"""The fields for what changed; a run is about exactly one of them."""


def one_cause() -> models.Q:
    """A condition that exactly one of the causes is filled in."""
    alone = models.Q()
    for name in CAUSES:
        alone |= models.Q(**{f"{other}__isnull": other != name for other in CAUSES})
    return alone


class Renewal(Case, InTwoLanguages):
    """One run. Two people check its list before anything is decided; it can be stopped and resumed without loss."""

    CASE_TYPE: ClassVar[str] = CASE_TYPE
    OPEN: ClassVar[Sequence[str]] = OPEN
    ENDED: ClassVar[Sequence[str]] = ENDED

    dossier = models.OneToOneField(
        Dossier, models.PROTECT, related_name="renewal", verbose_name=gettext_lazy("dossier")
    )
    thresholds = models.ForeignKey(
        "exemptions.ThresholdVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=gettext_lazy("changed thresholds"),
    )
    kind = models.ForeignKey(
        "exemptions.KindVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=gettext_lazy("changed kind"),
    )
    access_rule = models.ForeignKey(
        "zones.AccessRule",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=gettext_lazy("changed access rule"),
    )
    status = FSMField(
        gettext_lazy("status"),
        max_length=20,
        choices=RenewalStatus,
        default=RenewalStatus.LISTED,
        protected=True,
    )
    explanation_nl = models.TextField(gettext_lazy("explanation in Dutch"), blank=True)
    explanation_en = models.TextField(gettext_lazy("explanation in English"), blank=True)
    starts_on = models.DateField(
        gettext_lazy("first day"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The first day of what is granted. Empty: the day on which the decision is taken."),
    )
    ends_on = models.DateField(
        gettext_lazy("last day if nothing else limits it"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "For cases in which neither the requested period, nor the kind, nor the vehicle sets an end."
        ),
    )
    remark = models.TextField(gettext_lazy("remark of the person who sent it back"), blank=True)
    staying = models.PositiveIntegerField(
        gettext_lazy("granted, would be refused now, and remain unchanged"), default=0
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("list made by"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("reviewed by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("approved by"),
    )
    listed_at = models.DateTimeField(gettext_lazy("list made"), default=clock.now)
    started_at = models.DateTimeField(gettext_lazy("started"), null=True, blank=True)
    stopped_at = models.DateTimeField(gettext_lazy("stopped"), null=True, blank=True)
    done_at = models.DateTimeField(gettext_lazy("done"), null=True, blank=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("review after a rule change")
        verbose_name_plural = gettext_lazy("runs of deciding again")
        ordering = ("-listed_at", "-pk")
        permissions = (
            ("review_renewal", gettext_lazy("Can review the list of a run, and start and stop it")),
            ("approve_renewal", gettext_lazy("Can approve a run that a colleague reviewed")),
        )
        indexes = (
            # renewals.tasks.resume, the worklists
            models.Index(fields=["status", "listed_at"], name="renewal_by_status"),
        )
        constraints = (
            models.CheckConstraint(condition=one_cause(), name="renewal_one_cause"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("proposed_by")),
                name="renewal_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["listed", "proposed", "cancelled"])
                | models.Q(approved_by__isnull=False, proposed_by__isnull=False),
                name="renewal_runs_approved",
            ),
            *(
                models.UniqueConstraint(
                    fields=[cause], condition=models.Q(status__in=OPEN), name=f"renewal_one_open_{cause}"
                )
                for cause in CAUSES
            ),
        )

    # The steps, phase by phase; each is one function with its consequences in its body.
    list_again = case_list.list_again
    exclude = case_list.exclude
    include = case_list.include
    grant_too = case_list.grant_too

    propose = review.propose
    send_back = review.send_back
    approve = review.approve
    cancel = review.cancel

    start = running.start
    stop = running.stop
    go_on = running.go_on
    try_again = running.try_again
    settle = running.settle
    finish = running.finish

    def __str__(self) -> str:
        if self.thresholds:
            return _("Thresholds of %(day)s") % {"day": day_in_words(self.thresholds.valid_from)}
        if self.kind:
            return _("%(kind)s as of %(day)s") % {"kind": self.kind, "day": day_in_words(self.kind.valid_from)}
        return _("Access rule %(rule)s") % {"rule": self.access_rule}

    @property
    def holds_from(self) -> date:
        """The day on which the change takes effect, before which no decision is taken on it."""
        for cause in (self.thresholds, self.kind, self.access_rule):
            if cause is not None:
                return cause.valid_from
        raise ValueError("a run has a cause")

    def is_proposed_by(self, user: "User") -> bool:
        """Whether the user reviewed the list."""
        return self.proposed_by_id == user.pk
