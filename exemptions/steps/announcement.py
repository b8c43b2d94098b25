"""Letters on which a term begins or ends, from the day on which they are made known (Awb 3:40, 3:41).

That is at once in the portal, and on the day of posting for those who want letters by post (2:8). Until then they have
no effect: the term to decide runs on, and so does a penalty. `EFFECTS` has the effect of each kind.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from casework import deadlines, penalties, suspensions
from casework.announcement import MADE_KNOWN, TERM, Effect, Sent
from casework.clock import today
from casework.deadline_words import describe_decision_deadline
from casework.models import Deadline, EquatedDay, Letter, TermSuspension
from casework.steps import lock_case
from exemptions import letters
from exemptions.models.completion import CompletionRequest
from exemptions.models.decision import Decision, Outcome
from exemptions.steps import clock
from exemptions.steps.conversion import find_successor
from exemptions.steps.statuses import Status
from exemptions.steps.validity import take_away

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


def send_letter(
    application: "Application",
    kind: str,
    *,
    decision: Decision | None = None,
    request: CompletionRequest | None = None,
    suspension: TermSuspension | None = None,
    **about: Any,
) -> Sent:
    """Place a letter with legal effect: known at once in the portal; by post only once it is posted."""
    by_post = application.goes_by_post
    made_known_on, term = None if by_post else today(), application.decision_term
    if made_known_on:
        EFFECTS[kind].begin(application, decision or request or suspension, on=made_known_on)
    until = object_until(on=made_known_on) if decision and made_known_on else None
    letter = letters.place_letter(
        application, kind, decision=decision, request=request, object_until=until, by_post=by_post, **about
    )
    if asked := request or suspension:
        asked.note_letter(letter)
    return {MADE_KNOWN: made_known_on, TERM: application.ended_term(term)}


def make_known(application: "Application", letter: Letter, *, on: date, by: "User | None") -> bool:
    """Carry out the effect of a letter posted on a day; returns False if it was posted too late to have any."""
    if letter.kind not in EFFECTS:
        return True
    heir, subject = find_heir(application), find_subject(letter)
    has_effect = EFFECTS[letter.kind].begin(heir, subject, on=on)
    heir.save()
    if isinstance(subject, Decision):
        notify_objections(subject)
    if letter.kind == "set_aside" and not has_effect:
        application.take_up_again(by=by)
    return has_effect


def announce_again(application: "Application", letter: Letter, *, on: date) -> None:
    """Extend the objection term of a standing decision that was in the portal first and posted later."""
    decision = find_decision(letter)
    if decision is None or not decision.is_in_force or on <= decision.announced_on:
        return
    decision.announce(on=on)
    if decision.is_on_application and application.open_due(Deadline.Kind.OBJECT):
        open_objection_term(application, announced=on)
    notify_objections(decision)


def list_open_days(application: "Application", *, on: date) -> Mapping[str, object]:
    """The placeholders that a letter left open, if it is posted on a day."""
    with override(application.language):
        return {
            "object_until": object_until(on=on),
            "decide_by": application.decide_by or "",
            "explanation_of_deadline": describe_decision_deadline(application),
            "meaning": letters.describe_day_use(application),
            "today": on,
        }


def object_until(*, on: date) -> date:
    """The last day to object to what is made known on a day (Awb 6:7, 6:8)."""
    return deadlines.objection_due(on, calendar=EquatedDay.calendar())


# --- What they bring about ----------------------------------------------------------------------------------


def suspend_term(application: "Application", request: CompletionRequest, *, on: date) -> bool:
    """Suspend the term to decide from the day after, if it still runs then (Awb 4:15(1)(a)); returns whether it did."""
    still_runs = application.decide_by is not None and on < min(application.decide_by, request.ends_on)
    for one in CompletionRequest.objects.filter(letter=request.letter) if request.letter else (request,):
        one.send(on=on)  # a conversion copied the request to its successor
    if application.is_being_decided:
        clock.open_decision_term(application)
    return still_runs


def extend_term(application: "Application", _subject: None, *, on: date) -> bool:
    """Apply the new last day, if made known before the old one has passed (Awb 4:14(3)); else drop it."""
    late = application.decide_by is None or on > application.decide_by
    if late or application.extended_to is None or not application.is_being_decided:
        application.extended_to = None
        return False
    application.extended_on = on
    clock.open_decision_term(application)
    return True


def announce_decision(application: "Application", decision: Decision, *, on: date) -> bool:
    """Give a decision effect: our term and a penalty end, and one can object (Awb 3:41, 4:17, 6:8).

    Setting aside has no effect after the last day for it (4:5(4)).
    """
    last_day = application.open_due(Deadline.Kind.SET_ASIDE)
    decision.announce(on=on)
    if decision.outcome == Outcome.SET_ASIDE and last_day and on > last_day:
        return False
    if decision.is_standing:
        application.dossier.close_every_deadline(application)
        penalties.stop_penalty(application, on=on)
        open_objection_term(application, announced=on)
    return True


def open_objection_term(application: "Application", *, announced: date) -> None:
    """Open the term to object, six weeks from the announcement (Awb 6:7, 6:8(1))."""
    due = deadlines.objection_due(announced, calendar=EquatedDay.calendar())
    basis = {"announced": announced.isoformat(), "weeks": 6}
    application.dossier.open_deadline(application, Deadline.Kind.OBJECT, due=due, basis=basis)


def announce_alone(_case: Any, decision: Decision, *, on: date) -> bool:
    """Announce a penalty or a conversion, to which one can object (Awb 4:18, 6:2, 6:8). No term changes."""
    decision.announce(on=on)
    return True


def announce_loss(application: "Application", decision: Decision, *, on: date) -> bool:
    """Give a decision effect, including on what it takes away (Awb 3:40)."""
    take_away(decision, on=on)
    return announce_decision(application, decision, on=on)


def announce_suspension(application: "Application", decision: Decision, *, on: date) -> bool:
    """Suspend the exemption from now on; one can object to the suspension alone."""
    take_away(decision, on=on)
    return announce_alone(application, decision, on=on)


DECIDES = Effect(announce_decision, until=Deadline.Kind.DECIDE)
EFFECTS: Mapping[str, Effect] = {
    "completion_request": Effect(suspend_term, until=Deadline.Kind.DECIDE, but_last=True),
    suspensions.INQUIRY: Effect(suspensions.begin_inquiry, until=Deadline.Kind.DECIDE, but_last=True),
    "extension_notice": Effect(extend_term, until=Deadline.Kind.DECIDE),
    "set_aside": Effect(announce_decision, until=Deadline.Kind.SET_ASIDE),
    **dict.fromkeys(("penalty_set", "converted"), Effect(announce_alone)),
    **dict.fromkeys(("granted", "rejected"), DECIDES),
    **dict.fromkeys(("day_granted", "renewed"), Effect(announce_decision)),
    **dict.fromkeys(("vehicle_replaced", "exemption_ended", "day_cancelled"), Effect(announce_decision)),
    **dict.fromkeys(("day_annulled", "exemption_revoked", "term_changed", "decision_corrected"), Effect(announce_loss)),
    "exemption_suspended": Effect(announce_suspension),
    **dict.fromkeys(
        ("suspension_lifted", "temporary_vehicle", "temporary_vehicle_ended", "change_refused"), Effect(announce_alone)
    ),
}


# --- What they are about ------------------------------------------------------------------------------------


def find_subject(letter: Letter) -> Decision | CompletionRequest | TermSuspension | None:
    """The decision, request or suspension that a letter is about; None for an extension of the application's term."""
    if letter.kind == "completion_request":
        return CompletionRequest.objects.filter(letter=letter).earliest("pk")
    if letter.kind == suspensions.INQUIRY:
        return TermSuspension.objects.get(letter=letter)
    return find_decision(letter)


def find_decision(letter: Letter) -> Decision | None:
    """The decision that a letter announces."""
    return Decision.objects.filter(reference=letter.reference).first() if letter.reference else None


def find_heir(application: "Application") -> "Application":
    """The last case that took the place of this one by conversion, locked; else this one itself."""
    successor = find_successor(application)
    if successor is None or application.status != Status.CONVERTED:  # decided on after all
        return application
    lock_case(successor)
    return find_heir(successor)


def notify_objections(decision: Decision) -> None:
    """Restart the terms of objections made before the decision was made known (Awb 6:10, 7:10)."""
    related: Any = decision  # objections are an app above this one
    for objection in related.objections.open():
        objection.learn_announcement(by=None)
