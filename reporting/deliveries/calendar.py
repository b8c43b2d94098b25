"""The months of the calendar, and until when each may come in."""

from calendar import monthrange
from datetime import date

from casework.policy import CurrentPolicy, NotFilledIn
from exemptions.terms import months_later
from reporting.models.deliveries import month_of

DUE_DAY = "return_due_day"


def get_month_before(day: date) -> date:
    """The month before that of a day."""
    return months_later(month_of(day), -1)


def due_day(*, today: date) -> int | None:
    """The day of the next month on which a month is due; None if the desk has emptied it: then nobody is late."""
    try:
        return CurrentPolicy.on(today).number(DUE_DAY)
    except NotFilledIn:
        return None


def due_on(month: date, *, day: int | None) -> date | None:
    """Until which day of the next month a month may come in without being late; None if no day is agreed."""
    if day is None:
        return None
    following = months_later(month, 1)
    return following.replace(day=min(max(day, 1), monthrange(following.year, following.month)[1]))
