"""The complaint: a row with a dossier of its own, changed only by its steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import User
from casework import clock
from casework.announcement import Effect
from casework.models import AwbCaseQuerySet, CaseNote, Deadline, Dossier, IncomingCase, Letter, OtherBody
from complaints import letters
from complaints.steps import announcement, ending, hearing, intake, messages, post, term
from complaints.steps import clock as steps_clock
from complaints.steps.permissions import HANDLE
from complaints.steps.statuses import COMPLAINT, ENDED, OPEN, ComplaintStatus
from exemptions.models import Application


class ComplaintQuerySet(AwbCaseQuerySet["Complaint"]):
    """Which complaints a user may see, and which wait for whom."""

    def of_applicant(self, user: User) -> "ComplaintQuerySet":
        """The complaints that this user filed: others who act for the same applicant do not see them."""
        return self.filter(complainant=user)

    def at_desk_of(self, user: User) -> "ComplaintQuerySet":
        """Filed complaints, for users who handle complaints; none for others."""
        return self.filed() if user.has_perm(HANDLE) else self.none()

    def received(self) -> "ComplaintQuerySet":
        """Complaints that nobody has taken up yet."""
        return self.filter(status=ComplaintStatus.RECEIVED)

    def in_hand(self) -> "ComplaintQuerySet":
        """Complaints that are being handled."""
        return self.filter(status=ComplaintStatus.HANDLING)

    def for_list(self) -> "ComplaintQuerySet":
        """With everything that a list row shows, in the same query."""
        return self.select_related("dossier", "assigned_to", "person", "application__dossier")


class Complaint(IncomingCase):
    """A complaint (klacht) about how we treated somebody (Awb 9:1), which is not open to objection or appeal (9:3)."""

    CASE_TYPE: ClassVar[str] = COMPLAINT
    DRAFT: ClassVar[str] = ComplaintStatus.DRAFT
    OPEN: ClassVar[Sequence[str]] = OPEN
    ENDED: ClassVar[Sequence[str]] = ENDED
    DECIDES: ClassVar[Deadline.Kind] = Deadline.Kind.DECIDE_COMPLAINT
    MESSAGES_PAGE: ClassVar[str] = "complaint_messages"
    EFFECTS: ClassVar[Mapping[str, Effect]] = announcement.EFFECTS
    HANDLED_BY: ClassVar[str] = "handle_complaint"

    class Channel(models.TextChoices):
        """How the complaint came in."""

        PORTAL = "portal", _("portal")
        POST = "post", _("post")
        EMAIL = "email", _("email")
        PHONE = "phone", _("telephone")
        COUNTER = "counter", _("counter")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="complaint", verbose_name=_("dossier"))
    status = FSMField(
        _("status"), max_length=20, choices=ComplaintStatus, default=ComplaintStatus.DRAFT, protected=True
    )
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel, default=Channel.PORTAL)

    complainant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("complainant"),
    )
    name = models.CharField(_("name"), max_length=254)  # if an account has no name, its email address

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("about the application"),
    )
    about = models.TextField(_("what happened"))
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    about_whom = models.CharField(_("who it was, as the complainant says"), max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose conduct it is about"),
    )

    adviser = models.CharField(_("adviser"), max_length=200, blank=True)
    adviser_told_on = models.DateField(_("told that somebody advises"), null=True, blank=True)
    advice = models.TextField(_("advice"), blank=True)
    advised_on = models.DateField(_("advised on"), null=True, blank=True)
    adjourned_weeks = models.PositiveSmallIntegerField(_("weeks of adjournment"), default=0)
    adjourned_on = models.DateField(_("adjourned"), null=True, blank=True)
    agreed_until = models.DateField(_("later day that was agreed"), null=True, blank=True)

    reply_until = models.DateField(_("to answer about a hearing until"), null=True, blank=True)
    hearing_at = models.DateTimeField(_("hearing"), null=True, blank=True)
    hearing_place = models.CharField(_("place of the hearing"), max_length=200, blank=True)
    heard_on = models.DateField(_("heard on"), null=True, blank=True)
    hearing_report = models.TextField(_("report of the hearing"), blank=True)
    hearing_waived = models.CharField(_("no hearing because"), max_length=10, choices=hearing.Waived, blank=True)
    hearing_waived_because = models.TextField(_("explanation"), blank=True)

    settled_how = models.TextField(_("how it was settled"), blank=True)
    declined_because = models.CharField(_("not handled because"), max_length=10, choices=ending.Declined, blank=True)
    outcome = models.CharField(_("judgment of the conduct"), max_length=12, choices=ending.Outcome, blank=True)
    findings = models.TextField(_("findings"), blank=True)
    judgment = models.TextField(_("judgment with reasons"), blank=True)
    conclusions = models.TextField(_("conclusions"), blank=True)
    forwarded_to = models.ForeignKey(
        OtherBody, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("forwarded to")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        permissions = (("handle_complaint", _("Can register and handle complaints")),)
        indexes = (
            # the worklists, sorted by the statutory due date
            models.Index(fields=["status", "decide_by"], name="complaint_by_due"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None)
                | models.Q(assigned_to=None)
                | ~models.Q(assigned_to=models.F("person")),
                name="complaint_handler_uninvolved",
                violation_error_message=_("Who is complained about does not handle the complaint (Awb 9:7)."),
            ),
            models.CheckConstraint(
                condition=models.Q(status=ComplaintStatus.DRAFT) | models.Q(received_on__isnull=False),
                name="complaint_filed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", address="") & (models.Q(by_post=False) | ~models.Q(address="")),
                name="complaint_can_be_answered",
            ),
        )

    # The steps by phase; each is one function, whose body lists the consequences.
    file = intake.file
    register = intake.register
    take_up = intake.take_up
    assign = intake.assign
    name_person = intake.name_person
    link_application = intake.link_application
    note = intake.note
    snooze = intake.snooze
    wake = intake.wake

    offer_hearing = hearing.offer_hearing
    plan_hearing = hearing.plan_hearing
    hold_hearing = hearing.hold_hearing
    waive_hearing = hearing.waive_hearing

    ask_adviser = term.ask_adviser
    receive_advice = term.receive_advice
    adjourn = term.adjourn
    delay_further = term.delay_further

    conclude = ending.conclude
    settle = ending.settle
    decline = ending.decline
    withdraw = ending.withdraw
    forward = ending.forward
    take_as_objection = ending.take_as_objection

    message_desk = messages.message_desk
    message_applicant = messages.message_applicant
    settle_messages = messages.settle_messages

    post_letters = post.post_letters
    mend_mail = post.mend_mail

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def is_old(self) -> bool:
        """Whether the conduct took place more than a year before the complaint (Awb 9:8(1)(b))."""
        return self.happened_on is not None and self.happened_on < year_before(self.came_in_on)

    def is_about(self, user: User) -> bool:
        """Whether the complaint is about this user's conduct, which excludes them from handling it (Awb 9:7)."""
        return self.person_id is not None and self.person_id == user.pk

    @property
    def ombudsman(self) -> OtherBody | None:
        """The ombudsman to whom the complainant can turn next (Awb 9:12(2))."""
        municipality = self.application.municipality if self.application else None
        return OtherBody.objects.find_ombudsman(municipality.cbs_code if municipality else "", on=clock.today())

    def handlers(self) -> "models.QuerySet[User]":
        """Users who handle complaints and were not involved in the conduct (Awb 9:7)."""
        everybody = super().handlers()
        return everybody.exclude(pk=self.person_id) if self.person_id else everybody

    def place_letter(self, kind: str, *, more: Mapping[str, object], by: User | None = None) -> Letter:
        return letters.place_letter(self, kind, more=more)

    @property
    def is_in_portal(self) -> bool:
        """Whether the complainant has an account to read the complaint with."""
        return self.complainant_id is not None

    def mail_message(self) -> None:
        letters.mail_message(self)

    def make_known(self, letter: Letter, *, on: date, by: User | None) -> bool:
        return announcement.make_known(self, letter, on=on)

    def open_decision_term(self) -> None:
        steps_clock.open_term(self)

    def announce_again(self, letter: Letter, *, on: date) -> None:
        """Nothing to do: no term begins with a letter about a complaint."""

    def list_open_days(self, *, on: date) -> Mapping[str, object]:
        return announcement.list_open_days(self, on=on)


class ComplaintNote(CaseNote):
    """A remark on a complaint."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="notes", verbose_name=_("complaint"))

    class Meta(CaseNote.Meta):
        verbose_name = _("note on a complaint")
        verbose_name_plural = _("notes on complaints")


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
