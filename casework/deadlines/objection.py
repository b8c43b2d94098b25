"""The terms of objection and appeal: to come in, be heard and be decided on (Awb art. 6:7 to 6:9, 7:4, 7:10, 8:1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.calendar import STATUTE, Calendar, DayOff, roll_day
from casework.deadlines.terms import Suspension, count_by_ground, end_of_standstill, suspended_days


def objection_due(announced: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to object: six weeks after the decision was announced (Awb art. 6:7, 6:8(1))."""
    return roll_day(announced + timedelta(weeks=6), calendar=calendar)


def postal_limit(due: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day on which an objection or appeal posted in time may still arrive: a week later (Awb art. 6:9(2))."""
    return roll_day(due + timedelta(weeks=1), calendar=calendar)


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
    suspensions: tuple[Suspension, ...]
    """Those that add days."""
    suspended_days: int
    days_by_ground: Mapping[str, int]
    """`suspended_days` by their ground, each day once."""
    extended_to: date | None
    raw: date
    stood_still_until: date | None
    """The end of the last suspension if `raw` lies before it: no term ends on a day on which it is suspended."""
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

    `extended_to` is the last day of a further delay (art. 7:10(4)) or one that a court set, announced on `extended_on`;
    it replaces the weeks, and days suspended later are added. No law moves such a day off a weekend.
    """
    weeks, more = (12 if committee else 6), (6 if adjourned else 0)
    after = (extended_on or date.max) if extended_to else start
    counted = tuple(suspension for suspension in suspensions if suspended_days([suspension], after))
    days = suspended_days(counted, after)
    raw = (extended_to or start + timedelta(weeks=weeks + more)) + timedelta(days=days)
    until = end_of_standstill(raw, suspensions=counted)
    ends = until or raw
    skipped = () if ends == extended_to else calendar.skipped(ends)
    return ObjectionSum(
        start=start,
        weeks=weeks,
        adjourned_weeks=more,
        suspensions=counted,
        suspended_days=days,
        days_by_ground=count_by_ground(counted, after),
        extended_to=extended_to,
        raw=raw,
        stood_still_until=until,
        skipped=skipped,
        due=ends + timedelta(days=len(skipped)),
    )


BEFORE_HEARING = timedelta(days=11)
"""'Until ten days before' ends with the eleventh day before (ABRvS 24 May 2006, JB 2006/215, on Awb art. 8:58)."""


def papers_until(hearing_day: date) -> date:
    """The last day to hand in papers: the eleventh before the hearing, not moved (Awb art. 7:4(1), Atw art. 1(2))."""
    return hearing_day - BEFORE_HEARING


def earliest_hearing(invited: date, *, paper_days: int) -> date:
    """The first day for a hearing that leaves so many days after the invitation to hand in papers (Awb art. 7:4(1))."""
    return invited + timedelta(days=paper_days) + BEFORE_HEARING


def file_open_from(hearing_day: date) -> date:
    """The day from which, at the latest, the file lies open: a week before the hearing, not moved (Awb art. 7:4(2))."""
    return hearing_day - timedelta(weeks=1)


def appeal_due(announced: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day to appeal: six weeks after the decision on objection was announced (Awb art. 6:7, 6:8(1), 8:1)."""
    return roll_day(announced + timedelta(weeks=6), calendar=calendar)


def court_papers_due(sent: date, *, calendar: Calendar = STATUTE) -> date:
    """The last day for our papers: four weeks after the court sent us the grounds of the appeal (Awb art. 8:42(1))."""
    return roll_day(sent + timedelta(weeks=4), calendar=calendar)
