"""Notices of default (ingebrekestellingen): we are told that we are late; two weeks later each day costs money."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import deadlines


class DefaultNoticeQuerySet(models.QuerySet["DefaultNotice"]):
    """Notices by what is still to be done about them."""

    def running(self) -> "DefaultNoticeQuerySet":
        """Notices with effect while nothing has been decided."""
        return self.filter(decided_on=None).exclude(first_day=None)

    def to_set(self) -> "DefaultNoticeQuerySet":
        """Notices with effect whose amount was not set by decision yet."""
        return self.filter(set_on=None).exclude(first_day=None)


class DefaultNotice(models.Model):
    """A notice of default on one case (Awb 4:17). One that came in before the term had ended has no effect."""

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
        """Whether it came in after the term had ended."""
        return self.first_day is not None

    @property
    def last_day(self) -> date | None:
        """The 42nd and last day with a penalty; None for a notice without effect."""
        return deadlines.penalty_last_day(self.first_day) if self.first_day else None

    def days(self, *, today: date) -> int:
        """The number of days that cost money so far; the day on which the decision is made known does not count."""
        if self.first_day is None:
            return 0
        until = self.decided_on - timedelta(days=1) if self.decided_on else today
        return max(0, min((until - self.first_day).days + 1, deadlines.PENALTY_DAYS))

    def amount(self, *, today: date) -> int:
        """Whole euros: the amount that was set, or else the amount so far, at the rates of the day of receipt.

        The transitional provision of the indexation of 2019 says so: an earlier notice keeps the old amounts.
        """
        if self.amount_eur is not None:
            return self.amount_eur
        days = self.days(today=today)
        return deadlines.penalty_amount(days, on=self.received_on) if days else 0
