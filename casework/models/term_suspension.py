"""Suspensions of the term to decide on grounds of Awb 4:15 other than a request to complete."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.calendar import ONE_DAY
from casework.deadlines import Suspension
from casework.models.letter import Letter


class TermSuspensionQuerySet(models.QuerySet["TermSuspension"]):
    """Suspensions by case and state."""

    def of(self, case_type: str, case_id: int) -> "TermSuspensionQuerySet":
        """Suspensions of one case."""
        return self.filter(case_type=case_type, case_id=case_id)

    def counted(self) -> "TermSuspensionQuerySet":
        """Suspensions that began: made known if the law requires that first, agreed if both sides must."""
        return self.exclude(first_day=None)

    def open(self) -> "TermSuspensionQuerySet":
        """Suspensions that we did not end; an agreed one ends by itself."""
        return self.filter(ended_on=None).exclude(ground=TermSuspension.Ground.AGREED)

    def over(self, *, today: date) -> "TermSuspensionQuerySet":
        """Suspensions expected or agreed to be over by today, whose end nobody recorded."""
        return self.counted().filter(ended_on=None, expected_on__lte=today)

    def proposed(self) -> "TermSuspensionQuerySet":
        """Delays awaiting the applicant's consent."""
        return self.filter(ground=TermSuspension.Ground.AGREED, first_day=None, ended_on=None)


class TermSuspension(models.Model):
    """Suspends the term to decide on one case, from `first_day` until the day before it runs again (Awb 4:15).

    `expected_on`: the day on which it is expected or was agreed to run again; `ended_on`: the day on which it did.
    """

    class Ground(models.TextChoices):
        """The ground, with its article. In objection those of Awb 7:14, but consent is that of 7:10(4)."""

        FOREIGN = "foreign", _("information was asked of a foreign authority (Awb 4:15, paragraph 1 under b)")
        AGREED = "agreed", _("the applicant agreed in writing (Awb 4:15, paragraph 2 under a)")
        APPLICANT = "applicant", _("the delay is due to the applicant (Awb 4:15, paragraph 2 under b)")
        FORCE_MAJEURE = "force_majeure", _("force majeure (Awb 4:15, paragraph 2 under c)")

    dossier = models.ForeignKey(
        "casework.Dossier", models.CASCADE, related_name="term_suspensions", verbose_name=_("dossier")
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    ground = models.CharField(_("why the term stands still"), max_length=20, choices=Ground)
    first_day = models.DateField(_("first day that stands still"), null=True, blank=True)
    expected_on = models.DateField(_("expected to run again on"))
    ended_on = models.DateField(_("ran again on"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("letter")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    noted_at = models.DateTimeField(_("noted"), default=clock.now)

    objects = TermSuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension of a term")
        verbose_name_plural = _("suspensions of terms")
        ordering = ("noted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id", "ground"],
                condition=models.Q(ended_on=None) & ~models.Q(ground="agreed"),
                name="termsuspension_one_open_a_ground",
            ),
            models.UniqueConstraint(
                fields=["case_type", "case_id"],
                condition=models.Q(ground="agreed", first_day=None, ended_on=None),
                name="termsuspension_one_proposed",
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__isnull=False) | models.Q(ground__in=["foreign", "agreed"]),
                name="termsuspension_begins_by_a_fact",
            ),
        )
        indexes = (models.Index(fields=["case_type", "case_id"], name="termsuspension_by_case"),)

    def __str__(self) -> str:
        return str(self.get_ground_display())

    @property
    def runs_again_on(self) -> date:
        """The day on which the term runs again, as far as known."""
        return self.ended_on or self.expected_on

    @property
    def agreed_until(self) -> date:
        """The last day of the suspension."""
        return self.runs_again_on - ONE_DAY

    def as_days(self) -> Suspension:
        """The suspended days, for computations; raises ValueError if it did not begin."""
        if self.first_day is None:
            raise ValueError("what did not begin suspends nothing")
        return Suspension(self.first_day - ONE_DAY, self.runs_again_on, ground=self.ground)

    def begin(self, *, first_day: date) -> None:
        """Mark it as made known, or agreed."""
        self.first_day = first_day
        self.save(update_fields=["first_day"])

    def end(self, *, on: date) -> None:
        """End it: the term runs again from a day. A mere proposal lapses."""
        self.ended_on = on
        self.save(update_fields=["ended_on"])

    def note_letter(self, letter: Letter) -> None:
        """Store the letter about it."""
        self.letter = letter
        self.save(update_fields=["letter"])
