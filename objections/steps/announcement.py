"""Letters about an objection on which a term begins or ends, from the day on which they are made known (Awb 3:41).

As with an application: at once in the portal, by post on the day of posting. See `exemptions.steps.announcement`.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import override

from casework import deadlines, default_notices
from casework.clock import today
from casework.made_known import MADE_KNOWN, TERM, Effect, Sent, find_ended_term
from casework.models import Deadline, EquatedDay, Event, Letter
from exemptions import letter_channel
from objections import letters
from objections.deadline_words import describe_decision_deadline
from objections.models.outcome import ObjectionDecision
from objections.models.repair import RepairRequest
from objections.steps import clock

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


def send_letter(
    objection: "Objection",
    kind: str,
    *,
    decision: ObjectionDecision | None = None,
    request: RepairRequest | None = None,
    more: Mapping[str, object] | None = None,
    by: "User | None" = None,
) -> Sent:
    """Place such a letter; in the portal that makes it known, by post it waits until it is posted."""
    by_post = letter_channel.goes_by_post(objection.application.applicant)
    made_known_on, term = None if by_post else today(), objection.decision_term
    if made_known_on:
        EFFECTS[kind].begin(objection, decision or request, on=made_known_on)
    letter = letters.place_letter(
        objection, kind, decision=decision, request=request, by_post=by_post, more=more, by=by
    )
    if request:
        request.note_letter(letter)
    return {MADE_KNOWN: made_known_on, TERM: find_ended_term(objection, term)}


def make_known(objection: "Objection", letter: Letter, *, on: date) -> bool:
    """A letter was posted on a day; tells whether it still had effect, or came too late for that."""
    if letter.kind not in EFFECTS:
        return True
    has_effect = EFFECTS[letter.kind].begin(objection, find_subject(letter), on=on)
    if letter.kind in DECISION_LETTERS and went_to_court(objection):
        objection.dossier.close_deadline(objection, Deadline.Kind.APPEAL)
    return has_effect


def announce_again(objection: "Objection", letter: Letter, *, on: date) -> None:
    """The decision was in the portal and was posted later: one can appeal longer, nothing else changes."""
    decided = find_decision(letter)
    if decided is None or decided.annulled_on or on <= decided.announced_on:
        return
    decided.announce(on=on)
    if objection.open_due(Deadline.Kind.APPEAL):
        clock.open_appeal_term(objection, announced=on)


def list_open_days(objection: "Objection", *, on: date) -> Mapping[str, object]:
    """The days that a letter left open, if it is posted on a day."""
    calendar = EquatedDay.calendar()
    with override(objection.language):
        return {
            "object_until": deadlines.objection_due(on, calendar=calendar),
            "appeal_until": deadlines.appeal_due(on, calendar=calendar),
            "decide_by": objection.decide_by or "",
            "explanation_of_deadline": describe_decision_deadline(objection),
            "today": on,
        }


# --- What they bring about ----------------------------------------------------------------------------------


def suspend_term(objection: "Objection", request: RepairRequest, *, on: date) -> bool:
    """The term to decide stands still from the day after, if it still runs then (Awb 7:10(2))."""
    still_runs = objection.decide_by is not None and on < min(objection.decide_by, request.ends_on)
    request.send(on=on)
    if objection.is_being_decided:
        clock.open_decision_term(objection)
    return still_runs


def adjourn(objection: "Objection", _subject: None, *, on: date) -> bool:
    """Six weeks more, if it is told before the term has lapsed (Awb 7:10(3), (5))."""
    if is_too_late(objection, on=on):
        return False
    objection.adjourned_on = on
    clock.open_decision_term(objection)
    return True


def delay(objection: "Objection", _subject: None, *, on: date) -> bool:
    """The day that was agreed, if it is told before the term has lapsed (Awb 7:10(4), (5)); else it does not hold."""
    until, objection.delay_to_tell = objection.delay_to_tell, None
    if until is None or is_too_late(objection, on=on):
        return False
    objection.extended_to, objection.extended_on = until, on
    clock.open_decision_term(objection)
    return True


def announce_decision(objection: "Objection", decided: ObjectionDecision, *, on: date) -> bool:
    """The decision works: our term and a penalty end, and one can appeal (Awb 3:41, 4:17, 6:8)."""
    decided.announce(on=on)
    if decided.annulled_on is None:
        objection.dossier.close_every_deadline(objection)
        default_notices.stop_penalty(objection, on=on)
        clock.open_appeal_term(objection, announced=on)
    return True


def announce_after_judgment(objection: "Objection", _subject: None, *, on: date) -> bool:
    """The decision that followed from a judgment."""
    if new := objection.application.decisions.standing().filter(made_known_on=None).last():
        new.announce(on=on)
    return True


DECISION_LETTERS = (
    "objection_upheld",
    "objection_upheld_in_part",
    "objection_reopened",
    "objection_unfounded",
    "objection_inadmissible",
)
RUNS = Deadline.Kind.DECIDE_OBJECTION
EFFECTS: Mapping[str, Effect] = {
    "objection_repair": Effect(suspend_term, until=RUNS, but_last=True),
    "objection_adjourned": Effect(adjourn, until=RUNS),
    "objection_delayed": Effect(delay, until=RUNS),
    "judgment_granted": Effect(announce_after_judgment),
    **dict.fromkeys(DECISION_LETTERS, Effect(announce_decision, until=RUNS)),
}


def is_too_late(objection: "Objection", *, on: date) -> bool:
    """The term has lapsed, or it was decided already."""
    return objection.decide_by is None or on > objection.decide_by or not objection.is_being_decided


def went_to_court(objection: "Objection") -> bool:
    """Whether somebody appealed since it was decided, before the letter was posted (Awb 6:10)."""
    moved = Event.objects.of(objection).exclude(from_status=F("to_status")).last()
    lodged = objection.dossier.events.filter(step="lodge", detail__objection_id=objection.pk)
    return moved is not None and lodged.filter(pk__gt=moved.pk).exists()


# --- What they are about ------------------------------------------------------------------------------------


def find_subject(letter: Letter) -> Any:
    """What the letter announces or asks; None where it is of the objection itself."""
    if letter.kind == "objection_repair":
        return RepairRequest.objects.get(letter=letter)
    return find_decision(letter)


def find_decision(letter: Letter) -> ObjectionDecision | None:
    """The decision that a letter announces."""
    decisions = ObjectionDecision.objects.select_related("new_decision")
    return decisions.filter(reference=letter.reference).first() if letter.reference else None
