"""Letters about a complaint on which a term begins or ends, from the day on which they are made known (Awb 3:41).

At once by email and in the portal, by post on the day of posting: see `exemptions.steps.announcement`.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import override

from casework.announcement import MADE_KNOWN, TERM, Effect, Sent
from casework.clock import today
from casework.models import Deadline, Letter
from complaints import letters
from complaints.steps import clock

if TYPE_CHECKING:
    from complaints.models import Complaint


def send_letter(complaint: "Complaint", kind: str, *, more: Mapping[str, object] | None = None) -> Sent:
    """Place such a letter; by post it waits until it is posted, else it is made known with that."""
    made_known_on, term = None if complaint.by_post else today(), complaint.decision_term
    if made_known_on:
        EFFECTS[kind].begin(complaint, None, on=made_known_on)
    letters.place_letter(complaint, kind, more=more)
    return {MADE_KNOWN: made_known_on, TERM: complaint.ended_term(term)}


def make_known(complaint: "Complaint", letter: Letter, *, on: date) -> bool:
    """A letter was posted on a day; tells whether it still had effect, or was in time."""
    return letter.kind not in EFFECTS or EFFECTS[letter.kind].begin(complaint, None, on=on)


def list_open_days(complaint: "Complaint", *, on: date) -> Mapping[str, object]:
    """The days that a letter left open, if it is posted on a day."""
    with override(complaint.language):
        return letters.about_days(complaint, on=on)


# --- What they bring about ----------------------------------------------------------------------------------


def set_up_adviser(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """Ten weeks in place of six, if it is told before those have lapsed; later the term stays (Awb 9:11(1), 9:15)."""
    if is_too_late(complaint, on=on):
        return False
    complaint.adviser_told_on = on
    clock.open_term(complaint)
    return True


def adjourn_term(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """The weeks more, if they are told before the term has lapsed (Awb 9:11(2))."""
    if is_too_late(complaint, on=on):
        return False
    complaint.adjourned_on = on
    clock.open_term(complaint)
    return True


def announce_outcome(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """What was found and concluded is told: the term ends (Awb 9:12)."""
    in_time = not is_too_late(complaint, on=on)
    end_terms(complaint, on=on)
    return in_time


def announce_declined(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """It is told that it is not handled: within four weeks, or late (Awb 9:8(3))."""
    due = complaint.open_due(Deadline.Kind.DECLINE_COMPLAINT)
    end_terms(complaint, on=on)
    return due is not None and on <= due


def end_terms(complaint: "Complaint", *, on: date) -> None:
    """Nothing is due any more; from this day one can go to the ombudsman (Awb 9:24)."""
    complaint.ended_on = on
    complaint.dossier.close_every_deadline(complaint)


def is_too_late(complaint: "Complaint", *, on: date) -> bool:
    """The term has lapsed, or it has ended already."""
    due = complaint.open_due(Deadline.Kind.DECIDE_COMPLAINT)
    return due is None or on > due


RUNS = Deadline.Kind.DECIDE_COMPLAINT
EFFECTS: Mapping[str, Effect] = {
    "complaint_adviser": Effect(set_up_adviser, until=RUNS),
    "complaint_adjourned": Effect(adjourn_term, until=RUNS),
    "complaint_outcome": Effect(announce_outcome, until=RUNS),
    "complaint_declined": Effect(announce_declined, until=Deadline.Kind.DECLINE_COMPLAINT),
}
