"""The objection: one row in the application's dossier from draft to decision, changed only by its steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock, deadlines
from casework.announcement import Effect, Sent
from casework.models import AwbCase, Deadline, DefaultNotice, Document, Dossier, EquatedDay, Letter, TermSuspension
from casework.steps import keep_words
from exemptions.letters import mail_message
from exemptions.models import Application, Decision
from exemptions.steps.permissions import find_handlers
from objections import letters
from objections.models.objection_query import ObjectionQuerySet
from objections.steps import (
    admission,
    advice,
    announcement,
    ending,
    hearing,
    information,
    intake,
    messages,
    outcome,
    post,
    relief,
    suspension,
    term,
)
from objections.steps import clock as steps_clock
from objections.steps import penalty as penalties
from objections.steps.statuses import DECIDED, ENDED, OBJECTION, OPEN, ObjectionStatus

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models.committee import Committee
    from objections.models.hearing import Hearing
    from objections.models.repair import RepairRequest


class Objection(AwbCase):
    """An objection (bezwaar) to one decision, perhaps with the penalty (Awb 4:19). It suspends nothing (6:16)."""

    CASE_TYPE: ClassVar[str] = OBJECTION
    READ_WITH: ClassVar[Sequence[str]] = (
        "dossier",
        "decision__replaces",
        *(f"decision__application__{name}" for name in Application.READ_WITH),
    )
    DRAFT: ClassVar[str] = ObjectionStatus.DRAFT
    OPEN: ClassVar[Sequence[str]] = OPEN
    ENDED: ClassVar[Sequence[str]] = ENDED
    DECIDES: ClassVar[Deadline.Kind] = Deadline.Kind.DECIDE_OBJECTION
    MESSAGES_PAGE: ClassVar[str] = "objection_messages"
    EFFECTS: ClassVar[Mapping[str, Effect]] = announcement.EFFECTS

    class Channel(models.TextChoices):
        """The channel through which the objection came in."""

        PORTAL = "portal", _("portal")
        POST = "post", _("post")
        OTHER = "other", _("at the counter, by email or forwarded")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="objections", verbose_name=_("dossier"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="objections", verbose_name=_("decision objected to")
    )
    penalty = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objections_beside",
        verbose_name=_("penalty contested too"),
        help_text=_("The objection is also about this decision on the penalty for deciding late (Awb 4:19)."),
    )
    status = FSMField(
        _("status"), max_length=20, choices=ObjectionStatus, default=ObjectionStatus.DRAFT, protected=True
    )
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel, default=Channel.PORTAL)
    filled_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filled in by")
    )
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    received_on = models.DateField(_("received"), null=True, blank=True)
    posted_on = models.DateField(_("postmark"), null=True, blank=True)
    grounds = models.TextField(_("grounds"), blank=True)
    signed = models.BooleanField(_("signed"), default=False)
    documents: Any = models.ManyToManyField(
        "casework.Document", blank=True, related_name="objections", verbose_name=_("files")
    )
    late_reason = models.TextField(_("why it is late"), blank=True)
    excused = models.BooleanField(_("late, but excused (Awb 6:11)"), null=True, blank=True)
    excused_because = models.TextField(_("why it is, or is not, excused"), blank=True)
    direct_appeal_asked = models.BooleanField(_("asks for direct appeal (Awb 7:1a)"), default=False)
    direct_appeal_refused_on = models.DateField(_("direct appeal refused"), null=True, blank=True)
    costs_asked = models.BooleanField(_("asks for costs (Awb 7:15)"), default=False)
    # From the day on which the objector was told of the committee, until its referral ends.
    committee = models.BooleanField(_("twelve weeks, for a committee advises (Awb 7:13)"), default=False)
    adjourned_on = models.DateField(_("adjourned"), null=True, blank=True)
    extended_to = models.DateField(_("delayed further until"), null=True, blank=True)
    extended_on = models.DateField(_("delayed further on"), null=True, blank=True)
    delay_to_tell = models.DateField(
        _("delayed further until, once told"), null=True, blank=True, help_text=_("Its letter waits to be posted.")
    )
    led_to_thresholds: Any = models.ManyToManyField(
        "exemptions.ThresholdVersion",
        blank=True,
        related_name="caused_by",
        verbose_name=_("thresholds that changed because of it"),
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        permissions = (
            ("handle_objection", _("Can register, ask, plan hearings and note")),
            ("decide_objection", _("Can decide on objections")),
        )
        indexes = (
            # the worklists, sorted by the legal due date
            models.Index(fields=["status", "decide_by"], name="objection_by_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(status__in=[*OPEN, ObjectionStatus.DRAFT]),
                name="objection_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ObjectionStatus.DRAFT) | models.Q(received_on__isnull=False),
                name="objection_filed_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(penalty=None) | ~models.Q(penalty=models.F("decision")),
                name="objection_penalty_beside_another",
            ),
            models.CheckConstraint(
                condition=models.Q(excused=None) | ~models.Q(excused_because=""), name="objection_excuse_has_reasons"
            ),
        )

    # The steps, phase by phase; each is one function with its consequences in its body.
    file = intake.file
    register = intake.register
    take_up = intake.take_up
    assign = intake.assign
    ask_costs = intake.ask_costs
    contest_penalty = penalties.contest_penalty
    note = intake.note
    snooze = intake.snooze
    wake = intake.wake
    learn_announcement = intake.learn_announcement

    admit = admission.admit
    ask_repair = admission.ask_repair
    repair = admission.repair
    remind_repair = admission.remind_repair
    let_repair_lapse = admission.let_repair_lapse

    offer_hearing = hearing.offer_hearing
    answer_hearing = hearing.answer_hearing
    plan_hearing = hearing.plan_hearing
    cancel_hearing = hearing.cancel_hearing
    hold_hearing = hearing.hold_hearing
    waive_hearing = hearing.waive_hearing
    add_papers = hearing.add_papers

    ask_information = information.ask_information

    refer_to_committee = advice.refer_to_committee
    receive_advice = advice.receive_advice
    end_referral = advice.end_referral

    adjourn = term.adjourn
    delay_further = term.delay_further
    receive_default_notice = term.receive_default_notice
    set_penalty = term.set_penalty

    uphold = outcome.uphold
    settle_by_renewal = outcome.settle_by_renewal
    uphold_in_part = outcome.uphold_in_part
    uphold_and_reject = outcome.uphold_and_reject
    uphold_penalty = outcome.uphold_penalty
    uphold_and_reopen = keep_words(
        done=_("Objection upheld: the application is taken up again"),
        told=_("Objection upheld: we handle the application again"),
    )
    declare_unfounded = outcome.declare_unfounded
    declare_inadmissible = outcome.declare_inadmissible
    decide_again = outcome.decide_again
    keep_to_order = outcome.keep_to_order

    withdraw = ending.withdraw
    forward = ending.forward
    refuse_direct_appeal = ending.refuse_direct_appeal
    agree_direct_appeal = ending.agree_direct_appeal

    inquire_abroad = suspension.inquire_abroad
    suspend_decision_term = suspension.suspend_decision_term
    prolong_suspension = suspension.prolong_suspension
    resume_decision_term = suspension.resume_decision_term

    message_desk = messages.message_desk
    message_applicant = messages.message_applicant
    settle_messages = messages.settle_messages

    post_letters = post.post_letters
    mend_mail = post.mend_mail

    ask_relief = relief.ask_relief
    judge_relief = relief.judge_relief

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def application(self) -> Application:
        """The application on which the contested decision was taken."""
        return self.decision.application

    @property
    def is_decided(self) -> bool:
        """Whether there is a decision on the objection."""
        return self.status in DECIDED

    @property
    def came_in_on(self) -> date:
        """The day of receipt; raises ValueError for a draft."""
        if self.received_on is None:
            raise ValueError("a draft has not been received")
        return self.received_on

    @property
    def in_hand_since(self) -> date:
        return self.came_in_on

    @property
    def announced_on(self) -> date:
        """The day on which the contested decision was announced; the term to object begins the day after (Awb 6:8).

        Until its letter is posted, this is the day of receipt of the objection, so that no later step moves the term.
        """
        return self.decision.made_known_on or self.received_on or clock.today()

    @property
    def object_until(self) -> date:
        """The last day of the term to object to this decision (Awb 6:7)."""
        return deadlines.objection_due(self.announced_on, calendar=EquatedDay.calendar())

    @property
    def term_to_object_runs(self) -> bool:
        """Whether one can still object: before the decision is made known, and through the last day of the term."""
        return self.decision.made_known_on is None or clock.today() <= self.object_until

    @property
    def is_in_time(self) -> bool:
        """Whether it was received in time, or posted in time and received within a week after (Awb 6:9)."""
        return deadlines.objection_in_time(
            self.object_until,
            received=self.received_on or clock.today(),
            posted=self.posted_on,
            calendar=EquatedDay.calendar(),
        )

    @property
    def needs_excuse(self) -> bool:
        """Whether it is late, and nobody has judged yet if there was a good reason (Awb 6:11)."""
        return not self.is_in_time and self.excused is None

    @cached_property
    def current_hearing(self) -> "Hearing | None":
        """The latest hearing that was offered, planned, held or skipped."""
        return self.hearings.order_by("-pk").first()

    def hearing_under_way(self) -> "Hearing":
        """The same; raises DoesNotExist if there is none."""
        if self.current_hearing is None:
            raise self.hearings.model.DoesNotExist
        return self.current_hearing

    def keep_hearing(self, hearing: "Hearing") -> None:
        """Save a new or existing hearing, which becomes the current one."""
        hearing.save()
        self.current_hearing = hearing

    @property
    def hearing_is_done(self) -> bool:
        """Whether the objector was heard, or there was a ground of Awb 7:3 not to."""
        hearing = self.current_hearing
        return hearing is not None and hearing.is_done

    @cached_property
    def current_committee(self) -> "Committee | None":
        """The committee that advises or advised; None without one, or if its referral ended."""
        return self.committees.filter(ended_on=None).first()

    def keep_committee(self, committee: "Committee") -> None:
        """Save a new or existing committee, which becomes the current one unless its referral ended."""
        committee.save()
        self.current_committee = committee if committee.ended_on is None else None

    def forget_lookups(self) -> None:
        super().forget_lookups()
        for name in ("current_hearing", "current_committee"):
            self.__dict__.pop(name, None)

    @property
    def awaits_advice(self) -> bool:
        """Whether a committee must still advise."""
        return self.current_committee is not None and not self.current_committee.has_advised

    def references(self) -> list[str]:
        """The references that its letters may mention: of decisions on the application and on the objection."""
        taken = [self.application.decisions, self.decisions]
        return [reference for decisions in taken for reference in decisions.values_list("reference", flat=True)]

    def open_repair(self) -> "RepairRequest | None":
        """The request that waits for an answer."""
        return self.repair_requests.open().first()

    def has_lapsed_repair(self) -> bool:
        """Whether the last day to repair has passed in silence."""
        return self.repair_requests.lapsed(on=clock.today()).exists()

    def has_repair_to_remind(self) -> bool:
        """Whether there is an open request of which the objector was not reminded yet."""
        return self.repair_requests.not_reminded().exists()

    def was_given_chance_to_repair(self) -> bool:
        """Whether a term to repair a required element has passed, used or not (Awb 6:6)."""
        return any(set(request.items) - {"late"} for request in self.repair_requests.closed())

    def was_asked_why_late(self) -> bool:
        """Whether the reason for lateness was given, or a term to give it has passed (Awb 6:11)."""
        return bool(self.late_reason.strip()) or self.repair_requests.closed().filter(items__contains=["late"]).exists()

    @property
    def own_documents(self) -> "models.QuerySet[Document]":
        """The objection's own files, because the dossier also has those of the application."""
        return Document.objects.filter(objections=self)

    @property
    def language(self) -> str:
        """The language of the application."""
        return self.application.language

    @property
    def postal_address(self) -> str:
        return self.application.postal_address

    def handlers(self) -> "models.QuerySet[User]":
        return find_handlers(self.application, permission="handle_objection")

    def assignees(self) -> "models.QuerySet[User]":
        """Handlers, without those who took a decision that it is about: they may neither decide on it (Awb 10:3(3)) nor
        hear the objector (7:5), and could not answer a message.
        """
        deciders = {one.taken_by_id for one in self.contested() if one.taken_by_id}
        return self.handlers().exclude(pk__in=deciders)

    def place_letter(self, kind: str, *, more: Mapping[str, object], by: "User | None" = None) -> Letter:
        return letters.place_letter(self, kind, more=more, by=by)

    @property
    def is_in_portal(self) -> bool:
        return self.application.is_in_portal

    def mail_message(self) -> None:
        mail_message(self.application, address=self.messages_address)

    def decide_penalty(
        self, notice: DefaultNotice, *, by: "User | None", explanation: str, more: Mapping[str, object]
    ) -> Sent:
        return penalties.decide_penalty(self, notice, by=by, explanation=explanation, more=more)

    def make_known(self, letter: Letter, *, on: date, by: "User | None") -> bool:
        return announcement.make_known(self, letter, on=on)

    def send_letter(self, kind: str, *, suspension: TermSuspension, more: Mapping[str, object]) -> Sent:
        return announcement.send_letter(self, kind, suspension=suspension, more=more)

    def open_decision_term(self) -> None:
        steps_clock.open_decision_term(self)

    def announce_again(self, letter: Letter, *, on: date) -> None:
        announcement.announce_again(self, letter, on=on)

    def list_open_days(self, *, on: date) -> Mapping[str, object]:
        return announcement.list_open_days(self, on=on)

    def contested(self) -> list[Decision]:
        """Every decision that it is about: the contested one, the penalty if any, and those that they replaced."""
        return [*self.decision.chain(), *(self.penalty.chain() if self.penalty else ())]

    def was_decided_by(self, user: "User") -> bool:
        """Whether the user took a decision that it is about, or an earlier one in its chain (Awb 10:3(3))."""
        return any(decision.taken_by_id == user.pk for decision in self.contested())

    def was_involved(self, user: "User") -> bool:
        """Whether the user took or prepared one of these, and so should not hear the objector (Awb 7:5)."""
        return any(user.pk in (one.taken_by_id, one.prepared_by_id) for one in self.contested())
