"""Letters that start or end a term of a complaint, from the day they are made known (Awb 3:41).

By email and in the portal that is at once, by post the day of posting: see `exemptions.steps.announcement`.
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
    """Place such a letter. Sent by post, it takes effect only once posted; otherwise at once."""
    made_known_on, term = None if complaint.by_post else today(), complaint.decision_term
    if made_known_on:
        EFFECTS[kind].begin(complaint, None, on=made_known_on)
    letters.place_letter(complaint, kind, more=more)
    return {MADE_KNOWN: made_known_on, TERM: complaint.ended_term(term)}


def make_known(complaint: "Complaint", letter: Letter, *, on: date) -> bool:
    """Give a letter effect on the day it was posted; returns whether it was in time."""
    return letter.kind not in EFFECTS or EFFECTS[letter.kind].begin(complaint, None, on=on)


def list_open_days(complaint: "Complaint", *, on: date) -> Mapping[str, object]:
    """The days that a letter leaves open, if it is posted on this day."""
    with override(complaint.language):
        return letters.build_day_context(complaint, on=on)


# --- What they bring about ----------------------------------------------------------------------------------


def set_up_adviser(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """Ten weeks instead of six, if announced before those have lapsed; otherwise the term stays (Awb 9:11(1), 9:15)."""
    if is_too_late(complaint, on=on):
        return False
    complaint.adviser_told_on = on
    clock.open_term(complaint)
    return True


def adjourn_term(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """Add the adjournment, if it is announced before the term has lapsed (Awb 9:11(2))."""
    if is_too_late(complaint, on=on):
        return False
    complaint.adjourned_on = on
    clock.open_term(complaint)
    return True


def announce_outcome(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """Announcing the findings and conclusions ends the term (Awb 9:12); returns whether it was in time."""
    in_time = not is_too_late(complaint, on=on)
    end_terms(complaint, on=on)
    return in_time


def announce_declined(complaint: "Complaint", _subject: None, *, on: date) -> bool:
    """Announcing that the complaint is not handled; returns whether it was within four weeks (Awb 9:8(3))."""
    due = complaint.open_due(Deadline.Kind.DECLINE_COMPLAINT)
    end_terms(complaint, on=on)
    return due is not None and on <= due


def end_terms(complaint: "Complaint", *, on: date) -> None:
    """Close all deadlines; from this day the complainant can turn to the ombudsman (Awb 9:24)."""
    complaint.ended_on = on
    complaint.dossier.close_every_deadline(complaint)


def is_too_late(complaint: "Complaint", *, on: date) -> bool:
    """Whether the term has lapsed or was ended."""
    due = complaint.open_due(Deadline.Kind.DECIDE_COMPLAINT)
    return due is None or on > due


RUNS = Deadline.Kind.DECIDE_COMPLAINT
EFFECTS: Mapping[str, Effect] = {
    "complaint_adviser": Effect(set_up_adviser, until=RUNS),
    "complaint_adjourned": Effect(adjourn_term, until=RUNS),
    "complaint_outcome": Effect(announce_outcome, until=RUNS),
    "complaint_declined": Effect(announce_declined, until=Deadline.Kind.DECLINE_COMPLAINT),
}
