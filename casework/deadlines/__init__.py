"""Statutory deadlines: pure sums over dates, each with its article of law.

Awb is the Algemene wet bestuursrecht (text in force on 1 January 2026), Atw the Algemene termijnenwet. Assumptions:

1.  A day is a calendar day in Amsterdam; the caller turns a moment into that date.
2.  A term "after" a day starts on the next day and ends at midnight on its last day, so n weeks after a Tuesday end
    on a Tuesday.
3.  Weeks and suspended days are added first; the sum is moved off a weekend or holiday once, at the end (Atw art. 1).
4.  No term here is too short for two working days, so Atw art. 2 never bites.
5.  Terms counted backwards (Awb art. 7:4) and the 42 penalty days (art. 4:17(1)) are not moved.
6.  No law sets a term for these exemptions: the reasonable term ends after eight weeks (art. 4:13(2)). A kind may
    promise less.
7.  A suspension starts in a running term. An invitation after the term has ended suspends nothing: leave it out.
8.  Where the law can be read two ways, the default is the earlier deadline; docs/deadlines.md lists those points.
"""

from casework.calendar import roll_day
from casework.deadlines.application import (
    DECISION_WEEKS,
    DecisionSum,
    decision_due,
    explain_decision_due,
    explain_order_due,
    set_aside_due,
)
from casework.deadlines.complaint import (
    DECLINE_WEEKS,
    MOST_ADJOURNED,
    ComplaintSum,
    complaint_decline_due,
    explain_complaint_due,
)
from casework.deadlines.court import judgment_remedy_due, order_due, silence_appeal_from, silence_judgment_due
from casework.deadlines.objection import (
    ObjectionSum,
    appeal_due,
    court_papers_due,
    earliest_hearing,
    explain_objection_decision_due,
    file_open_from,
    objection_decision_aim,
    objection_decision_due,
    objection_due,
    objection_in_time,
    objection_term_start,
    papers_until,
    postal_limit,
)
from casework.deadlines.penalty import (
    PENALTY_DAYS,
    notice_has_effect,
    penalty_amount,
    penalty_decision_due,
    penalty_first_day,
    penalty_first_day_strict,
    penalty_last_day,
)
from casework.deadlines.receipt import earliest_repair_day, receipt_day
from casework.deadlines.terms import COMPLETION, Suspension, count_by_ground, suspended_days

__all__ = [
    "COMPLETION",
    "ComplaintSum",
    "complaint_decline_due",
    "explain_complaint_due",
    "DECISION_WEEKS",
    "DECLINE_WEEKS",
    "MOST_ADJOURNED",
    "PENALTY_DAYS",
    "DecisionSum",
    "ObjectionSum",
    "Suspension",
    "appeal_due",
    "count_by_ground",
    "court_papers_due",
    "decision_due",
    "earliest_hearing",
    "earliest_repair_day",
    "explain_decision_due",
    "explain_objection_decision_due",
    "explain_order_due",
    "file_open_from",
    "judgment_remedy_due",
    "notice_has_effect",
    "objection_decision_aim",
    "objection_decision_due",
    "objection_due",
    "objection_in_time",
    "objection_term_start",
    "order_due",
    "papers_until",
    "penalty_amount",
    "penalty_decision_due",
    "penalty_first_day",
    "penalty_first_day_strict",
    "penalty_last_day",
    "postal_limit",
    "receipt_day",
    "roll_day",
    "set_aside_due",
    "silence_appeal_from",
    "silence_judgment_due",
    "suspended_days",
]
