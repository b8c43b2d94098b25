"""Which month comes before another, and by which day each is due."""

from calendar import monthrange
from datetime import date

from casework.current_policy import CurrentPolicy, NotFilledIn
from exemptions.terms import months_later
from reporting.models.deliveries import month_of

DUE_DAY = "return_due_day"


def get_month_before(day: date) -> date:
    """The first day of the month before a day's own month."""
    return months_later(month_of(day), -1)


def due_day(*, today: date) -> int | None:
    """The day of the next month by which a month is due; None if the desk left it empty, and then nobody is late."""
    try:
        return CurrentPolicy.on(today).number(DUE_DAY)
    except NotFilledIn:
        return None


def due_on(month: date, *, day: int | None) -> date | None:
    """The last date on which a month can come in on time; None if no day is agreed."""
    if day is None:
        return None
    following = months_later(month, 1)
    return following.replace(day=min(max(day, 1), monthrange(following.year, following.month)[1]))
