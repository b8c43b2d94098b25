"""After the grant: changes to an exemption, at its holder's wish or as a correction. The application stays granted.

Each change is a decision that replaces the standing one, with an exemption valid from this moment on: what was valid
before remains on record, and two never stand at once.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, NotRequired, TypedDict, Unpack

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, Sent
from casework.clock import now, today
from casework.deadline_words import format_day
from casework.steps import Button, StepRefused, step
from exemptions import terms, thresholds
from exemptions.intake.eligibility import CLASSES, judge_kinds, situation_of
from exemptions.models.change_request import ChangeRequest
from exemptions.models.decision import Change, Decision, Outcome
from exemptions.models.exemption import Exemption
from exemptions.models.facts import FactsRecord, as_json
from exemptions.models.kind import Ground
from exemptions.steps.announcement import send_letter
from exemptions.steps.decision import thresholds_for
from exemptions.steps.lawful import explain_waiting_letter, refuse_far_end, refuse_hindered
from exemptions.steps.permissions import find_decider, may_decide, may_give_up
from exemptions.steps.revision import replace_by
from exemptions.steps.statuses import Status
from exemptions.steps.validity import end_exemptions, new_exemption
from zones.access import VehicleFacts
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application

ONE_DAY = timedelta(days=1)
TERM_NOW = ("starts_on", "ends_on")
"""In the event of a change: the first and last day of the exemption afterwards."""


class Vehicle(NamedTuple):
    """A vehicle as a colleague looked it up: its plate, the facts about it, and their source."""

    plate: str
    country: str
    facts: VehicleFacts
    source: FactsRecord.Source


class Given(TypedDict):
    """What a change sets; whatever it leaves out stays as it was."""

    plate: NotRequired[str]
    country: NotRequired[str]
    starts_on: NotRequired[date]
    ends_on: NotRequired[date]
    facts: NotRequired[FactsRecord]
    ground: NotRequired[Ground]
    explanation: NotRequired[str]
    prepared_by: NotRequired["User | None"]


# --- What can be changed ------------------------------------------------------------------------------------


def has_exemption(application: "Application") -> bool:
    """Whether a long-term exemption of this application is valid now or later."""
    return not application.chosen_kind.is_day and find_standing(application) is not None


def has_day_to_come(application: "Application") -> bool:
    """Whether this application has a day exemption whose day has not begun."""
    return application.standing_day is not None and application.standing_day.starts_at > now()


def find_standing(application: "Application") -> Exemption | None:
    """The exemption that can be changed; None if it has ended."""
    return next((one for one in application.exemptions_not_over if not one.temporary), None)


def get_standing(application: "Application") -> Exemption:
    """The exemption that can be changed. Raises DoesNotExist if it has ended."""
    standing = find_standing(application)
    if standing is None:
        raise Exemption.DoesNotExist
    return standing


def find_loan(application: "Application") -> Exemption | None:
    """The exemption for a temporary vehicle, now or later; None without one."""
    return next((one for one in application.exemptions_not_over if one.temporary), None)


def hindrance_to_amendment(application: "Application") -> str:
    """Why the exemption cannot be changed now, whatever is filled in; empty if it can."""
    if application.waiting.objection:
        return gettext("An objection to the decision is open: that is decided first (Awb 6:19).")
    if application.waiting.proposal:
        return gettext("A colleague's proposal waits: approve it or send it back first.")
    if application.waiting.letter:
        return explain_waiting_letter()
    exemption = find_standing(application)
    if exemption and exemption.is_suspended:
        return gettext("The exemption is suspended: lift that first.")
    return describe_loan(application)


def describe_loan(application: "Application") -> str:
    """Why a temporary vehicle, now or later, must be ended before the exemption can change; empty without one."""
    loan = find_loan(application)
    if loan is None:
        return ""
    about = {"plate": spell_plate(loan.plate, country=loan.country), "day": format_day(loan.ends_on)}
    return gettext("A temporary vehicle (%(plate)s) has it until %(day)s: end that first.") % about


# --- The steps ----------------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_exemption],
    records=(*TERM_NOW, MADE_KNOWN),
    done=_("Exemption moved to another vehicle"),
    told=_("Your exemption is for another vehicle now"),
    button=Button(
        _("Move to another vehicle"),
        _(
            "The holder replaced the vehicle. From now on the exemption is for the new one, and no longer for the old "
            "one."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def replace_vehicle(application: "Application", *, by: "User | None", vehicle: Vehicle, explanation: str = "") -> Sent:
    """Replace the vehicle by another, which must meet the conditions of the kind as the first one did."""
    refuse_hindered(hindrance_to_amendment(application))
    former = get_standing(application)
    if (vehicle.plate, vehicle.country) == (former.plate, former.country):
        raise StepRefused(gettext("The exemption is for this vehicle already."), field="plate")
    record = take_vehicle(application, vehicle, by=by, reason=explanation)
    last = last_day_for(application, former, facts=record)
    decision, exemption = amend_exemption(
        former,
        Change.VEHICLE,
        by=by,
        plate=vehicle.plate,
        country=vehicle.country,
        ends_on=last,
        facts=record,
        explanation=explanation,
    )
    return announce_change(decision, "vehicle_replaced", exemption, former)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_give_up,
    conditions=[has_exemption],
    records=("from_day", MADE_KNOWN),
    done=_("Exemption ended at the request of the holder"),
    told=_("Your exemption ended, as you asked"),
    button=Button(
        _("End at the holder's request"),
        _("The holder no longer needs the exemption. It ends today, or on a later day."),
        sends_letter=True,
        rare=True,
    ),
)
def end_on_request(application: "Application", *, by: "User | None", from_day: date, explanation: str = "") -> Sent:
    """End the exemption at the holder's request, at once or on the day before `from_day`."""
    refuse_hindered(hindrance_to_amendment(application))
    former = get_standing(application)
    if from_day < today():
        raise StepRefused(gettext("Choose today or a later day."), field="from_day")
    if from_day > former.ends_on:
        raise StepRefused(
            gettext("The exemption ends on %(day)s anyway.") % {"day": format_day(former.ends_on)}, field="from_day"
        )
    decider = find_decider(application, by)
    if from_day > max(today(), first_day(former)):
        decision, _shorter = amend_exemption(
            former, Change.REQUEST, by=decider, ends_on=from_day - ONE_DAY, explanation=explanation
        )
    else:
        decision = end_exemption(former, Change.REQUEST, by=decider, explanation=explanation)
        end_exemptions(application, at=now(), may_be_suspended=False)
    return announce_change(decision, "exemption_ended", None, former, from_day=from_day)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_exemption],
    records=(*TERM_NOW, MADE_KNOWN),
    done=_("Exemption made longer"),
    told=_("Your exemption was made longer"),
    button=Button(
        _("Make the exemption longer"), _("Within what the kind allows for this vehicle."), sends_letter=True, rare=True
    ),
)
def lengthen(application: "Application", *, by: "User | None", ends_on: date, explanation: str) -> Sent:
    """Extend the exemption at the holder's request, within what the kind and the vehicle allow."""
    refuse_hindered(hindrance_to_amendment(application))
    former = get_standing(application)
    if ends_on <= former.ends_on:
        raise StepRefused(
            gettext("Choose a day after the present last day, %(day)s.") % {"day": format_day(former.ends_on)},
            field="ends_on",
        )
    refuse_beyond_kind(application, former, ends_on=ends_on)
    decision, exemption = amend_exemption(former, Change.LONGER, by=by, ends_on=ends_on, explanation=explanation)
    return announce_change(decision, "term_changed", exemption, former)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_exemption],
    records=(*TERM_NOW, MADE_KNOWN),
    done=_("Clerical error in the decision corrected"),
    told=_("We corrected a clerical error in the decision"),
    button=Button(
        _("Correct a clerical error"),
        _("What anybody can see was written down wrongly: a plate or a day. What was decided stays as it is."),
        sends_letter=True,
        rare=True,
    ),
)
def correct_decision(
    application: "Application",
    *,
    by: "User | None",
    starts_on: date,
    ends_on: date,
    explanation: str,
    vehicle: Vehicle | None = None,
) -> Sent:
    """Correct an obvious slip (kennelijke verschrijving) in the plate or in a day.

    That changes nothing of what was decided, so the letter opens a term to object to the correction alone (Awb 1:3).
    Days that it takes away end when it is made known.
    """
    refuse_hindered(hindrance_to_amendment(application))
    former = get_standing(application)
    refuse_no_correction(former, starts_on=starts_on, ends_on=ends_on, vehicle=vehicle)
    refuse_beyond_kind(application, former, ends_on=ends_on)
    given: Given = {"starts_on": starts_on, "ends_on": ends_on, "explanation": explanation}
    if loses_days(former, starts_on=starts_on, ends_on=ends_on):
        refuse_loss_unseen(former, by=by, vehicle=vehicle)
        decision = decide_instead(former, Change.CORRECTION, by=by, **given)
        return announce_change(decision, "decision_corrected", None, former)
    if vehicle:
        record = take_vehicle(application, vehicle, by=by, reason=explanation)
        given |= {"plate": vehicle.plate, "country": vehicle.country, "facts": record}
    decision, exemption = amend_exemption(former, Change.CORRECTION, by=by, **given)
    return announce_change(decision, "decision_corrected", exemption, former)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_give_up,
    conditions=[has_day_to_come],
    records=(MADE_KNOWN,),
    done=_("Day exemption cancelled at the request of the holder"),
    told=_("Your day exemption was cancelled, as you asked"),
    button=Button(
        _("Cancel the day"),
        _("The holder does not need the day exemption. Its day has not begun, so it does not count for the year."),
        sends_letter=True,
        rare=True,
    ),
)
def cancel_day(application: "Application", *, by: "User | None", explanation: str = "") -> Sent:
    """Cancel a day exemption before its day, which no longer counts towards the year's maximum."""
    former = application.get_standing_day()
    decider = find_decider(application, by)
    decision = end_exemption(former, Change.REQUEST, by=decider, explanation=explanation)
    end_exemptions(application, at=now(), may_be_suspended=False)
    former.day_use.delete()
    return announce_change(decision, "day_cancelled", None, former)


# --- How ----------------------------------------------------------------------------------------------------


def amend_exemption(
    former: Exemption, change: Change, *, by: "User | None", **given: Unpack[Given]
) -> tuple[Decision, Exemption]:
    """A decision that replaces the standing one, with its exemption: from now, or its first day if that is later."""
    decision, moment = decide_instead(former, change, by=by, **given), now()
    end_exemptions(former.application, at=moment, may_be_suspended=False)
    window = terms.long_window(given.get("starts_on", first_day(former)), given.get("ends_on", former.ends_on))
    return decision, new_exemption(
        decision,
        window=window._replace(starts_at=max(window.starts_at, moment)),
        plate=given.get("plate", former.plate),
        country=given.get("country", former.country),
    )


def decide_instead(former: Exemption, change: Change, *, by: "User | None", **given: Unpack[Given]) -> Decision:
    """A decision that replaces the standing one; the old exemption is valid until this one is made known."""
    application = former.application
    decision: Decision = application.take_decision(
        outcome=Outcome.GRANTED,
        change=change,
        ground=given.get("ground", former.decision.ground),
        explanation=given.get("explanation", ""),
        starts_on=given.get("starts_on", first_day(former)),
        ends_on=given.get("ends_on", former.ends_on),
        facts=given.get("facts", application.current_facts),
        thresholds=thresholds_for(application),
        prepared_by=given.get("prepared_by"),
        taken_by=by,
    )
    replace_by(decision)
    return decision


def end_exemption(
    former: Exemption,
    change: Change,
    *,
    by: "User | None",
    explanation: str,
    ground: Ground | None = None,
    prepared_by: "User | None" = None,
) -> Decision:
    """A decision that ends an exemption; the application stays granted."""
    decision: Decision = former.application.take_decision(
        outcome=Outcome.ENDED,
        change=change,
        ground=ground or former.decision.ground,
        explanation=explanation,
        prepared_by=prepared_by,
        taken_by=by,
        facts=former.application.current_facts,
    )
    replace_by(decision)
    return decision


def decide_in_addition(
    exemption: Exemption,
    outcome: Outcome,
    change: Change,
    *,
    by: "User | None",
    explanation: str,
    ground: Ground | None = None,
    prepared_by: "User | None" = None,
    **days: date,
) -> Decision:
    """A decision in addition to the standing one, which remains in force unchanged."""
    decision: Decision = exemption.application.take_decision(
        outcome=outcome,
        change=change,
        ground=ground or exemption.decision.ground,
        explanation=explanation,
        prepared_by=prepared_by,
        taken_by=by,
        facts=exemption.application.current_facts,
        **days,
    )
    return decision


def announce_change(
    decision: Decision,
    kind: str,
    exemption: Exemption | None,
    former: Exemption,
    *,
    from_day: date | None = None,
    unheard: str = "",
) -> Sent:
    """Send the letter about a change: what it was, what it is, and from when. Settles the holder's request for it.

    `unheard`: why the holder was not asked for a view although the law requires it.
    """
    if decision.application.waiting.change_request:
        ChangeRequest.objects.settle_by(decision)
    held, since = exemption or former, from_day or max(today(), decision.starts_on or today())
    more = {
        "plate": spell_plate(held.plate, country=held.country) if held.plate else "–",
        "former_plate": spell_plate(former.plate, country=former.country) if former.plate else "–",
        "former_starts_on": first_day(former),
        "former_ends_on": former.ends_on,
        "earlier_reference": former.decision.reference,
        "from_day": since,
        "unheard": unheard,
    }
    sent = send_letter(decision.application, kind, decision=decision, exemption=held, more=more)
    return {**sent, "starts_on": decision.starts_on, "ends_on": decision.ends_on, "from_day": since}


def first_day(exemption: Exemption) -> date:
    """The first day according to the decision, which may precede the change itself."""
    if exemption.decision.starts_on is None:
        raise ValueError("a grant has a term")
    return exemption.decision.starts_on


def take_vehicle(application: "Application", vehicle: Vehicle, *, by: "User | None", reason: str) -> FactsRecord:
    """Record the vehicle's facts if the kind fits it; raises StepRefused otherwise."""
    refuse_unfit(application, vehicle.facts)
    record = application.record_facts(source=vehicle.source, facts=as_json(vehicle.facts), reason=reason, by=by)
    application.vehicle_class = vehicle.facts.category or application.vehicle_class
    application.facts_verified, application.facts_disputed = True, ""
    version = thresholds_for(application)
    if version and thresholds.judge_application(application, version=version, facts=record).available:
        raise StepRefused(
            gettext("By the thresholds an emission-free vehicle is for sale that can do the same."), field="plate"
        )
    return record


def refuse_unfit(application: "Application", facts: VehicleFacts) -> None:
    """Raise StepRefused if the kind is not for this vehicle."""
    if facts.category not in CLASSES:
        raise StepRefused(gettext("An exemption is for a van or a truck, and this is neither."), field="plate")
    who = application.applicant.form if application.applicant else ""
    (judged,) = judge_kinds([application.chosen_kind], situation_of(facts, who=who), on=today())
    if not judged.fits:
        raise StepRefused(list(judged.reasons), field="plate")


def last_day_for(application: "Application", former: Exemption, *, facts: FactsRecord) -> date:
    """The last day, or an earlier one that the kind sets for this vehicle; raises StepRefused if that has passed."""
    latest = terms.latest_end(application.chosen_kind, facts=facts, starts_on=first_day(former))
    last = min(former.ends_on, latest or former.ends_on)
    if last < max(today(), first_day(former)):
        raise StepRefused(
            gettext("For this vehicle the exemption would have ended on %(day)s.") % {"day": format_day(last)},
            field="plate",
        )
    return last


def refuse_beyond_kind(application: "Application", former: Exemption, *, ends_on: date) -> None:
    """Raise StepRefused for a last day beyond what kind and vehicle allow, or in a mistyped year."""
    refuse_far_end(ends_on)
    latest = terms.latest_end(application.chosen_kind, facts=application.current_facts, starts_on=first_day(former))
    if latest and ends_on > max(latest, former.ends_on):
        raise StepRefused(
            gettext("This kind of exemption ends on %(day)s at the latest.") % {"day": format_day(latest)},
            field="ends_on",
        )


def refuse_no_correction(former: Exemption, *, starts_on: date, ends_on: date, vehicle: Vehicle | None) -> None:
    """Raise StepRefused for a correction that changes nothing, or whose term is invalid or over."""
    as_it_is = (starts_on, ends_on) == (first_day(former), former.ends_on)
    same = vehicle is None or (vehicle.plate, vehicle.country) == (former.plate, former.country)
    if as_it_is and same:
        raise StepRefused(gettext("Nothing differs from what the decision says."))
    if ends_on < starts_on:
        raise StepRefused(gettext("The last day is before the first day."), field="ends_on")
    if ends_on < today():
        raise StepRefused(gettext("Choose today or a later day."), field="ends_on")


def loses_days(former: Exemption, *, starts_on: date, ends_on: date) -> bool:
    """Whether a correction takes days away from the holder."""
    return ends_on < former.ends_on or starts_on > max(first_day(former), today())


def refuse_loss_unseen(former: Exemption, *, by: "User | None", vehicle: Vehicle | None) -> None:
    """Raise StepRefused if days are taken away by whoever decided, or together with a plate, which counts at once."""
    if by is not None and former.decision.taken_by_id == by.pk:
        raise StepRefused(
            gettext("This takes days away from the holder, and you took the decision: a colleague has to correct it.")
        )
    if vehicle and (vehicle.plate, vehicle.country) != (former.plate, former.country):
        raise StepRefused(gettext("Correct the number plate first, and the days after that."), field="plate")
