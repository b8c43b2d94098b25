"""Notices of default (ingebrekestellingen): somebody tells us that we are late, and from then on days cost money."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import deadlines


class DefaultNoticeQuerySet(models.QuerySet["DefaultNotice"]):
    """What the worklists and the figures ask."""

    def running(self) -> "DefaultNoticeQuerySet":
        """With effect, while no decision was taken."""
        return self.filter(decided_on=None).exclude(first_day=None)

    def to_set(self) -> "DefaultNoticeQuerySet":
        """With effect, and the amount was not yet set by decision."""
        return self.filter(set_on=None).exclude(first_day=None)


class DefaultNotice(models.Model):
    """A notice of default on one case (Awb 4:17). One that came before the term had lapsed has no effect."""

    class Without(models.TextChoices):
        """Why no penalty is due although we were late (Awb 4:17(5))."""

        UNREASONABLY_LATE = "unreasonably_late", _("the notice came unreasonably late")
        NOT_INTERESTED = "not_interested", _("the applicant is no interested party")
        MANIFESTLY_UNFOUNDED = "manifestly_unfounded", _("manifestly inadmissible or unfounded")

    dossier = models.ForeignKey(
        "casework.Dossier", models.CASCADE, related_name="default_notices", verbose_name=_("dossier")
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    received_on = models.DateField(_("received"))
    due = models.DateField(_("the term that had lapsed"))
    first_day = models.DateField(_("first penalty day"), null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    decided_on = models.DateField(_("decided on the case"), null=True, blank=True)
    set_on = models.DateField(_("amount set"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set by")
    )
    by_court = models.BooleanField(_("amount set by the court (Awb 8:55c)"), default=False)
    amount_eur = models.PositiveIntegerField(_("penalty in euros"), null=True, blank=True)
    without = models.CharField(_("no penalty, because"), max_length=30, choices=Without, blank=True)

    objects = DefaultNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of default")
        verbose_name_plural = _("notices of default")
        ordering = ("received_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id", "due"],
                condition=models.Q(first_day__isnull=False),
                name="defaultnotice_one_a_term",
            ),
            models.CheckConstraint(
                condition=models.Q(set_on=None) | models.Q(amount_eur__isnull=False), name="defaultnotice_set_is_amount"
            ),
        )
        indexes = (
            # the worklist of running penalties
            models.Index(fields=["first_day"], condition=models.Q(set_on=None), name="defaultnotice_to_set"),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.received_on}"

    @property
    def has_effect(self) -> bool:
        """Whether it came after the term had lapsed."""
        return self.first_day is not None

    @property
    def last_day(self) -> date | None:
        """The 42nd day, after which nothing more is due; None for a notice without effect."""
        return deadlines.penalty_last_day(self.first_day) if self.first_day else None

    def days(self, *, today: date) -> int:
        """How many days have cost money so far. The day on which the decision is announced does not."""
        if self.first_day is None:
            return 0
        until = self.decided_on - timedelta(days=1) if self.decided_on else today
        return max(0, min((until - self.first_day).days + 1, deadlines.PENALTY_DAYS))

    def amount(self, *, today: date) -> int:
        """Whole euros: what was set, else what has run up so far at the rates of the day on which the notice came in.

        So the transition rule of the indexation of 2019 has it: a notice that came before keeps the old amounts.
        """
        if self.amount_eur is not None:
            return self.amount_eur
        days = self.days(today=today)
        return deadlines.penalty_amount(days, on=self.received_on) if days else 0
