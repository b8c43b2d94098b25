"""The submission: what came in but is no case of ours, as a row with its own dossier, changed only by its steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import User
from casework.announcement import Effect
from casework.models import AwbCaseQuerySet, CaseNote, Dossier, IncomingCase, Letter, OtherBody
from correspondence import letters
from correspondence.steps import ending, intake, post
from correspondence.steps.permissions import HANDLE
from correspondence.steps.statuses import ENDED, OPEN, SUBMISSION, SubmissionStatus, TakenAs
from exemptions.models import Application, Channel

CHANNELS = [one for one in Channel.choices if one[0] != Channel.PORTAL]


class SubmissionQuerySet(AwbCaseQuerySet["Submission"]):
    """Who may see which submissions."""

    def of_applicant(self, user: User) -> "SubmissionQuerySet":
        """None, because the sender has no page about a submission."""
        return self.none()

    def at_desk_of(self, user: User) -> "SubmissionQuerySet":
        """Registered submissions, for users who handle correspondence."""
        return self.filed() if user.has_perm(HANDLE) else self.none()

    def for_list(self) -> "SubmissionQuerySet":
        """Joined to everything that a row of a list shows."""
        return self.select_related("dossier", "forwarded_to", "application__dossier")


class Submission(IncomingCase):
    """A submission (ingekomen stuk): an objection to no decision of ours, a request not meant for us (Awb 2:3).

    We decide nothing on it, so no term runs: it is passed on at once.
    """

    CASE_TYPE: ClassVar[str] = SUBMISSION
    DRAFT: ClassVar[str] = SubmissionStatus.DRAFT
    OPEN: ClassVar[Sequence[str]] = OPEN
    ENDED: ClassVar[Sequence[str]] = ENDED
    EFFECTS: ClassVar[Mapping[str, Effect]] = {}
    HANDLED_BY: ClassVar[str] = "handle_submission"

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="submission", verbose_name=_("dossier"))
    status = FSMField(
        _("status"), max_length=20, choices=SubmissionStatus, default=SubmissionStatus.DRAFT, protected=True
    )
    channel = models.CharField(_("came in by"), max_length=10, choices=CHANNELS)
    name = models.CharField(_("name"), max_length=100)
    about = models.TextField(_("what it is about"))
    forwarded_to = models.ForeignKey(
        OtherBody, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("forwarded to")
    )
    taken_as = models.CharField(_("taken up as"), max_length=12, choices=TakenAs, blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("objection about the application"),
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        permissions = (("handle_submission", "Can register, forward and return what came in"),)
        indexes = (models.Index(fields=["status", "received_on"], name="submission_by_receipt"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=SubmissionStatus.DRAFT) | models.Q(received_on__isnull=False),
                name="submission_filed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", address="") & (models.Q(by_post=False) | ~models.Q(address="")),
                name="submission_can_be_answered",
            ),
        )

    register = intake.register
    note = intake.note
    forward = ending.forward
    return_to_sender = ending.return_to_sender
    take_as_application = ending.take_as_application
    take_as_objection = ending.take_as_objection
    take_as_complaint = ending.take_as_complaint
    post_letters = post.post_letters
    mend_mail = post.mend_mail

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def is_being_decided(self) -> bool:
        return False

    @property
    def decision_term(self) -> dict[str, Any] | None:
        return None

    def place_letter(self, kind: str, *, more: Mapping[str, object], by: User | None = None) -> Letter:
        return letters.place_letter(self, kind, explanation=str(more.get("explanation", "")))

    def make_known(self, letter: Letter, *, on: date, by: User | None) -> bool:
        """Do nothing: no term begins or ends with a letter about a submission."""
        return True

    def announce_again(self, letter: Letter, *, on: date) -> None:
        """Do nothing: there is no term to extend."""

    def list_open_days(self, *, on: date) -> Mapping[str, object]:
        return {}


class SubmissionNote(CaseNote):
    """A remark on a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes", verbose_name=_("submission"))

    class Meta(CaseNote.Meta):
        verbose_name = _("note on a submission")
        verbose_name_plural = _("notes on submissions")
