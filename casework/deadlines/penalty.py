"""What a late decision costs, and from when until when (Awb art. 4:17, 4:18)."""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.calendar import ONE_DAY, STATUTE, Calendar, roll_day
from casework.penalty_rates import STATUTE_RATES, PenaltyRate, rates_on

PENALTY_DAYS = 42


def penalty_first_day(due: date, *, notice_received: date, calendar: Calendar = STATUTE) -> date:
    """The first day that costs a penalty: the day after two weeks have run (Awb art. 4:17(3)).

    They run once the deadline has lapsed and a written notice of default has come in. A notice that came in before
    the deadline had lapsed is without effect: ask `notice_has_effect` first.
    """
    return roll_day(max(due, notice_received) + timedelta(weeks=2), calendar=calendar) + ONE_DAY


def penalty_first_day_strict(due: date, *, notice_received: date) -> date:
    """The earliest day that Awb art. 4:17(3) could mean: the fourteenth itself, not moved. Decide before it."""
    return max(due, notice_received) + timedelta(weeks=2)


def notice_has_effect(due: date, *, notice_received: date) -> bool:
    """Whether a notice of default came in after the deadline had lapsed; an earlier one is premature (art. 4:17(3))."""
    return notice_received > due


def penalty_last_day(first_day: date) -> date:
    """The 42nd and last day that can cost a penalty; never moved, the Atw does not apply (Awb art. 4:17(1))."""
    return first_day + timedelta(days=PENALTY_DAYS - 1)


def penalty_amount(days: int, *, on: date, rates: Iterable[PenaltyRate] = STATUTE_RATES) -> int:
    """Whole euros due after `days` penalty days, by the rates in force `on` a day (Awb art. 4:17(1) and (2)).

    Days after the 42nd cost nothing more. Raises UnknownPenaltyRateError for a day before the first known rates.
    """
    return sum(rate.amount(days) for rate in rates_on(on, rates))


def penalty_decision_due(last_day: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to set the penalty by decision: two weeks after its last day (Awb art. 4:18)."""
    return roll_day(last_day + timedelta(weeks=2), calendar=calendar)
