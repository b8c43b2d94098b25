"""Deciding: grant, reject, set aside, with a second pair of eyes where the policy asks it."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import default
from casework.deadline_words import day as day_in_words
from casework.deadlines import roll
from casework.models import EquatedDay
from casework.policy import CurrentPolicy
from casework.steps import StepRefused, step
from exemptions import letters, terms
from exemptions.models.decision import Decision, Outcome, Proposal
from exemptions.models.exemption import DayUse, Exemption
from exemptions.models.kind import Ground
from exemptions.models.threshold import ThresholdVersion
from exemptions.steps import clock
from exemptions.steps.completion import counted_silence
from exemptions.steps.permissions import may_approve, may_decide, may_settle, person
from exemptions.steps.statuses import DECIDABLE, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application

GRANT_RECORDS = ("ground", "starts_on", "ends_on")


def may_grant_alone(application: "Application", user: "User") -> bool:
    """Granting this kind needs one person."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.GRANTED)


def may_reject_alone(application: "Application", user: "User") -> bool:
    """The policy lets one person reject."""
    return may_decide(application, user) and not application.needs_second_pair(Outcome.REJECTED)


@step(source=Status.SUBMITTED, target=Status.GRANTED, permission=lambda _application, _user: False)
def grant_at_once(application: "Application", *, by: None, day: date, ordinal: int) -> None:
    """The system grants a day exemption, the how-manieth of this vehicle here this year."""
    if application.municipality is None:
        raise ValueError("a day exemption is for one municipality")
    decision = application.decisions.create(
        outcome=Outcome.GRANTED,
        ground=Ground.for_granting(application.chosen_kind.code, on=timezone.localdate()),
        starts_on=day,
        ends_on=day,
        facts=application.current_facts,
    )
    exemption = new_exemption(decision, window=terms.day_window(day))
    DayUse.objects.create(
        exemption=exemption,
        plate=application.plate,
        country=application.country,
        municipality=application.municipality,
        year=day.year,
        ordinal=ordinal,
        day=day,
    )
    announce(decision, "day_granted", exemption=exemption)


@step(source=DECIDABLE, target=Status.GRANTED, permission=may_grant_alone, records=GRANT_RECORDS)
def grant(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
) -> None:
    """Grant: the plate has access from the first until the last day."""
    refuse_bad_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)
    decision = application.decisions.create(
        outcome=Outcome.GRANTED,
        ground=ground,
        explanation=explanation,
        starts_on=starts_on,
        ends_on=ends_on,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    conclude(decision, "granted", exemption=new_exemption(decision, window=terms.long_window(starts_on, ends_on)))


@step(source=DECIDABLE, target=Status.REJECTED, permission=may_reject_alone, records=("ground",))
def reject(application: "Application", *, by: "User | None", ground: Ground, explanation: str) -> None:
    """Reject on a ground, with an explanation in the applicant's own case."""
    refuse_bad_rejection(application, ground=ground, explanation=explanation)
    decision = application.decisions.create(
        outcome=Outcome.REJECTED,
        ground=ground,
        explanation=explanation,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    conclude(decision, "rejected")


@step(source=DECIDABLE, target=Status.PROPOSED, permission=may_decide, records=GRANT_RECORDS)
def propose_grant(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
) -> None:
    """Put a grant before a second pair of eyes."""
    refuse_bad_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)
    application.proposals.create(
        outcome=Outcome.GRANTED,
        ground=ground,
        starts_on=starts_on,
        ends_on=ends_on,
        explanation=explanation,
        made_by=person(by),
    )


@step(source=DECIDABLE, target=Status.PROPOSED, permission=may_decide, records=("ground",))
def propose_rejection(application: "Application", *, by: "User | None", ground: Ground, explanation: str) -> None:
    """Put a rejection before a second pair of eyes."""
    refuse_bad_rejection(application, ground=ground, explanation=explanation)
    application.proposals.create(outcome=Outcome.REJECTED, ground=ground, explanation=explanation, made_by=person(by))


@step(source=Status.PROPOSED, target=Status.IN_REVIEW, permission=may_settle)
def return_proposal(application: "Application", *, by: "User | None", remark: str) -> None:
    """Send a proposal back to its maker, with a remark; or the maker takes it back."""
    proposal = application.open_proposal()
    settle(proposal, by=None if proposal.made_by == by else by, remark=remark)


@step(
    source=Status.PROPOSED,
    target=Status.GRANTED,
    permission=may_approve,
    conditions=[lambda a: a.is_proposed(Outcome.GRANTED)],
)
def approve_grant(application: "Application", *, by: "User | None") -> None:
    """The second pair of eyes grants as proposed."""
    proposal = application.open_proposal()
    starts_on, ends_on = proposal.term
    refuse_bad_grant(application, ground=proposal.ground, starts_on=starts_on, ends_on=ends_on)
    settle(proposal, by=by)
    decision = decide_as_proposed(proposal, by=by)
    window = terms.long_window(starts_on, ends_on)
    conclude(decision, "granted", exemption=new_exemption(decision, window=window))


@step(
    source=Status.PROPOSED,
    target=Status.REJECTED,
    permission=may_approve,
    conditions=[lambda a: a.is_proposed(Outcome.REJECTED)],
)
def approve_rejection(application: "Application", *, by: "User | None") -> None:
    """The second pair of eyes rejects as proposed."""
    proposal = application.open_proposal()
    refuse_bad_rejection(application, ground=proposal.ground, explanation=proposal.explanation)
    settle(proposal, by=by)
    conclude(decide_as_proposed(proposal, by=by), "rejected")


@step(source=(*DECIDABLE, Status.WAITING), target=Status.SET_ASIDE, permission=may_decide, records=("ground",))
def set_aside(application: "Application", *, by: "User | None", ground: Ground, explanation: str = "") -> None:
    """Set the incomplete application aside, after a chance to complete it and within four weeks (Awb 4:5)."""
    refuse_bad_setting_aside(application, ground=ground)
    decision = application.decisions.create(
        outcome=Outcome.SET_ASIDE, ground=ground, explanation=explanation, taken_by=by, facts=application.current_facts
    )
    conclude(decision, "set_aside")


@step(source=DECIDABLE, target=None, permission=may_decide, records=("until",))
def extend(application: "Application", *, by: "User | None", until: date, reason: str) -> None:
    """Name a new last day to decide, once, while the term still runs (Awb 4:14(3))."""
    refuse_bad_extension(application, until=until)
    clock.extend(application, until=until)
    letters.place(application, "extension_notice", explanation=reason)


def conclude(decision: Decision, kind_of_letter: str, *, exemption: Exemption | None = None) -> None:
    """The case has ended: nothing is due any more but an objection; the letter announces the decision."""
    decision.application.dossier.close_every_deadline(decision.application)
    default.stop(decision.application)
    announce(decision, kind_of_letter, exemption=exemption)


def announce(decision: Decision, kind_of_letter: str, *, exemption: Exemption | None = None) -> None:
    """Place the letter: the decision works, and the term to object begins (Awb 3:41, 6:8)."""
    application = decision.application
    object_until = clock.open_objection_term(application, announced=timezone.localdate())
    letters.place(application, kind_of_letter, decision=decision, exemption=exemption, object_until=object_until)


def new_exemption(decision: Decision, *, window: terms.Window) -> Exemption:
    """What the decision gives: bound to the plate, in one municipality or in every zone."""
    application = decision.application
    return Exemption.objects.create(
        decision=decision,
        application=application,
        plate=application.plate,
        country=application.country,
        municipality=application.municipality if application.chosen_kind.is_municipal else None,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        ends_on=window.last_day,
    )


def settle(proposal: Proposal, *, by: "User | None", remark: str = "") -> None:
    """Close a proposal."""
    proposal.settled_at, proposal.settled_by, proposal.remark = timezone.now(), by, remark
    proposal.save(update_fields=["settled_at", "settled_by", "remark"])


def decide_as_proposed(proposal: Proposal, *, by: "User | None") -> Decision:
    """The decision that a proposal becomes: prepared by one, taken by another."""
    return proposal.application.decisions.create(
        outcome=proposal.outcome,
        ground=proposal.ground,
        explanation=proposal.explanation,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        prepared_by=proposal.made_by,
        taken_by=by,
        facts=proposal.application.current_facts,
        thresholds=thresholds_for(proposal.application),
    )


def thresholds_for(application: "Application") -> ThresholdVersion | None:
    """The version under which this kind is judged today; None for a kind without thresholds."""
    by_them = application.chosen_kind.by_thresholds
    return ThresholdVersion.objects.in_force(on=timezone.localdate()) if by_them else None


def refuse_bad_grant(application: "Application", *, ground: Ground, starts_on: date, ends_on: date) -> None:
    """A grant begins today or later."""
    if starts_on < timezone.localdate():
        raise StepRefused(_("An exemption does not work back: let it begin today or later."))
    refuse_unfounded_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)


def refuse_unfounded_grant(application: "Application", *, ground: Ground, starts_on: date, ends_on: date) -> None:
    """It rests on a ground for it, on verified facts, and stays within the kind's term."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.GRANT)
    if application.plate and not application.facts_verified:
        raise StepRefused(_("The vehicle data are not verified yet: correct or confirm them first."))
    if ends_on < starts_on:
        raise StepRefused(_("The last day is before the first."))
    clock.refuse_far(ends_on, years=10)
    latest = terms.latest_end(application.chosen_kind, facts=application.current_facts, starts_on=starts_on)
    if latest and ends_on > latest:
        raise StepRefused(_("This kind of exemption ends on %(day)s at the latest.") % {"day": day_in_words(latest)})


def refuse_bad_rejection(application: "Application", *, ground: Ground, explanation: str) -> None:
    """A rejection has reasons (Awb 3:46); one that rests on other data than the applicant's comes after a hearing."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.REJECT)
    if not explanation.strip():
        raise StepRefused(_("Explain why, in this applicant's own case: the letter must give the reasons."))
    if ground.rests_on_other_data and not application.was_heard():
        raise StepRefused(_("This ground rests on other data than the applicant's: offer a hearing first (Awb 4:7)."))


def refuse_bad_setting_aside(application: "Application", *, ground: Ground) -> None:
    """Only after a chance to complete (Awb 4:5(1)), within four weeks (4:5(4)), and for silence after enough of it."""
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.SET_ASIDE)
    today, last_day = timezone.localdate(), clock.set_aside_until(application)
    if last_day is None:
        raise StepRefused(_("Ask for completion first: the applicant must have had a chance (Awb 4:5)."))
    if application.has_running_request():
        raise StepRefused(_("The applicant still has time to answer: wait until the last day has passed (Awb 4:5)."))
    if last_day < today:
        raise StepRefused(_("Too late: setting aside was possible until %(day)s.") % {"day": day_in_words(last_day)})
    if ground.category == Ground.Category.NO_RESPONSE:
        policy, requests = CurrentPolicy.on(today), list(application.completion_requests.all())
        silent = counted_silence(requests, today=today, days=policy.number("set_aside_silence_days"))
        if silent < policy.number("completion_rounds"):
            raise StepRefused(_("The applicant has not been silent on enough requests yet."))


def refuse_bad_extension(application: "Application", *, until: date) -> None:
    """Once, inside the running term, to a later working day."""
    if application.extended_to is not None:
        raise StepRefused(_("The term has been extended before."))
    if application.decide_by is None or application.decide_by < timezone.localdate():
        raise StepRefused(_("The term has ended: it can no longer be extended (Awb 4:14)."))
    if until <= application.decide_by:
        raise StepRefused(_("The new day is not later than the present one."))
    clock.refuse_far(until, years=1)
    if roll(until, calendar=EquatedDay.calendar()) != until:
        raise StepRefused(_("The last day is a weekend day or a holiday: choose a working day."))


def refuse_other_ground(application: "Application", *, ground: Ground, outcome: Ground.Outcome) -> None:
    """A ground belongs to an outcome and to a kind, or to every kind."""
    if ground.outcome != outcome or ground.kind_code not in ("", application.chosen_kind.code):
        raise StepRefused(_("This ground does not fit: %(ground)s") % {"ground": ground})
