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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from casework.calendar import ONE_DAY, STATUTE, Calendar, DayOff
from casework.penalty_rates import STATUTE_RATES, PenaltyRate, rates_on

DECISION_WEEKS = 8
PENALTY_DAYS = 42


@dataclass(frozen=True)
class Suspension:
    """Days on which a term stands still: strictly between two days, which themselves count (Awb art. 4:15(1)).

    `invited` is the day the invitation to complete was sent, `ended` the day the application was completed or the term
    to do so had lapsed. The same shape fits the other grounds of art. 4:15 and the repair of an objection (7:10(2)).
    """

    invited: date
    ended: date

    @classmethod
    def lapsed(cls, invited: date, *, last_day: date, unused_lapse_counts_last_day: bool = False) -> Self:
        """The suspension of an invitation that got no answer until `last_day`, the end of the term to complete.

        The law does not say whether that last day itself still stands still. By default it does not.
        """
        return cls(invited, last_day + ONE_DAY if unused_lapse_counts_last_day else last_day)

    @property
    def days(self) -> int:
        """How many days stand still; none when the answer came at once."""
        return max(0, (self.ended - self.invited).days - 1)

    def dates(self) -> Iterator[date]:
        """The days that stand still, in order."""
        return (self.invited + timedelta(days=number) for number in range(1, self.days + 1))


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
    raw: date
    skipped: tuple[tuple[date, DayOff], ...]
    """The days off from `raw` to the day before `due`, each with its reason; empty when `raw` is a working day."""
    due: date


def roll(day: date, *, calendar: Calendar = STATUTE) -> date:
    """The day itself, or the first day after it that is no Saturday, Sunday or holiday (Atw art. 1(1))."""
    return calendar.next_working_day(day)


def suspended_days(suspensions: Iterable[Suspension], after: date | None = None) -> int:
    """How many calendar days stand still, each counted once however many suspensions cover it (Awb art. 4:15).

    With `after`, only the days later than that one.
    """
    days = {day for suspension in suspensions for day in suspension.dates()}
    return sum(after is None or day > after for day in days)


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
    Raises ValueError when `extended_to` is no working day: such a date is not moved by law, so do not name it.
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
    return DecisionSum(
        received=received,
        weeks=weeks,
        extended_to=extended_to,
        suspensions=counted,
        suspended_days=days,
        raw=raw,
        skipped=calendar.skipped(raw),
        due=roll(raw, calendar=calendar),
    )


def set_aside_due(term_ended: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to announce that an incomplete application is set aside (Awb art. 4:5(4)): four weeks.

    They run from the last day of the term to complete it that lapsed unused, or from the day it was (insufficiently)
    completed. Later only a decision on the merits is left.
    """
    return roll(term_ended + timedelta(weeks=4), calendar=calendar)


def penalty_first_day(due: date, *, notice_received: date, calendar: Calendar = STATUTE) -> date:
    """The first day that costs a penalty: the day after two weeks have run (Awb art. 4:17(3)).

    They run once the deadline has lapsed and a written notice of default has come in. A notice that came in before
    the deadline had lapsed is without effect: ask `notice_has_effect` first.
    """
    return roll(max(due, notice_received) + timedelta(weeks=2), calendar=calendar) + ONE_DAY


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
    return roll(last_day + timedelta(weeks=2), calendar=calendar)


def objection_due(announced: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to object: six weeks after the decision was announced (Awb art. 6:7, 6:8(1))."""
    return roll(announced + timedelta(weeks=6), calendar=calendar)


def postal_limit(due: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day on which an objection or appeal posted in time may still arrive: a week later (Awb art. 6:9(2))."""
    return roll(due + timedelta(weeks=1), calendar=calendar)


def objection_in_time(due: date, *, received: date, posted: date | None = None, calendar: Calendar = STATUTE) -> bool:
    """Whether an objection or appeal is in time (Awb art. 6:9): received by `due`, or posted by then and not too late.

    `posted` is the day of the postmark; None for what did not come by post, which must be received in time.
    Too late is not yet inadmissible: art. 6:11 asks whether there was a good reason.
    """
    posted_in_time = posted is not None and posted <= due
    return received <= due or (posted_in_time and received <= postal_limit(due, calendar=calendar))


@dataclass(frozen=True, kw_only=True)
class ObjectionSum:
    """How the last day to decide on an objection came about, term by term: what a page needs to show it as a sum.

    start + weeks + adjourned_weeks + suspended_days = raw; after a further delay extended_to + suspended_days = raw.
    """

    start: date
    """The last day to object; the day of receipt for an objection that came too late."""
    weeks: int
    adjourned_weeks: int
    suspended_days: int
    extended_to: date | None
    raw: date
    skipped: tuple[tuple[date, DayOff], ...]
    due: date


def objection_term_start(objection_due: date, *, received: date, in_time: bool) -> date:
    """From which day the term to decide on an objection runs (Awb 7:10(1)): the last day of the term to object.

    For an objection that came too late the law gives no other day, and that one can be long past; then it runs from
    the day of receipt.
    """
    return objection_due if in_time else max(objection_due, received)


def objection_decision_aim(
    objection_due: date, *, committee: bool = False, adjourned: bool = False, suspensions: Iterable[Suspension] = ()
) -> date:
    """The day to aim at for a decision on objection: its deadline before it is moved off a weekend or holiday.

    Twelve weeks and six of adjournment are more than the twelve of Atw art. 4; whether that sum still moves is open.
    """
    return explain_objection_decision_due(
        objection_due, committee=committee, adjourned=adjourned, suspensions=suspensions
    ).raw


def objection_decision_due(
    objection_due: date,
    *,
    committee: bool = False,
    adjourned: bool = False,
    suspensions: Iterable[Suspension] = (),
    calendar: Calendar = STATUTE,
) -> date:
    """The last day to decide on an objection (Awb art. 7:10), counted from the last day of the term to object.

    Six weeks, or twelve with a committee under art. 7:13; six more when adjourned, once (7:10(3)); and the days after
    the term to object on which a request to repair the objection was open (7:10(2)).
    """
    return explain_objection_decision_due(
        objection_due, committee=committee, adjourned=adjourned, suspensions=suspensions, calendar=calendar
    ).due


def explain_objection_decision_due(
    start: date,
    *,
    committee: bool = False,
    adjourned: bool = False,
    suspensions: Iterable[Suspension] = (),
    extended_to: date | None = None,
    extended_on: date | None = None,
    calendar: Calendar = STATUTE,
) -> ObjectionSum:
    """The sum behind `objection_decision_due`, which documents the arguments.

    `extended_to` is the last day of a further delay (art. 7:10(4)) or one that a court set, told on `extended_on`; it
    takes the place of the weeks, and days suspended later are added. No law moves such a day off a weekend.
    """
    weeks, more = (12 if committee else 6), (6 if adjourned else 0)
    days = suspended_days(suspensions, after=(extended_on or date.max) if extended_to else start)
    raw = (extended_to or start + timedelta(weeks=weeks + more)) + timedelta(days=days)
    skipped = () if raw == extended_to else calendar.skipped(raw)
    return ObjectionSum(
        start=start,
        weeks=weeks,
        adjourned_weeks=more,
        suspended_days=days,
        extended_to=extended_to,
        raw=raw,
        skipped=skipped,
        due=raw + timedelta(days=len(skipped)),
    )


def papers_until(hearing_day: date) -> date:
    """The last day to hand in papers: ten days before the hearing, not moved (Awb art. 7:4(1), Atw art. 1(2))."""
    return hearing_day - timedelta(days=10)


def file_open_from(hearing_day: date) -> date:
    """The day from which, at the latest, the file lies open: a week before the hearing, not moved (Awb art. 7:4(2))."""
    return hearing_day - timedelta(weeks=1)


def appeal_due(announced: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to appeal: six weeks after the decision on objection was announced (Awb art. 6:7, 6:8(1), 8:1)."""
    return roll(announced + timedelta(weeks=6), calendar=calendar)
