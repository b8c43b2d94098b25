"""The term to decide on an application, and to set it aside (Awb art. 4:5, 4:13 to 4:15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.calendar import STATUTE, Calendar, DayOff, roll_day
from casework.deadlines.terms import Suspension, count_by_ground, end_of_standstill, suspended_days

DECISION_WEEKS = 8


@dataclass(frozen=True, kw_only=True)
class DecisionSum:
    """How a decision deadline came about, term by term: what a page needs to show it as a sum.

    received + weeks + suspended_days = raw, and after an extension extended_to + suspended_days = raw.
    """

    received: date
    weeks: int
    extended_to: date | None
    suspensions: tuple[Suspension, ...]
    """Those that add days; they may overlap, so their days together can exceed `suspended_days`."""
    suspended_days: int
    days_by_ground: Mapping[str, int]
    """`suspended_days` by their ground, each day once."""
    raw: date
    stood_still_until: date | None
    """The end of the last suspension if `raw` lies before it: no term ends on a day on which it is suspended."""
    skipped: tuple[tuple[date, DayOff], ...]
    """The days off up to the day before `due`, each with its reason."""
    due: date


def decision_due(
    received: date,
    *,
    suspensions: Iterable[Suspension] = (),
    weeks: int = DECISION_WEEKS,
    extended_to: date | None = None,
    extended_on: date | None = None,
    calendar: Calendar = STATUTE,
) -> date:
    """The last day to decide on an application (Awb art. 4:13(2), 4:14(3), 4:15).

    `extended_to` is the end date named in a notice sent while the term ran (art. 4:14(3)); it takes the place of the
    weeks. `extended_on` is the day of that notice: days suspended later are added. Without it none are.
    Raises ValueError if `extended_to` is not a working day: the law does not move such a date, so do not name it.
    """
    return explain_decision_due(
        received,
        suspensions=suspensions,
        weeks=weeks,
        extended_to=extended_to,
        extended_on=extended_on,
        calendar=calendar,
    ).due


def explain_decision_due(
    received: date,
    *,
    suspensions: Iterable[Suspension] = (),
    weeks: int = DECISION_WEEKS,
    extended_to: date | None = None,
    extended_on: date | None = None,
    calendar: Calendar = STATUTE,
) -> DecisionSum:
    """The sum behind `decision_due`, which documents the arguments and errors."""
    if extended_to and calendar.is_off(extended_to):
        raise ValueError(f"The end date named in a notice of extension must be a working day; {extended_to} is not.")
    after = (extended_on or date.max) if extended_to else None
    counted = tuple(suspension for suspension in suspensions if suspended_days([suspension], after))
    days = suspended_days(counted, after)
    raw = (extended_to or received + timedelta(weeks=weeks)) + timedelta(days=days)
    until = end_of_standstill(raw, suspensions=counted)
    return DecisionSum(
        received=received,
        weeks=weeks,
        extended_to=extended_to,
        suspensions=counted,
        suspended_days=days,
        days_by_ground=count_by_ground(counted, after),
        raw=raw,
        stood_still_until=until,
        skipped=calendar.skipped(until or raw),
        due=roll_day(until or raw, calendar=calendar),
    )


def explain_order_due(received: date, *, weeks: int = DECISION_WEEKS, until: date) -> DecisionSum:
    """The day that a court set comes in place of every sum (Awb art. 8:55d); nothing suspends or moves it."""
    return DecisionSum(
        received=received,
        weeks=weeks,
        extended_to=None,
        suspensions=(),
        suspended_days=0,
        days_by_ground={},
        raw=until,
        stood_still_until=None,
        skipped=(),
        due=until,
    )


def set_aside_due(term_ended: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to announce that an incomplete application is set aside (Awb art. 4:5(4)): four weeks.

    They run from the last day of the term to complete it that lapsed unused, or from the day it was (insufficiently)
    completed. Later only a decision on the merits is left.
    """
    return roll_day(term_ended + timedelta(weeks=4), calendar=calendar)
