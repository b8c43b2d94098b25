"""Terms about an appeal against silence, and our own after a judgment (Awb art. 6:12, 8:55b to 8:55d, 6:7)."""

from datetime import date, timedelta

from casework.calendar import ONE_DAY, STATUTE, Calendar, roll_day


def silence_appeal_from(due: date, *, notice_received: date) -> date | None:
    """The first day on which one can appeal against silence: two weeks after the notice of default (Awb art. 6:12(2)).

    None where the notice came before the term had lapsed: then it does not count. The two weeks do not move: a later
    day would call an appeal premature that a court may take up.
    """
    return None if notice_received <= due else notice_received + timedelta(weeks=2) + ONE_DAY


def silence_judgment_due(filed: date, *, calendar: Calendar = STATUTE) -> date:
    """Until when the court is to give judgment on silence, without a hearing: eight weeks (Awb art. 8:55b(1))."""
    return roll_day(filed + timedelta(weeks=8), calendar=calendar)


def order_due(sent: date) -> date:
    """The last day to decide on silence: two weeks after the judgment was sent (Awb art. 8:55d(1)), not moved.

    A court that chose another term (8:55d(3)) names it.
    """
    return sent + timedelta(weeks=2)


def judgment_remedy_due(sent: date, *, calendar: Calendar = STATUTE) -> date:
    """Our last day to go against a judgment: six weeks after it was sent (Awb art. 6:7, 6:24, 8:55(1))."""
    return roll_day(sent + timedelta(weeks=6), calendar=calendar)
