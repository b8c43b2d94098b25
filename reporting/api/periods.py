"""Open data cover whole past months: what is public grows once a month, and never changes afterwards."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from exemptions.terms import months_later
from reporting.period import Period, whole_months
from reporting.selection import EVERYTHING, Selection

ONE_DAY = timedelta(days=1)
MONTH = re.compile(r"2[0-9]{3}-(0[1-9]|1[0-2])")


class NotPublic(ValueError):
    """These days are not a public period; `name` is the parameter, the message is for the caller."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def last_public(today: date) -> date:
    """The last day of the last month that has ended."""
    return today.replace(day=1) - ONE_DAY


def is_first(day: date) -> bool:
    """Whether a month begins on this day."""
    return day.day == 1


def is_last(day: date) -> bool:
    """Whether a month ends on this day."""
    return is_first(day + ONE_DAY)


def public_period(
    first: date | None,
    last: date | None,
    as_of: date | None,
    *,
    opened: date,
    until: date,
    only: Selection = EVERYTHING,
) -> Period:
    """The period of a national figure; by default everything since the opening, as known now.

    Raises NotPublic for days that are not whole months, or outside what is public.
    """
    opening = opened.replace(day=1)
    first, last, as_of = first or opening, last or min(as_of or until, until), as_of or until
    refuse_future(last, as_of, until=until)
    refuse_parts(first, last, as_of)
    if first < opening:
        raise NotPublic("from", _("The figures begin on %(day)s.") % {"day": opening})
    if last < first:
        raise NotPublic("to", _("The last day is before the first day. Swap them."))
    if as_of < last:
        raise NotPublic("asOf", _("This day is before the end of the period. Take %(day)s or later.") % {"day": last})
    return Period(first, last, as_of, only)


def refuse_future(last: date, as_of: date, *, until: date) -> None:
    """Raise NotPublic for future days, before computing with them: near the end of the calendar that would fail."""
    for name, day in (("to", last), ("asOf", as_of)):
        if day > until:
            raise NotPublic(name, _("Only months that are over are public: up to %(day)s.") % {"day": until})


def refuse_parts(first: date, last: date, as_of: date) -> None:
    """Raise NotPublic for days within a month: the difference of two such answers could expose a single case."""
    whole = _("Figures are public by whole months, because with single days one could find out about one case.")
    if not is_first(first):
        raise NotPublic("from", f"{whole} " + _("Take the first day of a month."))
    for name, day in (("asOf", as_of), ("to", last)):
        if not is_last(day):
            raise NotPublic(name, f"{whole} " + _("Take the last day of a month."))


def public_month(text: str, *, opened: date, until: date) -> Period:
    """One month of a figure by municipality, as known now; raises NotPublic if the month is not public."""
    if not MONTH.fullmatch(text):
        raise NotPublic("month", _("Write the month as year-month, for example 2025-07."))
    return one_month(date.fromisoformat(f"{text}-01"), opened=opened, until=until)


def one_month(first: date, *, opened: date, until: date) -> Period:
    """The period of the month that begins on this day; raises NotPublic if it is not public."""
    last = months_later(first, 1) - ONE_DAY
    if not (opened.replace(day=1) <= first and last <= until):
        words = _("The months from %(first)s to %(last)s are public.")
        raise NotPublic("month", words % {"first": f"{opened:%Y-%m}", "last": f"{until:%Y-%m}"})
    return Period(first, last, until)


def usual_month(*, handed_in: bool, opened: date, until: date) -> date:
    """The first day of the newest month; for what others hand in that of the month before, as they do so afterwards."""
    newest = until.replace(day=1)
    return max(months_later(newest, -1), opened.replace(day=1)) if handed_in else newest


def all_months(opened: date, until: date) -> list[date]:
    """The first days of all public months."""
    return whole_months(opened.replace(day=1), until) if opened <= until else []
