"""Letters about an objection on which a term begins or ends, from the day on which they are made known (Awb 3:41).

As for applications: at once in the portal, by post on the day of posting. See `exemptions.steps.announcement`.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import override

from casework import deadlines, penalties, suspensions
from casework.announcement import MADE_KNOWN, TERM, Effect, Sent
from casework.clock import today
from casework.deadline_words import describe_decision_deadline
from casework.models import Deadline, EquatedDay, Letter, TermSuspension
from exemptions.models import Decision
from exemptions.models.decision import Outcome
from exemptions.steps import announcement as of_applications
from objections import letters
from objections.models.outcome import ObjectionDecision
from objections.models.repair import RepairRequest
from objections.steps import clock
from objections.steps.statuses import APPEAL, OBJECTION

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


def send_letter(
    objection: "Objection",
    kind: str,
    *,
    decision: ObjectionDecision | None = None,
    request: RepairRequest | None = None,
    new: Decision | None = None,
    suspension: TermSuspension | None = None,
    more: Mapping[str, object] | None = None,
    by: "User | None" = None,
) -> Sent:
    """Place a letter with legal effect: known at once in the portal; by post only once it is posted.

    `new`: the decision on the application that follows from a judgment, or the one on the penalty for being late.
    """
    by_post = objection.application.goes_by_post
    made_known_on, term = None if by_post else today(), objection.decision_term
    if made_known_on:
        EFFECTS[kind].begin(objection, decision or request or new or suspension, on=made_known_on)
    reference = new.reference if new else ""
    letter = letters.place_letter(
        objection,
        kind,
        decision=decision,
        request=request,
        by_post=by_post,
        reference=reference,
        more=more,
        by=by,
    )
    if asked := request or suspension:
        asked.note_letter(letter)
    return {MADE_KNOWN: made_known_on, TERM: objection.ended_term(term)}


def make_known(objection: "Objection", letter: Letter, *, on: date) -> bool:
    """Carry out the effect of a letter posted on a day; returns False if it was posted too late to have any."""
    if letter.kind not in EFFECTS:
        return True
    subject = find_subject(letter)
    has_effect = EFFECTS[letter.kind].begin(objection, subject, on=on)
    decision = subject.new_decision if isinstance(subject, ObjectionDecision) else subject
    if isinstance(decision, Decision):
        of_applications.notify_objections(decision)
    if letter.kind in APPEALABLE and went_to_court(objection):
        objection.dossier.close_deadline(objection, Deadline.Kind.APPEAL)
    return has_effect


def announce_again(objection: "Objection", letter: Letter, *, on: date) -> None:
    """Extend the term to appeal for a decision that was in the portal first and posted later."""
    if letter.kind in OF_APPLICATION:
        return of_applications.announce_again(objection.application, letter, on=on)
    decided = find_decision(letter)
    if decided is None or not is_in_force(decided) or on <= decided.announced_on:
        return None
    decided.announce(on=on)
    if objection.open_due(Deadline.Kind.APPEAL):
        clock.open_appeal_term(objection, announced=on)
    return None


def list_open_days(objection: "Objection", *, on: date) -> Mapping[str, object]:
    """The placeholders that a letter left open, if it is posted on a day."""
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
    """Suspend the term to decide from the day after, if it still runs then (Awb 7:10(2)); returns whether it did."""
    still_runs = objection.decide_by is not None and on < min(objection.decide_by, request.ends_on)
    request.send(on=on)
    if objection.is_being_decided:
        clock.open_decision_term(objection)
    return still_runs


def adjourn_term(objection: "Objection", _subject: None, *, on: date) -> bool:
    """Adjourn for six weeks, if announced before the term has lapsed (Awb 7:10(3), (5)); returns whether it was."""
    if is_too_late(objection, on=on):
        return False
    objection.adjourned_on = on
    clock.open_decision_term(objection)
    return True


def delay_term(objection: "Objection", _subject: None, *, on: date) -> bool:
    """Apply the agreed day, if announced before the term has lapsed (Awb 7:10(4), (5)); returns whether it was."""
    until, objection.delay_to_tell = objection.delay_to_tell, None
    if until is None or is_too_late(objection, on=on):
        return False
    objection.extended_to, objection.extended_on = until, on
    clock.open_decision_term(objection)
    return True


def set_up_committee(objection: "Objection", _subject: None, *, on: date) -> bool:
    """Make the term twelve weeks instead of six, if announced before those have lapsed (Awb 7:10(1), 7:13(2)).

    If announced later, the committee still advises, but the term stays the same.
    """
    if is_too_late(objection, on=on) or objection.current_committee is None:
        return False
    objection.committee = True
    clock.open_decision_term(objection)
    return True


def announce_decision(objection: "Objection", decided: ObjectionDecision, *, on: date) -> bool:
    """Give the decision effect: our term and a penalty end, and one can appeal (Awb 3:41, 4:17, 6:8)."""
    decided.announce(on=on)
    if decided.annulled_on is None:
        objection.dossier.close_every_deadline(objection)
        penalties.stop_penalty(objection, on=on)
        stop_first_penalty(objection, decided.new_decision, on=on)
        clock.open_appeal_term(objection, announced=on)
    return True


def stop_first_penalty(objection: "Objection", new: Decision | None, *, on: date) -> None:
    """Stop the penalty on an application that we had converted, now that we decide on it at last (Awb 4:17)."""
    if new is not None and new.is_on_application and objection.decision.outcome == Outcome.CONVERTED:
        penalties.stop_penalty(objection.application, on=on)


def announce_after_judgment(objection: "Objection", new: Decision | None, *, on: date) -> bool:
    """Announce our decision after a judgment about the objection: one can appeal to the court (Awb 6:7, 6:8)."""
    new = new or find_unannounced_decision(objection)
    if new is not None:
        new.announce(on=on)
        if new.is_standing:
            stop_first_penalty(objection, new, on=on)
            clock.open_appeal_term(objection, announced=on)
    return True


def announce_sent_back(objection: "Objection", new: Decision, *, on: date) -> bool:
    """Announce our decision after a judgment that sent us back to the application: one can object (Awb 6:7, 6:8)."""
    return of_applications.announce_decision(objection.application, new, on=on)


def find_unannounced_decision(objection: "Objection") -> Decision | None:
    """The decision on the application that waits for its letter; letters from before an upgrade name none."""
    waiting: Decision | None = objection.application.decisions.standing().filter(made_known_on=None).last()
    return waiting


DECISION_LETTERS = (
    "objection_upheld",
    "objection_upheld_in_part",
    "objection_reopened",
    "objection_penalty",
    "objection_unfounded",
    "objection_inadmissible",
)
APPEALABLE = (*DECISION_LETTERS, "judgment_granted", "judgment_granted_higher")
AFTER_JUDGMENT = ("judgment_granted", "judgment_granted_higher", "judgment_granted_object")
OF_APPLICATION = ("judgment_granted_object", "penalty_set")
"""Letters with a decision of their own, to which one can object."""
RUNS = Deadline.Kind.DECIDE_OBJECTION
EFFECTS: Mapping[str, Effect] = {
    "objection_repair": Effect(suspend_term, until=RUNS, but_last=True),
    "objection_committee": Effect(set_up_committee, until=RUNS),
    suspensions.INQUIRY: Effect(suspensions.begin_inquiry, until=RUNS, but_last=True),
    "objection_adjourned": Effect(adjourn_term, until=RUNS),
    "objection_delayed": Effect(delay_term, until=RUNS),
    **dict.fromkeys(("judgment_granted", "judgment_granted_higher"), Effect(announce_after_judgment)),
    "judgment_granted_object": Effect(announce_sent_back),
    "penalty_set": Effect(of_applications.announce_alone),
    **dict.fromkeys(DECISION_LETTERS, Effect(announce_decision, until=RUNS)),
}


def is_too_late(objection: "Objection", *, on: date) -> bool:
    """Whether the term has lapsed, or we have decided already."""
    return objection.decide_by is None or on > objection.decide_by or not objection.is_being_decided


def went_to_court(objection: "Objection") -> bool:
    """Whether somebody appealed since it was decided, or granted after a judgment, before the letter was posted."""
    of_objection = Q(case_type=OBJECTION, case_id=objection.pk) & ~Q(from_status=F("to_status"))
    granted = Q(case_type=APPEAL, case_id__in=objection.appeals.values("pk"), step="win_with_grant")
    decided = objection.dossier.events.filter(of_objection | granted).order_by("pk").last()
    lodged = objection.dossier.events.filter(step="lodge", detail__objection_id=objection.pk)
    return decided is not None and lodged.filter(pk__gt=decided.pk).exists()


# --- What they are about ------------------------------------------------------------------------------------


def find_subject(letter: Letter) -> Any:
    """The decision, request or suspension that a letter is about; None if it is the objection itself."""
    if letter.kind == "objection_repair":
        return RepairRequest.objects.get(letter=letter)
    if letter.kind == suspensions.INQUIRY:
        return TermSuspension.objects.get(letter=letter)
    return find_decision(letter)


def find_decision(letter: Letter) -> ObjectionDecision | Decision | None:
    """The decision that a letter announces: on the objection, or one of its own in the dossier."""
    if not letter.reference:
        return None
    if letter.kind in (*AFTER_JUDGMENT, *OF_APPLICATION):
        return Decision.objects.filter(reference=letter.reference).first()
    return ObjectionDecision.objects.select_related("new_decision").filter(reference=letter.reference).first()


def is_in_force(decided: ObjectionDecision | Decision) -> bool:
    """Whether a decision was neither annulled by a court nor replaced."""
    return decided.annulled_on is None if isinstance(decided, ObjectionDecision) else decided.is_standing
