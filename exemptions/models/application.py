"""Applications: from draft to decision in one row that only steps change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casework import clock
from casework.announcement import Effect, Sent
from casework.batch import find_answer, insert_rows
from casework.current_policy import CurrentPolicy
from casework.models import (
    AwbCase,
    Deadline,
    DefaultNotice,
    Document,
    Dossier,
    Letter,
    TermSuspension,
)
from casework.steps import keep_words
from exemptions import letters
from exemptions.models.applicant import Applicant, Delivery, find_deliveries
from exemptions.models.application_query import SEES_ALL, ApplicationQuerySet
from exemptions.models.change_request import ChangeRequest
from exemptions.models.completion import CompletionRequest, ViewRequest
from exemptions.models.decision import Decision, Outcome, Proposal
from exemptions.models.exemption import Exemption
from exemptions.models.facts import FactsRecord, find_current_facts
from exemptions.models.kind import KindVersion
from exemptions.models.registration import Channel
from exemptions.steps import (
    amendment,
    announcement,
    change_request,
    completion,
    conversion,
    decision,
    ending,
    facts,
    hearing,
    intake,
    lateness,
    messages,
    post,
    register_finding,
    registration,
    revision,
    revocation,
    satisfaction,
    suspension,
    temporary_vehicle,
)
from exemptions.steps import clock as steps_clock
from exemptions.steps.permissions import find_handlers
from exemptions.steps.statuses import CASE_TYPE, DECIDED, ENDED, OPEN, WITH_APPLICANT, WITH_DESK, Status
from zones.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from exemptions.models.evidence import EvidenceItem

LOOKED_UP = (
    *("checklist", "current_facts", "delivery", "last_sent_request", "latest_exemption", "waiting_proposal"),
    "waiting",
)
"""What an application keeps of rows beside its own."""
OPEN_FOR_A_PLATE = models.Q(status__in=[*WITH_DESK, *WITH_APPLICANT]) & ~models.Q(plate="")
IS_OPEN = models.Q(status__in=OPEN)
FOR_ONE_DAY = models.Q(wanted_until=models.F("wanted_from"))


class Waiting(NamedTuple):
    """What waits beside an application: what can stand in the way of a decision, or is settled by one.

    `letter`: of a decision, to be posted; `view`: a request for a view on a change, until we decided about it.
    """

    objection: bool
    proposal: bool
    letter: bool
    view: bool
    change_request: bool


class Application(AwbCase):
    """An application for an exemption (aanvraag). Only steps change its status; a draft may be filled in freely."""

    CASE_TYPE: ClassVar[str] = CASE_TYPE
    DRAFT: ClassVar[str] = Status.DRAFT
    OPEN: ClassVar[Sequence[str]] = OPEN
    READ_WITH: ClassVar[Sequence[str]] = ("dossier", "kind", "applicant", "owner", "municipality")
    ENDED: ClassVar[Sequence[str]] = ENDED
    DECIDES: ClassVar[Deadline.Kind] = Deadline.Kind.DECIDE
    MESSAGES_PAGE: ClassVar[str] = "case_messages"
    EFFECTS: ClassVar[Mapping[str, Effect]] = announcement.EFFECTS

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="application", verbose_name=_("dossier"))
    status = FSMField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, protected=True)
    kind = models.ForeignKey(
        KindVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("kind of exemption"),
    )
    # The version when it came in: it may be granted under a newer one, and past figures must not change.
    filed_as = models.ForeignKey(
        KindVersion,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kind when it came in"),
    )
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("applicant")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="own_applications", verbose_name=_("filled in by")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel, default=Channel.PORTAL)
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    country = models.CharField(_("country of the plate"), max_length=3, default="NL")
    vehicle_class = models.CharField(
        _("vehicle class"), max_length=10, blank=True, choices=[("van", _("van")), ("truck", _("truck"))]
    )
    facts_verified = models.BooleanField(_("vehicle data verified"), default=False)
    facts_disputed = models.TextField(_("'these data are wrong', says the applicant"), blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    wanted_from = models.DateField(_("wanted from"), null=True, blank=True)
    wanted_until = models.DateField(_("wanted until"), null=True, blank=True)
    answers: Any = models.JSONField(_("answers"), default=dict, blank=True)
    draft_step = models.CharField(_("last step filled in"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    changed_at = models.DateTimeField(_("last changed"), default=clock.now)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    reopened_on = models.DateField(_("taken up again on"), null=True, blank=True)
    converted_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="converted_to", verbose_name=_("converted from")
    )
    second_pair_by_lot = models.BooleanField(
        _("second pair of eyes by lot"),
        null=True,
        editable=False,
        help_text=_("Empty until the lot was drawn, when somebody first wanted to grant it alone."),
    )
    renews = models.ForeignKey(
        "exemptions.Exemption",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="renewals",
        verbose_name=_("asks to extend"),
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = (
            ("handle_application", _("Can take applications up, ask, convert and note")),
            ("decide_application", _("Can grant, reject and set aside")),
            ("approve_proposal", _("Can be the second pair of eyes")),
            ("assign_application", _("Can assign applications to others")),
            ("view_every_application", _("Can see the applications of every municipality")),
            ("revise_decision", _("Can replace a decision after an objection, a judgment or a changed rule")),
            ("view_statistics", _("Can see the statistics")),
        )
        indexes = (
            # the worklists and 'mine', in their order
            models.Index(fields=["decide_by", "id"], condition=IS_OPEN, name="application_open_by_due"),
            models.Index(
                fields=["assigned_to", "decide_by", "id"], condition=IS_OPEN, name="application_open_by_assignee"
            ),
            models.Index(
                fields=["status", "decide_by", "id"],
                include=["assigned_to"],
                condition=IS_OPEN,
                name="application_open_by_status",
            ),
            # two open ones for a vehicle
            models.Index(fields=["plate", "country"], condition=IS_OPEN, name="application_open_by_plate"),
            # day exemptions to check
            models.Index(
                fields=["id"],
                condition=models.Q(status=Status.GRANTED, facts_verified=False),
                name="application_granted_unverified",
            ),
            # queries by programs: by status, newest first; due before a day
            models.Index(fields=["status", "id"], name="application_by_status"),
            models.Index(fields=["decide_by"], name="application_by_due"),
            # the search box, and the check for another open application
            models.Index(fields=["plate", "country"], name="application_by_plate"),
            # ended applications, latest received first; and how long ago one came in
            models.Index(fields=["-received_at", "id"], name="application_by_receipt"),
            # the filter on channel: few came in by another one, and this avoids scanning all rows for those
            models.Index(
                fields=["channel", "-received_at"],
                condition=~models.Q(channel=Channel.PORTAL),
                name="application_not_by_portal",
            ),
        )
        constraints = (
            # Per applicant, because anybody can type any plate and a stranger must not keep the owner from applying.
            models.UniqueConstraint(
                fields=["applicant", "plate", "country", "kind", "municipality"],
                condition=OPEN_FOR_A_PLATE & (models.Q(wanted_until=None) | ~FOR_ONE_DAY),
                nulls_distinct=False,
                name="application_one_open",
            ),
            # One day exemption per day: another day can be requested while a decision on one is pending.
            models.UniqueConstraint(
                fields=["applicant", "plate", "country", "kind", "municipality", "wanted_from"],
                condition=OPEN_FOR_A_PLATE & FOR_ONE_DAY,
                nulls_distinct=False,
                name="application_one_open_a_day",
            ),
            models.UniqueConstraint(
                fields=["renews"], condition=models.Q(status=Status.DRAFT), name="application_one_draft_to_extend"
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.DRAFT)
                | models.Q(kind__isnull=False, filed_as__isnull=False, received_at__isnull=False),
                name="application_filed_is_complete",
            ),
        )

    # The steps, phase by phase; each is one function whose body lists its consequences.
    file = intake.file
    register = registration.register
    repair_channel = registration.repair_channel
    receive_conversion = intake.receive_conversion
    take_up = intake.take_up
    assign = intake.assign
    note = intake.note
    snooze = intake.snooze
    wake = intake.wake

    ask_completion = completion.ask_completion
    supply = completion.supply
    remind = completion.remind
    ask_again = completion.ask_again
    let_lapse = completion.let_lapse
    go_on_unanswered = completion.go_on_unanswered
    judge = completion.judge

    offer_hearing = hearing.offer_hearing
    give_view = hearing.give_view
    close_hearing = hearing.close_hearing

    rate = satisfaction.rate

    dispute_facts = facts.dispute_facts
    correct_facts = facts.correct_facts

    grant_at_once = decision.grant_at_once
    draw_lot = decision.draw_lot
    grant = decision.grant
    reject = decision.reject
    propose_grant = decision.propose_grant
    propose_rejection = decision.propose_rejection
    return_proposal = decision.return_proposal
    approve_grant = decision.approve_grant
    approve_rejection = decision.approve_rejection
    set_aside = decision.set_aside
    extend = decision.extend

    convert = ending.convert
    convert_back = conversion.convert_back
    withdraw = ending.withdraw
    forward = ending.forward

    inquire_abroad = suspension.inquire_abroad
    suspend_decision_term = suspension.suspend_decision_term
    prolong_suspension = suspension.prolong_suspension
    resume_decision_term = suspension.resume_decision_term
    propose_delay = suspension.propose_delay
    agree_to_delay = suspension.agree_to_delay

    message_desk = messages.message_desk
    message_applicant = messages.message_applicant
    settle_messages = messages.settle_messages

    post_letters = post.post_letters
    mend_mail = post.mend_mail

    receive_default_notice = lateness.receive_default_notice
    set_penalty = lateness.set_penalty
    keep_to_order = lateness.keep_to_order

    revise = revision.revise
    annul = revision.annul
    reject_instead = revision.reject_instead
    reopen = keep_words(
        done=_("Taken up again: the decision is revoked"), told=_("We are handling the application again")
    )
    take_up_again = revision.take_up_again
    tell_needless = revision.tell_needless

    replace_vehicle = amendment.replace_vehicle
    end_on_request = amendment.end_on_request
    lengthen = amendment.lengthen
    correct_decision = amendment.correct_decision
    cancel_day = amendment.cancel_day

    ask_view_on_change = revocation.ask_view_on_change
    give_view_on_change = revocation.give_view_on_change
    leave_exemption = revocation.leave_exemption
    revoke = revocation.revoke
    suspend_exemption = revocation.suspend_exemption
    shorten = revocation.shorten
    lift_suspension = revocation.lift_suspension
    propose_revocation = revocation.propose_revocation
    propose_suspension = revocation.propose_suspension
    propose_shortening = revocation.propose_shortening
    approve_change = revocation.approve_change
    return_change = revocation.return_change

    settle_register_finding = register_finding.settle_register_finding

    allow_temporary_vehicle = temporary_vehicle.allow_temporary_vehicle
    end_temporary_vehicle = temporary_vehicle.end_temporary_vehicle

    ask_change = change_request.ask_change
    take_back_change = change_request.take_back_change
    refuse_change = change_request.refuse_change
    rename_holder = change_request.rename_holder

    def __str__(self) -> str:
        return str(self.dossier)

    def is_at_desk_of(self, user: "User") -> bool:
        if user.has_perms(SEES_ALL):  # checked on the row itself, because every step at the desk asks this
            return not self.is_draft
        return super().is_at_desk_of(user)

    @property
    def postal_address(self) -> str:
        return self.applicant.address if self.applicant and self.applicant.street else ""

    def handlers(self) -> "models.QuerySet[User]":
        return find_handlers(self, permission="handle_application")

    def place_letter(self, kind: str, *, more: Mapping[str, object], by: "User | None" = None) -> Letter:
        return letters.place_letter(self, kind, more=more, by=by)

    @property
    def is_in_portal(self) -> bool:
        """Whether anybody can read its letters in the portal; an applicant on paper may have nobody there."""
        return self.delivery.in_portal

    def mail_message(self) -> None:
        letters.mail_message(self, address=self.messages_address)

    def decide_penalty(
        self, notice: DefaultNotice, *, by: "User | None", explanation: str, more: Mapping[str, object]
    ) -> Sent:
        return lateness.decide_penalty(self, notice, by=by, explanation=explanation, more=more)

    def make_known(self, letter: Letter, *, on: date, by: "User | None") -> bool:
        return announcement.make_known(self, letter, on=on, by=by)

    def send_letter(self, kind: str, *, suspension: TermSuspension, more: Mapping[str, object]) -> Sent:
        return announcement.send_letter(self, kind, suspension=suspension, more=more)

    def open_decision_term(self) -> None:
        steps_clock.open_decision_term(self)

    def announce_again(self, letter: Letter, *, on: date) -> None:
        announcement.announce_again(self, letter, on=on)

    def list_open_days(self, *, on: date) -> Mapping[str, object]:
        return announcement.list_open_days(self, on=on)

    def take_decision(self, **about: Any) -> Decision:
        """Take a decision whose letter follows in the same step: made known now in the portal, or later by post."""
        made_known_on = None if self.goes_by_post else clock.today()
        taken = Decision(application=self, made_known_on=made_known_on, **about)
        insert_rows(taken)
        return taken

    @property
    def is_registered(self) -> bool:
        """Whether a colleague registers it or did so: it did not come in through the portal."""
        return self.channel != Channel.PORTAL

    @property
    def is_foreign(self) -> bool:
        """Whether the plate is from another country, so that our register does not know the vehicle."""
        return bool(self.plate) and self.country != "NL"

    @property
    def relevant_evidence(self) -> "list[EvidenceItem]":
        """The checklist without items that are irrelevant to this application, with the files of each item."""
        return [item for item in self.evidence_items.with_all() if item.is_relevant(of=self)]

    @property
    def unsorted_files(self) -> "QuerySet[Document]":
        """Files of a draft that are not yet assigned to an item of evidence."""
        own = Document.objects.filter(dossier=self.dossier_id, kind=Document.Kind.EVIDENCE, removed_at=None)
        return own.filter(evidenceitem=None)

    @property
    def stands_as(self) -> str:
        """The status as the desk words it: an application that waits for the applicant in vain waits for the desk.

        Rows of `for_list` carry the answer; for any other row this costs a query.
        """
        if self.status not in WITH_APPLICANT:
            return str(Status(self.status).label)
        is_silent: bool | None = getattr(self, "is_silent", None)
        if is_silent is None:
            is_silent = type(self).objects.filter(pk=self.pk).silent(today=clock.today()).exists()
        return gettext("term passed without an answer") if is_silent else str(Status(self.status).label)

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED

    @property
    def received_on(self) -> date:
        """The day in Amsterdam on which the application came in: the clock starts the day after (Awb 4:13)."""
        if self.received_at is None:
            raise ValueError("a draft has not been received")
        return timezone.localdate(self.received_at)

    @cached_property
    def current_facts(self) -> "FactsRecord | None":
        """The latest version of the vehicle's facts."""
        return find_answer(find_current_facts, self)

    @cached_property
    def checklist(self) -> "list[EvidenceItem]":
        """The evidence items with everything that they show, in the order of the checklist."""
        return list(self.evidence_items.with_all())

    @cached_property
    def latest_exemption(self) -> "Exemption | None":
        """The latest exemption that is not for a temporary vehicle."""
        return self.exemptions.filter(temporary=False).order_by("pk").last()

    @cached_property
    def exemptions_not_over(self) -> "list[Exemption]":
        """The exemptions for longer than a day that are valid now or later: of the own and of a temporary vehicle."""
        return list(self.exemptions.not_over(at=clock.now()))

    @cached_property
    def standing_day(self) -> "Exemption | None":
        """The day exemption that was not revoked, even if its day is over."""
        if not self.chosen_kind.is_day:
            return None
        days = self.exemptions.filter(revoked_at=None, day_use__isnull=False)
        return days.select_related("decision__ground", "day_use").first()

    def get_standing_day(self) -> "Exemption":
        """The same. Raises DoesNotExist if there is none."""
        if self.standing_day is None:
            raise Exemption.DoesNotExist
        return self.standing_day

    def forget_exemptions(self) -> None:
        """Look up its exemptions anew, because a decision has changed them."""
        for name in ("exemptions_not_over", "standing_day"):
            self.__dict__.pop(name, None)

    def record_facts(self, **about: Any) -> "FactsRecord":
        """Add a version of the vehicle's facts, which is the current one from now on."""
        self.current_facts = self.facts_records.create(**about)
        return self.current_facts

    def forget_lookups(self) -> None:
        super().forget_lookups()
        self.forget_exemptions()
        for name in LOOKED_UP:
            self.__dict__.pop(name, None)

    @property
    def clock_starts_on(self) -> date:
        """The day after which the term to decide runs: of receipt, or of taking up again after an objection."""
        return self.reopened_on or self.received_on

    @property
    def in_hand_since(self) -> date:
        return self.clock_starts_on

    @property
    def chosen_kind(self) -> KindVersion:
        """The kind. Raises ValueError for a draft without one."""
        if self.kind is None:
            raise ValueError("no kind was chosen yet")
        return self.kind

    def has_standing_day(self) -> bool:
        """Whether it has a day exemption that was not revoked, even if its day is over."""
        return self.standing_day is not None

    def is_contested(self) -> bool:
        """Whether an objection to the standing decision is pending, so that its facts are examined again."""
        objections: Any = Decision._meta.get_field("objections").related_model  # in an app above this one
        pending = objections.objects.open().filter(decision=models.OuterRef("pk"))
        contested = self.decisions.answering().values_list(models.Exists(pending), flat=True).last()
        return bool(contested)

    @cached_property
    def waiting(self) -> Waiting:
        """What waits beside it: every question of that sort in one query."""
        objections: Any = Decision._meta.get_field("objections").related_model  # in an app above this one
        pending = objections.objects.open().filter(decision=models.OuterRef("pk"))
        ours = {"application": models.OuterRef("pk")}
        answers = Decision.objects.answering().filter(**ours).order_by("-taken_at", "-pk")
        flags = (
            Coalesce(models.Subquery(answers.values(contested=models.Exists(pending))[:1]), False),
            models.Exists(Proposal.objects.filter(**ours, settled_at=None)),
            models.Exists(Decision.objects.waiting_for_post().filter(**ours)),
            models.Exists(ViewRequest.objects.filter(**ours, about__isnull=False, settled_at=None)),
            models.Exists(ChangeRequest.objects.open().filter(**ours)),
        )
        return Waiting(*type(self)._base_manager.values_list(*flags).get(pk=self.pk))

    def open_request(self) -> CompletionRequest:
        """The unanswered request for completion. Raises DoesNotExist if there is none."""
        return self.completion_requests.open().get()

    @cached_property
    def last_sent_request(self) -> CompletionRequest | None:
        """The last request for completion that was sent."""
        return self.completion_requests.sent().order_by("round").last()

    def was_answered(self) -> bool:
        """Whether the last request for completion was answered."""
        return self.last_sent_request is not None and self.last_sent_request.answered_on is not None

    def has_request_to_remind(self) -> bool:
        """Whether there is an open request of which the applicant was not reminded yet."""
        return self.completion_requests.not_reminded().exists()

    def has_lapsed_request(self) -> bool:
        """Whether the last day of an open request has passed."""
        return self.completion_requests.lapsed(on=clock.today()).exists()

    def has_lapsed_last_request(self) -> bool:
        """Whether that request is the last of those that the policy requires before setting a case aside."""
        rounds = CurrentPolicy.on(clock.today()).number("completion_rounds")
        return self.has_lapsed_request() and self.open_request().round >= rounds

    def has_running_request(self) -> bool:
        return self.completion_requests.running(on=clock.today()).exists()

    def has_lapsed_hearing(self) -> bool:
        return self.view_requests.filter(closed_at=None, ends_on__lt=clock.today()).exists()

    def was_heard(self) -> bool:
        """Whether the applicant has had the opportunity to give a view."""
        return self.view_requests.exclude(closed_at=None).exists()

    @cached_property
    def delivery(self) -> Delivery:
        """How its letters currently reach the applicant's side."""
        if self.applicant is None:
            own = self.is_of(self.owner)
            return Delivery(by_post=False, to_user=own, in_portal=own)
        found = find_answer(find_deliveries, self)
        if found is None:
            raise ValueError("an applicant is reached by post or in the portal")
        return found._replace(to_user=found.to_user and not (self.is_draft and self.is_registered))

    @property
    def goes_by_post(self) -> bool:
        """Whether its letters are also sent by post from now on."""
        return self.delivery.by_post

    def needs_second_pair(self, outcome: Outcome) -> bool:
        """Whether the policy or the lot requires a second pair of eyes for this outcome."""
        policy = CurrentPolicy.on(clock.today())
        if outcome == Outcome.GRANTED:
            return self.second_pair_by_lot is True or (
                self.chosen_kind.second_pair_for_grant and policy.switch("second_pair_for_hardship")
            )
        return policy.switch("second_pair_for_rejection")

    @cached_property
    def waiting_proposal(self) -> Proposal | None:
        """The proposal that waits for a second pair of eyes, if any."""
        return self.proposals.select_related("ground", "made_by").filter(settled_at=None).first()

    def awaits_lot(self) -> bool:
        """Whether the lot still has to decide if one person may grant it."""
        if self.second_pair_by_lot is not None or self.needs_second_pair(Outcome.GRANTED):
            return False
        return CurrentPolicy.on(clock.today()).number("second_pair_by_lot_percent") > 0

    def open_proposal(self) -> Proposal:
        """The waiting proposal. Raises DoesNotExist if there is none."""
        if self.waiting_proposal is None:
            raise Proposal.DoesNotExist
        return self.waiting_proposal

    def is_proposed(self, outcome: Outcome) -> bool:
        """Whether a proposal with this outcome is waiting."""
        return self.waiting_proposal is not None and self.waiting_proposal.outcome == outcome

    def is_proposed_by(self, user: "User") -> bool:
        """Whether the user made the waiting proposal."""
        return self.waiting_proposal is not None and self.waiting_proposal.made_by_id == user.pk
