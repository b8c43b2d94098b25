"""Cases before a court: appeal, higher appeal, preliminary relief, and the papers exchanged."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.models import Case, CaseQuerySet, Deadline, Dossier
from exemptions.models import Application
from exemptions.steps.permissions import find_handlers
from exemptions.steps.statuses import DECIDED as APPLICATION_DECIDED
from objections.steps import court as at_court
from objections.steps import interim_judgment, silence
from objections.steps import judgment as at_judgment
from objections.steps.statuses import APPEAL, APPEAL_ENDED, APPEAL_OPEN, DECIDED, AppealStatus

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models.objection import Objection


class AppealQuerySet(CaseQuerySet["Appeal"]):
    """Who may see which appeals, and which still run."""

    def at_desk_of(self, user: "User") -> "AppealQuerySet":
        """Appeals in dossiers that a user may see at the desk."""
        if not user.has_perm("objections.view_appeal"):
            return self.none()
        seen = Application.objects.at_desk_of(user)
        return self.exclude(status=AppealStatus.ANNOUNCED).filter(dossier__application__in=seen)

    def about(self, case: "Objection | Application") -> "AppealQuerySet":
        """Appeals about an objection, or about our silence on an application itself."""
        if isinstance(case, Application):
            return self.filter(dossier=case.dossier_id, objection=None)
        return self.filter(objection=case.pk)

    def to_report(self) -> "AppealQuerySet":
        """Appeals against our silence although we have decided since, which the court must be told (Awb 6:20(2))."""
        kinds = (Deadline.Kind.DECIDE, Deadline.Kind.DECIDE_OBJECTION)
        terms = Deadline.objects.open().filter(dossier=models.OuterRef("dossier"))
        of_objection = terms.filter(kind=kinds[1], case_id=models.OuterRef("objection"))
        silent = self.open().filter(against=Appeal.Against.SILENCE, decision_told_on=None)
        return silent.filter(
            models.Q(objection__status__in=DECIDED) & ~models.Exists(of_objection)
            | models.Q(objection=None, dossier__application__status__in=APPLICATION_DECIDED)
            & ~models.Exists(terms.filter(kind=kinds[0]))
        )

    def with_term(self, kind: Deadline.Kind) -> "AppealQuerySet":
        """Appeals with a running term of this kind."""
        terms = Deadline.objects.open().filter(case_type=APPEAL, kind=kind)
        return self.filter(models.Exists(terms.filter(case_id=models.OuterRef("pk"))))

    def for_list(self) -> "AppealQuerySet":
        """Joined to everything that a row of a list shows."""
        return self.select_related(
            "dossier",
            "assigned_to",
            "objection",
            "dossier__application__kind",
            "dossier__application__applicant",
            "dossier__application__municipality",
        )


class Appeal(Case):
    """An appeal (beroep) before the district court, or a higher appeal before the ABRvS.

    It is about an objection, or without one about our silence on the dossier's application (Awb 6:2, 6:12).
    """

    CASE_TYPE: ClassVar[str] = APPEAL
    READ_WITH: ClassVar[Sequence[str]] = (
        "dossier__application__kind",
        "objection__dossier",
        *(f"objection__decision__application__{name}" for name in Application.READ_WITH),
    )
    OPEN: ClassVar[Sequence[str]] = APPEAL_OPEN
    ENDED: ClassVar[Sequence[str]] = APPEAL_ENDED

    class Instance(models.TextChoices):
        """The level of the court."""

        DISTRICT = "district", _("district court (rechtbank)")
        HIGHER = "higher", _("Administrative Jurisdiction Division of the Council of State (ABRvS)")

    class Against(models.TextChoices):
        """What the appeal is against."""

        DECISION = "decision", _("the decision on the objection")
        SILENCE = "silence", _("no decision in time (Awb 6:12)")
        DIRECT = "direct", _("the decision itself (direct appeal, Awb 7:1a)")
        JUDGMENT = "judgment", _("a judgment of the district court")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="appeals", verbose_name=_("dossier"))
    objection = models.ForeignKey(
        "objections.Objection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        verbose_name=_("objection"),
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
    judgment_sent_on = models.DateField(_("judgment sent"), null=True, blank=True)
    unheard = models.BooleanField(_("judged without a hearing (Awb 8:54)"), default=False)
    about_penalty = models.BooleanField(_("about the penalty too (Awb 4:19)"), default=False)
    premature = models.BooleanField(_("premature (Awb 6:12, paragraph 2)"), default=False)
    without_notice_because = models.TextField(
        _("why no notice of default could be asked (Awb 6:12, paragraph 3)"), blank=True
    )
    decision_told_on = models.DateField(_("court told that we decided (Awb 6:20)"), null=True, blank=True)
    uses_loop = models.BooleanField(_("we repair as the court asked (Awb 8:51a)"), null=True, blank=True)
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
                fields=["dossier", "objection", "instance"],
                condition=models.Q(status__in=[*APPEAL_OPEN]),
                nulls_distinct=False,
                name="appeal_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(objection__isnull=False) | models.Q(against__in=["silence", "judgment"]),
                name="appeal_without_objection_is_about_silence",
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

    report_decision = silence.report_decision

    receive_interim_judgment = interim_judgment.receive_interim_judgment
    answer_interim_judgment = interim_judgment.answer_interim_judgment
    report_repair = interim_judgment.report_repair

    accept_judgment = at_judgment.accept_judgment
    oppose_judgment = at_judgment.oppose_judgment

    def __str__(self) -> str:
        return f"{self.court} {self.case_number}".strip()

    @property
    def application(self) -> Application:
        """The application of its dossier."""
        found: Application = self.dossier.application
        return found

    @property
    def contested(self) -> "Objection | Application":
        """The objection or application that it is about."""
        return self.objection or self.application

    @property
    def notes(self) -> Any:
        """The remarks on the case that it is about."""
        return self.contested.notes

    def handlers(self) -> "models.QuerySet[User]":
        """Users who handle court cases, and can see this one."""
        return find_handlers(self.application, permission="handle_appeal")

    def references(self) -> list[str]:
        """The references that its letters may mention."""
        return self.objection.references() if self.objection else []

    def has_term(self, kind: Deadline.Kind) -> bool:
        """Whether a term of this kind runs."""
        return bool(self.dossier.deadlines.open().filter(case_type=APPEAL, case_id=self.pk, kind=kind).exists())

    def has_decision_to_report(self) -> bool:
        """Whether the court must still be told that we have decided (Awb 6:20(2))."""
        return bool(Appeal.objects.to_report().filter(pk=self.pk).exists())


class PreliminaryRelief(models.Model):
    """A request for preliminary relief (voorlopige voorziening, Awb 8:81), separate from the appeal."""

    class Outcome(models.TextChoices):
        """What the judge decided."""

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
