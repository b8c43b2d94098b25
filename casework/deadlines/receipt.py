"""The day on which a message counts as received if it was first sent through a channel that is not open (Awb 2:23)."""

from datetime import date, timedelta

from casework.calendar import STATUTE, Calendar

ONE_DAY = timedelta(days=1)


def earliest_repair_day(told: date, *, calendar: Calendar = STATUTE) -> date:
    """The first last day that leaves the sender a whole working day to send it by an open way (Awb 2:23)."""
    return calendar.next_working_day(told + ONE_DAY)


def receipt_day(first_sent: date, *, repaired: date | None, repair_by: date) -> date | None:
    """The day it was first sent if repaired in time, otherwise the day of the repair; None without a repair."""
    if repaired is None:
        return None
    return first_sent if repaired <= repair_by else repaired
