"""Decisions, and proposals that wait for a second pair of eyes."""

import secrets
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from exemptions.models.kind import Ground

# No vowels and no look-alikes, because people read references aloud and copy them from paper.
REFERENCE_SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def new_reference() -> str:
    """An unguessable reference, such as K7RT-4MWD-9XHC (28 possible characters, 12 places: 57 bits)."""
    return "-".join("".join(secrets.choice(REFERENCE_SIGNS) for _place in range(4)) for _group in range(3))


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("granted")
    REJECTED = "rejected", _("rejected")
    SET_ASIDE = "set_aside", _("set aside")
    PENALTY = "penalty", _("penalty set for deciding late")
    CONVERTED = "converted", _("not decided on: converted to another kind")
    ENDED = "ended", _("exemption ended")
    SUSPENDED = "suspended", _("exemption suspended")
    RESUMED = "resumed", _("suspension lifted")
    TEMPORARY = "temporary", _("temporary vehicle allowed")
    REFUSED = "refused", _("change refused")


class Change(models.TextChoices):
    """What a decision changed in an exemption after the grant; the application stays granted and is counted once."""

    VEHICLE = "vehicle", _("another vehicle")
    REQUEST = "request", _("ended at the request of the holder")
    REVOCATION = "revocation", _("revoked")
    SUSPENSION = "suspension", _("suspended")
    LIFTING = "lifting", _("suspension lifted")
    LONGER = "longer", _("made longer")
    SHORTER = "shorter", _("made shorter")
    CORRECTION = "correction", _("clerical error corrected")
    LOAN = "loan", _("temporary vehicle")
    NAME = "name", _("another name of the holder")


ON_APPLICATION = (Outcome.GRANTED, Outcome.REJECTED, Outcome.SET_ASIDE, Outcome.ENDED)
"""Outcomes of the request itself; any other outcome is about something that arose while handling it."""
BESIDE = (Outcome.PENALTY, Outcome.SUSPENDED, Outcome.RESUMED, Outcome.TEMPORARY, Outcome.REFUSED)
"""Outcomes of decisions that exist next to the standing decision and never replace it."""


class Doubtful(models.Model):
    """Records what spoke against it when it was made, in the words of that day, and why it was made nevertheless.

    Meant for colleagues, an objection and a court; the letter does not include it.
    """

    doubts = ArrayField(models.TextField(), verbose_name=_("what speaks against it"), default=list, blank=True)
    doubts_reason = models.TextField(_("why all the same"), blank=True)

    class Meta:
        abstract = True


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by how they ended."""

    def sent_back(self) -> "ProposalQuerySet":
        """Proposals that the second pair of eyes sent back with a remark; not those that their maker took back."""
        return self.exclude(remark="").exclude(settled_by=None)


class Proposal(Doubtful):
    """A decision that waits for a second pair of eyes (voorstel)."""

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="proposals", verbose_name=_("application")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    change = models.CharField(_("change"), max_length=20, choices=Change, blank=True, default="", db_default="")
    ground = models.ForeignKey(Ground, models.PROTECT, verbose_name=_("ground"))
    explanation = models.TextField(_("explanation"), blank=True)
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    made_at = models.DateTimeField(_("proposed"), default=clock.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    remark = models.TextField(_("remark"), blank=True)
    unheard_because = models.TextField(
        _("why the holder was not heard"), blank=True, default="", db_default="", help_text=_("Awb 4:11.")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(settled_at=None), name="proposal_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("made_by")),
                name="proposal_settled_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="granted") | models.Q(starts_on__isnull=False, ends_on__isnull=False),
                name="proposal_granted_has_a_term",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.ground}"

    @property
    def what(self) -> str:
        """The proposed change or outcome, in words."""
        return str(self.get_change_display() if self.change else self.get_outcome_display())

    @property
    def term(self) -> tuple[date, date]:
        """The first and last day of a proposed grant. Raises ValueError for any other proposal."""
        if self.starts_on is None or self.ends_on is None:
            raise ValueError("only a grant has a term")
        return self.starts_on, self.ends_on


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by what they are about and by whether they stand."""

    def on_applications(self) -> "DecisionQuerySet":
        """Decisions on the request itself."""
        return self.filter(outcome__in=ON_APPLICATION)

    def verifiable(self) -> "DecisionQuerySet":
        """Decisions that can carry an exemption, so that anybody can verify them: also on a temporary vehicle."""
        return self.filter(outcome__in=(*ON_APPLICATION, Outcome.TEMPORARY))

    def on_penalties(self) -> "DecisionQuerySet":
        """Decisions that set the penalty for deciding late (Awb 4:18), which are separate decisions."""
        return self.filter(outcome=Outcome.PENALTY)

    def on_conversions(self) -> "DecisionQuerySet":
        """Decisions not to decide on the request because it continues as another kind (Awb 6:2(a))."""
        return self.filter(outcome=Outcome.CONVERTED)

    def in_force(self) -> "DecisionQuerySet":
        """Decisions that were neither replaced by a later one nor revoked."""
        return self.filter(replaced_by=None, revoked_at=None)

    def answering(self) -> "DecisionQuerySet":
        """Decisions that count as the answer to the application: on the request, or the refusal to decide on it."""
        return self.exclude(outcome__in=BESIDE).in_force()

    def waiting_for_post(self) -> "DecisionQuerySet":
        """Decisions in force on the exemption itself that have no effect yet, because their letter was not posted."""
        return self.in_force().filter(outcome__in=(*ON_APPLICATION, Outcome.SUSPENDED), made_known_on=None)

    def standing(self) -> "DecisionQuerySet":
        """Decisions on the request that were neither replaced nor revoked."""
        return self.on_applications().in_force()

    def for_letter(self) -> "DecisionQuerySet":
        """With everything that a letter says about them: the ground, who took them, and the resulting exemption."""
        return self.select_related("ground", "taken_by", "exemption")


class Decision(Doubtful):
    """A decision (besluit) with its version of the kind; also one on a penalty or a conversion.

    `change`: what it changed in a standing exemption; empty for a decision on the application itself.
    """

    application = models.ForeignKey(
        "exemptions.Application", models.PROTECT, related_name="decisions", verbose_name=_("application")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    change = models.CharField(_("change"), max_length=20, choices=Change, blank=True, default="", db_default="")
    ground = models.ForeignKey(Ground, models.PROTECT, null=True, verbose_name=_("ground"))
    explanation = models.TextField(_("explanation"), blank=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference)
    taken_at = models.DateTimeField(_("taken"), default=clock.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    in_part = models.BooleanField(
        _("granted in part"),
        default=False,
        help_text=_("Less than was asked: the letter gives the reasons for the rest (Awb 3:46)."),
    )
    facts = models.ForeignKey(
        "exemptions.FactsRecord", models.PROTECT, null=True, blank=True, verbose_name=_("vehicle facts")
    )
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    made_known_on = models.DateField(
        _("made known on"),
        null=True,
        blank=True,
        help_text=_("The day on which its letter was placed, or was posted to those who want post; empty until then."),
    )
    revoked_at = models.DateTimeField(
        _("revoked"), null=True, blank=True, help_text=_("The application was taken up again: there is no decision.")
    )
    thresholds = models.ForeignKey(
        "exemptions.ThresholdVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("thresholds in force"),
    )
    penalty = models.ForeignKey(
        "casework.DefaultNotice",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("notice of default"),
        help_text=_("Whose penalty was set (Awb 4:18)."),
    )
    penalty_eur = models.PositiveIntegerField(_("penalty in euros"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("taken_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(prepared_by=None) | ~models.Q(prepared_by=models.F("taken_by")),
                name="decision_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="granted") | models.Q(starts_on__isnull=False, ends_on__isnull=False),
                name="decision_granted_has_a_term",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["ended", "suspended", "resumed", "temporary", "refused"])
                | ~models.Q(change=""),
                name="decision_after_the_grant_says_what_changed",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="penalty", penalty__isnull=False, penalty_eur__isnull=False)
                | ~models.Q(outcome="penalty") & models.Q(penalty=None, penalty_eur=None),
                name="decision_penalty_has_an_amount",
            ),
        )
        indexes = (
            # exemptions.admin.similar_decisions: the latest decisions on a ground
            models.Index(fields=["ground", "-taken_at"], name="decision_by_ground"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_on_application(self) -> bool:
        """Whether it decides on the request itself."""
        return self.outcome in ON_APPLICATION

    @property
    def is_in_force(self) -> bool:
        """Whether it was neither replaced by a later decision nor revoked."""
        return self.replaced_by_id is None and self.revoked_at is None

    @property
    def is_standing(self) -> bool:
        """Whether it is the standing decision on the request."""
        return self.is_on_application and self.is_in_force

    @property
    def outcome_in_words(self) -> str:
        """The outcome, and whether it covers the whole request; for a change, what changed or was refused."""
        if self.outcome == Outcome.REFUSED:
            return f"{self.get_outcome_display()}: {self.get_change_display()}"
        if self.change:
            return str(self.get_change_display())
        return gettext("granted in part") if self.in_part else str(self.get_outcome_display())

    @property
    def announced_on(self) -> date:
        """The day after which the term to object begins (Awb 3:41, 6:8); today as long as it was not made known."""
        return self.made_known_on or clock.today()

    @property
    def dated_on(self) -> date:
        """The date of the decision: that of its letter, or the day it was taken until the letter has been posted."""
        return self.made_known_on or timezone.localdate(self.taken_at)

    def announce(self, *, on: date) -> None:
        """Record the day on which it was made known, unless it was known when the decision was taken."""
        if self.made_known_on != on:
            self.made_known_on = on
            self.save(update_fields=["made_known_on"])

    def chain(self) -> "list[Decision]":
        """This decision and those that it successively replaced, latest first."""
        earlier: Decision | None = getattr(self, "replaces", None)
        return [self, *(earlier.chain() if earlier else ())]
