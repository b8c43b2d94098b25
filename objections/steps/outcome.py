"""Deciding on an objection (Awb 7:11, 7:12), and what that does to the application."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import court_orders
from casework.announcement import MADE_KNOWN, TERM, Sent
from casework.clock import today
from casework.models import Deadline
from casework.steps import Button, StepRefused, person, step
from exemptions.doubts import find_shortfall
from exemptions.models import Ground, KindVersion
from exemptions.steps.clock import refuse_far
from exemptions.steps.revision import Cause, Grant
from exemptions.steps.statuses import Status as ApplicationStatus
from objections.models.hearing import Hearing
from objections.models.outcome import ObjectionDecision
from objections.steps import clock
from objections.steps.advice import refuse_without_advice
from objections.steps.announcement import send_letter
from objections.steps.hearing import skip_hearing
from objections.steps.penalty import set_penalty_anew, settle_penalty
from objections.steps.permissions import may_decide, may_handle
from objections.steps.statuses import CHECKABLE, DECIDABLE, DECIDED, OPEN
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection

Outcome = ObjectionDecision.Outcome
REPLACEABLE = (ApplicationStatus.SET_ASIDE, ApplicationStatus.REJECTED, ApplicationStatus.CONVERTED)
GRANT_RECORDS = ("ground", "starts_on", "ends_on", "penalty_eur", MADE_KNOWN, TERM)
ORDER = ("sent_on", "euros_a_day", "most_eur")
"""The details of a court's order: when its judgment was sent, and the cost of each day too late."""


class Reply(TypedDict, total=False):
    """What every decision also answers: requested costs (Awb 7:15), and advice that it deviates from."""

    costs_because: str
    deviation: str


class ReplyOnPenalty(Reply, total=False):
    """The same, with a penalty that was contested along with the decision (Awb 4:19)."""

    penalty_eur: int | None
    penalty_because: str


class FavourableReply(ReplyOnPenalty, total=False):
    """The same, with the costs that we pay because the objector was right."""

    costs_eur: Decimal | None


def is_about_application(objection: "Objection") -> bool:
    """Whether the contested decision is about the application, so that an exemption can replace it."""
    return objection.decision.penalty_id is None


@step(
    source=DECIDABLE,
    target=Status.UPHELD,
    permission=may_decide,
    conditions=[is_about_application],
    records=GRANT_RECORDS,
    done=_("Objection upheld"),
    told=_("Objection upheld"),
    button=Button(
        _("Uphold"),
        _("The objector is right: the exemption is granted after all, in place of the decision under attack."),
        sends_letter=True,
    ),
)
def uphold(
    objection: "Objection",
    *,
    by: "User | None",
    explanation: str,
    ground: Ground,
    starts_on: date,
    ends_on: date,
    skip_hearing: bool = False,
    **reply: Unpack[FavourableReply],
) -> Sent:
    """Uphold the objection, and grant the exemption for the whole term that was asked."""
    refuse_less(objection, starts_on=starts_on, ends_on=ends_on)
    settle_hearing(objection, Hearing.Skipped.UPHELD if skip_hearing else None)
    revise_decision(objection, by=by, explanation=explanation, ground=ground, starts_on=starts_on, ends_on=ends_on)
    decided = decide_objection(objection, Outcome.UPHELD, by=by, explanation=explanation, **reply)
    return send_letter(objection, "objection_upheld", decision=decided)


def refuse_less(objection: "Objection", *, starts_on: date, ends_on: date) -> None:
    """Raise StepRefused for less than was asked: that is 'in part', and needs a hearing (Awb 7:3(e))."""
    if find_shortfall(objection.application, starts_on=starts_on, ends_on=ends_on):
        raise StepRefused(
            gettext("This is less than was asked. Give the whole term, or uphold in part (Awb 7:3, e)."),
            field="ends_on",
        )


@step(
    source=DECIDABLE,
    target=Status.UPHELD,
    permission=lambda _objection, _user: False,
    conditions=[is_about_application],
    records=GRANT_RECORDS,
    done=_("Objection upheld after a rule changed"),
    told=_("Objection upheld"),
)
def settle_by_renewal(
    objection: "Objection",
    *,
    by: None,
    decider: "User",
    prepared_by: "User | None",
    explanation: str,
    ground: Ground,
    starts_on: date,
    ends_on: date,
    kind: KindVersion | None = None,
) -> Sent:
    """Uphold without a hearing, because a run of deciding again gives the objector what was asked (Awb 7:3(e)).

    Not where somebody must weigh something first: costs that were asked, a direct appeal, a hearing that is planned.
    """
    refuse_what_a_person_weighs(objection, decider=decider)
    settle_hearing(objection, Hearing.Skipped.UPHELD)
    objection.application.revise(
        by=decider,
        cause=Cause.OBJECTION,
        contested=objection.decision,
        ground=ground,
        starts_on=starts_on,
        ends_on=ends_on,
        explanation=explanation,
        prepared_by=prepared_by,
        kind=kind,
    )
    decided = decide_objection(objection, Outcome.UPHELD, by=decider, explanation=explanation)
    return send_letter(objection, "objection_upheld", decision=decided)


@step(
    source=DECIDABLE,
    target=Status.UPHELD_IN_PART,
    permission=may_decide,
    conditions=[is_about_application],
    records=GRANT_RECORDS,
    done=_("Objection upheld in part"),
    told=_("Objection upheld in part"),
    button=Button(_("Uphold in part"), _("An exemption, but not all that was asked."), sends_letter=True),
)
def uphold_in_part(
    objection: "Objection",
    *,
    by: "User | None",
    explanation: str,
    ground: Ground,
    starts_on: date,
    ends_on: date,
    **reply: Unpack[FavourableReply],
) -> Sent:
    """Uphold in part, granting less than was asked; never without a hearing, unless it was waived."""
    settle_hearing(objection, None)
    revise_decision(objection, by=by, explanation=explanation, ground=ground, starts_on=starts_on, ends_on=ends_on)
    decided = decide_objection(objection, Outcome.UPHELD_IN_PART, by=by, explanation=explanation, **reply)
    return send_letter(objection, "objection_upheld_in_part", decision=decided)


@step(
    source=DECIDABLE,
    target=Status.UPHELD,
    permission=may_decide,
    conditions=[is_about_application, lambda o: o.application.status in REPLACEABLE],
    records=("ground", "penalty_eur", MADE_KNOWN, TERM),
    done=_("Objection upheld, and the application rejected on the merits"),
    told=_("Objection upheld: we decided anew on the application, and rejected it"),
    button=Button(
        _("Uphold, and reject"),
        _(
            "The decision under attack cannot stand, but there is no right to the exemption. You revoke it and reject "
            "the application on the merits in its place, in one decision (Awb 7:11, paragraph 2)."
        ),
        sends_letter=True,
    ),
)
def uphold_and_reject(
    objection: "Objection",
    *,
    by: "User | None",
    explanation: str,
    ground: Ground,
    **reply: Unpack[FavourableReply],
) -> Sent:
    """Uphold, and reject on the merits; never without a hearing, as it gives the objector nothing.

    Revoking alone is not enough: the decision in its place is taken within the term of the objection (7:10, 7:11(2);
    ABRvS 10 December 2014, 201403852/1/A1). Who needs longer asks for more time by 7:10(4).
    """
    settle_hearing(objection, None)
    objection.application.reject_instead(by=by, cause=Cause.OBJECTION, ground=ground, explanation=explanation)
    decided = decide_objection(objection, Outcome.UPHELD, by=by, explanation=explanation, **reply)
    return send_letter(objection, "objection_reopened", decision=decided)


@step(
    source=DECIDABLE,
    target=Status.UPHELD,
    permission=may_decide,
    conditions=[lambda o: not is_about_application(o)],
    records=("penalty_eur", MADE_KNOWN, TERM),
    done=_("Objection upheld: the penalty is set anew"),
    told=_("Objection upheld: we set the penalty anew"),
    button=Button(
        _("Uphold, and set the penalty"),
        _("The penalty for deciding late was wrong: you set another amount in its place (Awb 4:18, 7:11)."),
        sends_letter=True,
    ),
)
def uphold_penalty(
    objection: "Objection",
    *,
    by: "User | None",
    explanation: str,
    penalty_eur: int,
    skip_hearing: bool = False,
    costs_eur: Decimal | None = None,
    **reply: Unpack[Reply],
) -> Sent:
    """Uphold the objection to the penalty, and set another amount in the same decision (Awb 7:11(2))."""
    settle_hearing(objection, Hearing.Skipped.UPHELD if skip_hearing else None)
    set_penalty_anew(objection.decision, by=by, amount=penalty_eur, explanation=explanation)
    decided = decide_objection(objection, Outcome.UPHELD, by=by, explanation=explanation, costs_eur=costs_eur, **reply)
    return send_letter(objection, "objection_penalty", decision=decided)


@step(
    source=DECIDABLE,
    target=Status.UNFOUNDED,
    permission=may_decide,
    records=("penalty_eur", MADE_KNOWN, TERM),
    done=_("Objection declared unfounded"),
    told=_("Objection unfounded"),
    button=Button(_("Declare unfounded"), _("The decision stands, with the reasons (Awb 7:12)."), sends_letter=True),
)
def declare_unfounded(
    objection: "Objection",
    *,
    by: "User | None",
    explanation: str,
    skip_hearing: bool = False,
    **reply: Unpack[ReplyOnPenalty],
) -> Sent:
    """Declare the objection unfounded: the decision stands, with the reasons (Awb 7:12)."""
    settle_hearing(objection, Hearing.Skipped.UNFOUNDED if skip_hearing else None)
    decided = decide_objection(
        objection,
        Outcome.UNFOUNDED,
        by=by,
        explanation=explanation,
        **reply,
    )
    return send_letter(objection, "objection_unfounded", decision=decided)


@step(
    source=(*CHECKABLE, *DECIDABLE),
    target=Status.INADMISSIBLE,
    permission=may_decide,
    records=("because", "penalty_eur", MADE_KNOWN, TERM),
    done=_("Objection declared inadmissible"),
    told=_("Objection inadmissible"),
    button=Button(
        _("Declare inadmissible"), _("It is not looked at, and you judge so (Awb 6:6, 6:11)."), sends_letter=True
    ),
)
def declare_inadmissible(
    objection: "Objection",
    *,
    by: "User | None",
    because: str,
    explanation: str,
    skip_hearing: bool = False,
    **reply: Unpack[ReplyOnPenalty],
) -> Sent:
    """Declare the objection inadmissible: late without a good reason, or not repaired (Awb 6:6, 6:11)."""
    refuse_bad_inadmissible(objection, because=because)
    if because == ObjectionDecision.Inadmissible.LATE:
        objection.excused, objection.excused_because = False, explanation
    settle_hearing(objection, Hearing.Skipped.INADMISSIBLE if skip_hearing else None)
    decided = decide_objection(
        objection,
        Outcome.INADMISSIBLE,
        by=by,
        explanation=explanation,
        inadmissible_because=because,
        **reply,
    )
    return send_letter(objection, "objection_inadmissible", decision=decided)


@step(
    source=(*DECIDED, Status.FORWARDED),
    target=Status.HANDLING,
    permission=may_handle,
    records=("until", *ORDER),
    done=_("The court requires a new decision on the objection"),
    told=_("The court annulled our decision: we decide again"),
)
def decide_again(
    objection: "Objection",
    *,
    by: "User | None",
    until: date,
    sent_on: date | None = None,
    euros_a_day: int = 0,
    most_eur: int | None = None,
) -> None:
    """Reopen the objection after a court annulled the decision on it, to decide by the day that the court set."""
    refuse_far(until, years=1, field="until")
    make_way(objection)
    objection.decisions.standing().update(annulled_on=today())
    set_day_of_court(objection, until, sent_on=sent_on, euros_a_day=euros_a_day, most_eur=most_eur)
    objection.dossier.close_every_deadline(objection)
    clock.open_decision_term(objection)


def make_way(objection: "Objection") -> None:
    """Drop drafts of other objections to the same decision; raises StepRefused if one was sent, which goes first."""
    others = objection.decision.objections.exclude(pk=objection.pk)
    for unsent in others.filter(status=Status.DRAFT):
        unsent.drop()
    if others.open().exists():
        raise StepRefused(gettext("Another objection to the same decision is being handled: decide on that one first."))


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("until", *ORDER),
    done=_("The court set a last day to decide on the objection"),
    told=_("The court gave us a last day to decide"),
)
def keep_to_order(
    objection: "Objection",
    *,
    by: "User | None",
    until: date,
    sent_on: date | None = None,
    euros_a_day: int = 0,
    most_eur: int | None = None,
) -> None:
    """Record a court order to decide by a day, because we are late (Awb 8:55d)."""
    refuse_far(until, years=1, field="until")
    set_day_of_court(objection, until, sent_on=sent_on, euros_a_day=euros_a_day, most_eur=most_eur)
    clock.open_decision_term(objection)


def set_day_of_court(
    objection: "Objection",
    until: date,
    *,
    sent_on: date | None,
    euros_a_day: int,
    most_eur: int | None,
) -> None:
    """Set a court's last day, which replaces any other, including one that is yet to be announced."""
    sent = sent_on or today()
    court_orders.give_order(objection, sent_on=sent, until=until, euros_a_day=euros_a_day, most_eur=most_eur)
    objection.extended_to, objection.extended_on, objection.delay_to_tell = until, today(), None


def revise_decision(objection: "Objection", *, by: "User | None", explanation: str, **grant: Unpack[Grant]) -> None:
    """Replace the contested decision on the application, for the same reasons as the decision on the objection."""
    refuse_unexplained(explanation)
    objection.application.revise(
        by=by, cause=Cause.OBJECTION, contested=objection.decision, explanation=explanation, **grant
    )


def decide_objection(
    objection: "Objection",
    outcome: ObjectionDecision.Outcome,
    *,
    by: "User | None",
    explanation: str,
    inadmissible_because: str = "",
    **reply: Unpack[FavourableReply],
) -> ObjectionDecision:
    """Take the decision with its reasons; nothing is due from the objector any more. Our term ends on announcement."""
    refuse_unexplained(explanation)
    deviation = reply.get("deviation", "")
    refuse_without_advice(objection, outcome=outcome, deviation=deviation)
    amount, because = reply.get("costs_eur"), reply.get("costs_because", "")
    if amount and not objection.costs_asked:
        raise StepRefused(gettext("The objector did not ask to be paid their costs (Awb 7:15)."), field="costs_eur")
    if objection.costs_asked and not because.strip():
        raise StepRefused(
            gettext("The objector asked to be paid their costs: say what you decide about that (Awb 7:15)."),
            field="costs_because",
        )
    decided = objection.decisions.create(
        made_known_on=None if objection.application.goes_by_post else today(),
        outcome=outcome,
        explanation=explanation,
        taken_by=person(by),
        costs_eur=amount,
        costs_because=because,
        deviation_because=deviation if objection.current_committee else "",
        new_decision=new_decision(objection) if outcome in (Outcome.UPHELD, Outcome.UPHELD_IN_PART) else None,
        inadmissible_because=inadmissible_because,
        **settle_penalty(objection, by=by, amount=reply.get("penalty_eur"), because=reply.get("penalty_because", "")),
    )
    objection.dossier.close_deadline(objection, Deadline.Kind.REPAIR)
    clock.close_hearing_terms(objection)
    return decided


def refuse_unexplained(explanation: str) -> None:
    """Raise StepRefused for a decision without reasons."""
    if not explanation.strip():
        raise StepRefused(gettext("Give the reasons: the decision must rest on them (Awb 7:12)."), field="explanation")


def new_decision(objection: "Objection") -> Any:
    """The decision that replaced the contested one; None if there is none."""
    if objection.decision.penalty_id:
        return objection.application.decisions.for_letter().in_force().get(penalty=objection.decision.penalty_id)
    return objection.application.decisions.for_letter().standing().exclude(pk=objection.decision_id).last()


def settle_hearing(objection: "Objection", ground: Hearing.Skipped | None) -> None:
    """Raise StepRefused unless the objector was heard, or there is a ground of Awb 7:3; records a given ground."""
    if ground is not None and not objection.hearing_is_done:
        skip_hearing(objection, ground=ground)
    elif not objection.hearing_is_done:
        raise StepRefused(gettext("Offer a hearing first, or give the ground on which there is none (Awb 7:2, 7:3)."))


def refuse_what_a_person_weighs(objection: "Objection", *, decider: "User") -> None:
    """Raise StepRefused where a run may not decide: more than a grant was asked, or same decider (Awb 10:3(3))."""
    if objection.costs_asked:
        raise StepRefused(gettext("The objector asks for costs: someone must decide about them (Awb 7:15)."))
    if objection.direct_appeal_asked and objection.direct_appeal_refused_on is None:
        raise StepRefused(
            gettext("The objector asks for direct appeal: someone must decide about that first (Awb 7:1a).")
        )
    if objection.current_committee is not None:
        raise StepRefused(gettext("A committee advises: someone must weigh its advice (Awb 7:13)."))
    if objection.was_decided_by(decider):
        raise StepRefused(
            gettext("%(name)s took the decision under attack: someone else must decide on the objection (Awb 10:3).")
            % {"name": decider}
        )


def refuse_bad_inadmissible(objection: "Objection", *, because: str) -> None:
    """Raise StepRefused for 'late' if in time or excused, or 'not repaired' without a chance to repair (Awb 6:6)."""
    reasons = ObjectionDecision.Inadmissible
    if because not in reasons.values:
        raise StepRefused(gettext("Choose why it is inadmissible."), field="because")
    if because == reasons.LATE and (objection.is_in_time or objection.excused):
        raise StepRefused(gettext("It came in time, or its lateness was excused."), field="because")
    if because == reasons.LATE and not objection.was_asked_why_late():
        raise StepRefused(gettext("Ask first why it came too late (Awb 6:11)."), field="because")
    if because == reasons.NOT_REPAIRED and not objection.was_given_chance_to_repair():
        raise StepRefused(gettext("Give the objector a chance to repair it first (Awb 6:6)."), field="because")
