"""Deadlines as rows: opened and closed only in steps, computed only by `casework.deadlines`."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """The worklists' questions."""

    def open(self) -> "DeadlineQuerySet":
        """Not yet met or lapsed."""
        return self.filter(closed_at=None)

    def due_within(self, *, days: int, today: date) -> "DeadlineQuerySet":
        """Still to come, within a number of days."""
        return self.open().filter(due__gte=today, due__lte=today + timedelta(days=days))

    def overdue(self, *, today: date) -> "DeadlineQuerySet":
        """The last day has passed."""
        return self.open().filter(due__lt=today)


class Deadline(models.Model):
    """The last day of a term (termijn). `basis` holds the sum, so that a page can show it in words."""

    class Kind(models.TextChoices):
        """What must be done by then, with the article."""

        DECIDE = "decide", _("decide on the application (Awb 4:13)")
        SUPPLY = "supply", _("applicant completes the application (Awb 4:5)")
        SET_ASIDE = "set_aside", _("last day to set aside (Awb 4:5, paragraph 4)")
        VIEW = "view", _("applicant gives a view (Awb 4:7)")
        OBJECT = "object", _("last day to object (Awb 6:7)")
        DECIDE_OBJECTION = "decide_objection", _("decide on the objection (Awb 7:10)")
        REPAIR = "repair", _("objector repairs the objection (Awb 6:6)")
        HEARING_REPLY = "hearing_reply", _("objector says whether they want to be heard (Awb 7:3)")
        PAPERS = "papers", _("last day to hand in papers before the hearing (Awb 7:4)")
        FILE_OPEN = "file_open", _("the file lies open from this day at the latest (Awb 7:4)")
        APPEAL = "appeal", _("last day to appeal to the court (Awb 6:7, 8:1)")
        COURT_PAPERS = "court_papers", _("send the papers to the court (Awb 8:42)")
        COURT_REMEDY = "court_remedy", _("our last day to go against the judgment (Awb 6:7, 6:24, 8:55)")
        COURT_REPAIR = "court_repair", _("repair the decision as the court asked (Awb 8:51a)")
        SET_PENALTY = "set_penalty", _("set the penalty by decision (Awb 4:18)")
        DECIDE_COMPLAINT = "decide_complaint", _("tell the outcome of the complaint (Awb 9:11)")
        DECLINE_COMPLAINT = "decline_complaint", _("last day to tell that a complaint is not handled (Awb 9:8)")

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.CASCADE,
        related_name="deadlines",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    due = models.DateField(_("last day"))
    basis = models.JSONField(_("the sum"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id", "kind"],
                condition=models.Q(closed_at=None),
                name="deadline_one_open_a_kind",
            ),
        )
        indexes = (
            # a draft is deleted without looking through the deadlines of all cases
            models.Index(fields=["case_type", "case_id"], name="deadline_by_case"),
            # the desk's worklists, sorted by the legal due date
            models.Index(
                fields=["kind", "due"],
                condition=models.Q(closed_at=None),
                name="deadline_open_by_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due}"

    def days_left(self, *, today: date) -> int:
        """Days until the last day; negative once it has passed."""
        return (self.due - today).days
