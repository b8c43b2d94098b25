"""The terms of a complaint about conduct (Awb title 9.1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from casework.calendar import STATUTE, Calendar

SIX_WEEKS = 6
TEN_WEEKS = 10
"""Where a person or committee advises (Awb 9:11(1), 9:14)."""
MOST_ADJOURNED = 4
DECLINE_WEEKS = 4


@dataclass(frozen=True)
class ComplaintSum:
    """The last day to tell the outcome, and how it came about. `raw`: before a day off moved it."""

    received: date
    weeks: int
    adjourned_weeks: int
    agreed_until: date | None
    raw: date
    due: date


def explain_complaint_due(
    received: date,
    *,
    adviser: bool = False,
    adjourned_weeks: int = 0,
    agreed_until: date | None = None,
    calendar: Calendar = STATUTE,
) -> ComplaintSum:
    """Six weeks after receipt, ten with an adviser, and at most four of adjournment (Awb 9:11(1), (2)).

    A later day that the complainant agreed with takes their place (9:11(3)).
    """
    if not 0 <= adjourned_weeks <= MOST_ADJOURNED:
        raise ValueError("a complaint is adjourned by at most four weeks")
    weeks = TEN_WEEKS if adviser else SIX_WEEKS
    raw = agreed_until or received + timedelta(weeks=weeks + adjourned_weeks)
    return ComplaintSum(received, weeks, adjourned_weeks, agreed_until, raw, calendar.next_working_day(raw))


def complaint_decline_due(received: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to tell that a complaint is not handled: four weeks after receipt (Awb 9:8(3))."""
    return calendar.next_working_day(received + timedelta(weeks=DECLINE_WEEKS))
