"""On which days a term may end: the Algemene termijnenwet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import STATUTE, Calendar, DayOff, easter_sunday, kings_day
from tests.casework.days import on

# Written out by hand for four years, so that the tests do not ask the code what is right.
HOLIDAYS = {
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26",
    2026: "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26",
}
WRITTEN_OUT = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in HOLIDAYS.items() for day in days.split())


@pytest.mark.parametrize("year", HOLIDAYS)
def test_a_year_has_these_holidays(year):
    assert [f"{day:%m-%d}" for day in STATUTE.holidays(year)] == HOLIDAYS[year].split()


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)))
def test_a_day_is_off_in_the_weekend_and_on_the_holidays_only(day):
    assert STATUTE.is_off(day) == (day.isoweekday() > 5 or day in WRITTEN_OUT)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Wed 2025-01-01", DayOff.NEW_YEAR),
        ("Fri 2025-04-18", DayOff.GOOD_FRIDAY),
        ("Mon 2025-04-21", DayOff.EASTER_MONDAY),
        ("Sat 2025-04-26", DayOff.KINGS_DAY),
        ("Mon 2025-05-05", DayOff.LIBERATION_DAY),
        ("Tue 2026-05-05", DayOff.LIBERATION_DAY),
        ("Thu 2025-05-29", DayOff.ASCENSION),
        ("Fri 2025-05-30", DayOff.EQUATED),
        ("Mon 2025-06-09", DayOff.WHIT_MONDAY),
        ("Thu 2025-12-25", DayOff.CHRISTMAS),
        ("Fri 2025-12-26", DayOff.SECOND_CHRISTMAS),
        ("Sun 2025-04-20", DayOff.SUNDAY),  # Easter itself is a Sunday like any other
        ("Sun 2025-04-27", DayOff.SUNDAY),  # King's Day was on Saturday
        ("Sat 2025-09-06", DayOff.SATURDAY),
    ],
)
def test_a_day_off_tells_why(day, why):
    assert STATUTE.day_off(on(day)) == why


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Maundy Thursday", "Thu 2026-04-02"),
        ("Remembrance Day", "Mon 2026-05-04"),
        ("Saint Nicholas", "Fri 2025-12-05"),
        ("Christmas Eve", "Wed 2025-12-24"),
        ("New Year's Eve", "Wed 2025-12-31"),
        ("the Friday after Ascension in a year without a decree", "Fri 2029-05-11"),
    ],
)
def test_these_are_working_days(name, day):
    assert not STATUTE.is_off(on(day))


@pytest.mark.parametrize(
    "day",
    [
        "1818-03-22",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2038-04-25",
    ],
)
def test_easter_falls_on(day):
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "day", ["Sat 2014-04-26", "Mon 2015-04-27", "Sat 2025-04-26", "Mon 2026-04-27", "Sat 2031-04-26"]
)
def test_kings_day_is_celebrated_on(day):
    assert kings_day(on(day).year) == on(day)


@pytest.mark.parametrize(
    ("end", "works_on", "through"),
    [
        ("Tue 2025-10-14", "Tue 2025-10-14", []),
        ("Sat 2025-10-11", "Mon 2025-10-13", [DayOff.SATURDAY, DayOff.SUNDAY]),
        ("Thu 2025-05-29", "Mon 2025-06-02", [DayOff.ASCENSION, DayOff.EQUATED, DayOff.SATURDAY, DayOff.SUNDAY]),
        (
            "Fri 2026-04-03",
            "Tue 2026-04-07",
            [DayOff.GOOD_FRIDAY, DayOff.SATURDAY, DayOff.SUNDAY, DayOff.EASTER_MONDAY],
        ),
        ("Thu 2026-01-01", "Mon 2026-01-05", [DayOff.NEW_YEAR, DayOff.EQUATED, DayOff.SATURDAY, DayOff.SUNDAY]),
    ],
)
def test_a_term_that_ends_on_a_day_off_runs_through_to_a_working_day(end, works_on, through):
    assert STATUTE.next_working_day(on(end)) == on(works_on)
    assert [why for _day, why in STATUTE.skipped(on(end))] == through


@given(st.dates(date(2015, 1, 1), date(2090, 12, 31)))
def test_a_term_moves_at_most_five_days_and_never_back(day):
    assert day <= STATUTE.next_working_day(day) <= day + timedelta(days=5)


def test_a_day_that_the_desk_adds_moves_terms():
    with_decree = Calendar(STATUTE.equated | {on("Fri 2029-05-11")})

    assert with_decree.next_working_day(on("Fri 2029-05-11")) == on("Mon 2029-05-14")


def test_a_year_without_a_decree_is_named():
    assert STATUTE.missing_years(2025, 2030) == [2029, 2030]
