"""Cases before a court: appeal, higher appeal, preliminary relief, and the papers that go to and fro."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.models import Case, CaseQuerySet, Dossier
from exemptions.models import Application
from objections.steps import court as at_court
from objections.steps.statuses import APPEAL, APPEAL_ENDED, APPEAL_OPEN, AppealStatus

if TYPE_CHECKING:
    from accounts.models import User


class AppealQuerySet(CaseQuerySet["Appeal"]):
    """Who may see which, and what still runs."""

    def at_desk_of(self, user: "User") -> "AppealQuerySet":
        """Those about objections that a user may see at the desk."""
        if not user.has_perm("objections.view_appeal"):
            return self.none()
        seen = Application.objects.at_desk_of(user)
        return self.exclude(status=AppealStatus.ANNOUNCED).filter(objection__decision__application__in=seen)

    def for_list(self) -> "AppealQuerySet":
        """With everything that a row of a list shows."""
        return self.select_related(
            "dossier",
            "assigned_to",
            "objection__decision__application__kind",
            "objection__decision__application__applicant",
            "objection__decision__application__dossier",
        )


class Appeal(Case):
    """An appeal (beroep) about an objection, before the district court or, higher, before the ABRvS."""

    CASE_TYPE: ClassVar[str] = APPEAL
    OPEN: ClassVar[Sequence[str]] = APPEAL_OPEN
    ENDED: ClassVar[Sequence[str]] = APPEAL_ENDED

    class Instance(models.TextChoices):
        """Which court."""

        DISTRICT = "district", _("district court (rechtbank)")
        HIGHER = "higher", _("Administrative Jurisdiction Division of the Council of State (ABRvS)")

    class Against(models.TextChoices):
        """Against what."""

        DECISION = "decision", _("the decision on the objection")
        SILENCE = "silence", _("no decision in time (Awb 6:12)")
        DIRECT = "direct", _("the decision itself (direct appeal, Awb 7:1a)")
        JUDGMENT = "judgment", _("a judgment of the district court")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="appeals", verbose_name=_("dossier"))
    objection = models.ForeignKey(
        "objections.Objection", models.PROTECT, related_name="appeals", verbose_name=_("objection")
    )
    higher_than = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="higher", verbose_name=_("against the judgment in")
    )
    status = FSMField(_("status"), max_length=20, choices=AppealStatus, default=AppealStatus.ANNOUNCED, protected=True)
    instance = models.CharField(_("instance"), max_length=10, choices=Instance, default=Instance.DISTRICT)
    against = models.CharField(_("against"), max_length=10, choices=Against, default=Against.DECISION)
    by_us = models.BooleanField(_("lodged by the deciding body"), default=False)
    court = models.CharField(_("court"), max_length=100)
    case_number = models.CharField(_("case number"), max_length=50, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    judged_on = models.DateField(_("ended on"), null=True, blank=True)
    judgment = models.TextField(_("what the court decided, in short"), blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assigned to")
    )
    created_at = models.DateTimeField(default=clock.now)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        permissions = (("handle_appeal", _("Can keep the cases before a court")),)
        constraints = (
            models.UniqueConstraint(
                fields=["objection", "instance"],
                condition=models.Q(status__in=[*APPEAL_OPEN]),
                name="appeal_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(status=AppealStatus.ANNOUNCED) | models.Q(filed_on__isnull=False),
                name="appeal_has_a_day",
            ),
        )

    lodge = at_court.lodge
    take_number = at_court.take_number
    send_papers = at_court.send_papers
    receive_paper = at_court.receive_paper
    withdraw = at_court.withdraw
    settle = at_court.settle
    find_inadmissible = at_court.find_inadmissible
    find_unfounded = at_court.find_unfounded
    win_with_grant = at_court.win_with_grant
    win_with_court_grant = at_court.win_with_court_grant
    win_with_order = at_court.win_with_order
    win_without_change = at_court.win_without_change
    note = at_court.note

    def __str__(self) -> str:
        return f"{self.court} {self.case_number}".strip()

    @property
    def notes(self) -> Any:
        """Those of the objection."""
        return self.objection.notes

    def references(self) -> list[str]:
        """The references that its letters may name."""
        return self.objection.references()


class PreliminaryRelief(models.Model):
    """A request for preliminary relief (voorlopige voorziening, Awb 8:81); it stands apart from the appeal."""

    class Outcome(models.TextChoices):
        """What the judge said."""

        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    objection = models.ForeignKey(
        "objections.Objection", models.PROTECT, related_name="reliefs", verbose_name=_("objection")
    )
    court = models.CharField(_("court"), max_length=100)
    case_number = models.CharField(_("case number"), max_length=50, blank=True)
    asked_on = models.DateField(_("asked on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    explanation = models.TextField(_("what it means"), blank=True)

    class Meta:
        verbose_name = _("preliminary relief")
        verbose_name_plural = _("preliminary reliefs")
        ordering = ("asked_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome="") ^ models.Q(decided_on__isnull=False), name="relief_outcome_has_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.court} {self.case_number}".strip()


class CourtPaper(models.Model):
    """A paper (processtuk) to or from the court."""

    class Direction(models.TextChoices):
        """Who sent it."""

        TO_COURT = "to", _("to the court")
        FROM_COURT = "from", _("from the court")

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="papers", verbose_name=_("appeal"))
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    title = models.CharField(_("what it is"), max_length=200)
    dated_on = models.DateField(_("date"))
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("court paper")
        verbose_name_plural = _("court papers")
        ordering = ("dated_on", "pk")

    def __str__(self) -> str:
        return self.title
