"""The calendar of the Algemene termijnenwet (Atw, BWBR0002448): on which days a statutory term may end.

Holidays follow from the law and are computed; the equated days of art. 3(3) are appointed by royal decree, usually
for three years at once, and are rows of `data/equated_days.csv`. King's Day is 27 April since 2014: earlier
years are outside this calendar.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EQUATED_DAYS = Path(__file__).parent / "data" / "equated_days.csv"
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class DayOff(TextChoices):
    """Why a term does not end on a day: Atw art. 1(1) and art. 3."""

    NEW_YEAR = "new_year", _("New Year's Day")
    GOOD_FRIDAY = "good_friday", _("Good Friday")
    EASTER_MONDAY = "easter_monday", _("Easter Monday")
    KINGS_DAY = "kings_day", _("King's Day")
    LIBERATION_DAY = "liberation_day", _("Liberation Day")
    ASCENSION = "ascension", _("Ascension Day")
    WHIT_MONDAY = "whit_monday", _("Whit Monday")
    CHRISTMAS = "christmas", _("Christmas Day")
    SECOND_CHRISTMAS = "second_christmas", _("Second day of Christmas")
    EQUATED = "equated", _("Day made equal to a holiday by royal decree")
    SATURDAY = "saturday", _("Saturday")
    SUNDAY = "sunday", _("Sunday")


@dataclass(frozen=True)
class Calendar:
    """The statutory holidays together with the equated days known; the desk may build one from its own rows."""

    equated: frozenset[date]

    @classmethod
    def from_csv(cls, path: Path = EQUATED_DAYS) -> Self:
        """Read a file with the columns `day` (ISO date) and `source` (the decree)."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls(frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(file)))

    def holidays(self, year: int) -> dict[date, DayOff]:
        """The holidays and equated days of a year in order, also those that fall in a weekend (Atw art. 3)."""
        equated = {day: DayOff.EQUATED for day in self.equated if day.year == year}
        return dict(sorted((equated | _statutory_holidays(year)).items()))

    def day_off(self, day: date) -> DayOff | None:
        """Why no term ends on this day, or None on an ordinary day; a holiday's own name goes before the weekend's."""
        holiday = _statutory_holidays(day.year).get(day)
        return holiday or (DayOff.EQUATED if day in self.equated else _find_weekend_day(day))

    def is_off(self, day: date) -> bool:
        """Whether the day is a Saturday, a Sunday, a holiday or an equated day."""
        return self.day_off(day) is not None

    def skipped(self, day: date) -> tuple[tuple[date, DayOff], ...]:
        """The days off that a term ending on `day` runs through, in order, each with its reason."""
        skipped = []
        while why := self.day_off(day):
            skipped.append((day, why))
            day += ONE_DAY
        return tuple(skipped)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it (Atw art. 1(1))."""
        while self.is_off(day):
            day += ONE_DAY
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """The last of `count` working days that follow `day`."""
        for _number in range(count):
            day = self.next_working_day(day + ONE_DAY)
        return day

    def working_days_before(self, day: date, count: int) -> date:
        """The first of `count` working days that precede `day`."""
        for _number in range(count):
            day -= ONE_DAY
            while self.is_off(day):
                day -= ONE_DAY
        return day

    @property
    def years_covered(self) -> frozenset[int]:
        """The years that have an equated day, so whose decree is known here."""
        return frozenset(day.year for day in self.equated)

    def missing_years(self, first: int, last: int) -> list[int]:
        """The years from `first` to `last`, both included, without an equated day: look up the decree."""
        return [year for year in range(first, last + 1) if year not in self.years_covered]


def easter_sunday(year: int) -> date:
    """Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_left = divmod(century, 4)
    leaps, rest_left = divmod(rest, 4)
    moon = (19 * golden + century - leap_centuries - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * century_left + 2 * leaps - moon - rest_left) % 7
    month, day = divmod(moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday: the birthday as celebrated (Atw art. 3(1))."""
    day = date(year, 4, 27)
    return day - ONE_DAY if day.weekday() == SUNDAY else day


@lru_cache(maxsize=64)
def _statutory_holidays(year: int) -> dict[date, DayOff]:
    """The days named in Atw art. 3(1), and Good Friday (art. 3(2)); Liberation Day counts every year."""
    easter = easter_sunday(year)
    return {
        date(year, 1, 1): DayOff.NEW_YEAR,
        easter - timedelta(days=2): DayOff.GOOD_FRIDAY,
        easter + timedelta(days=1): DayOff.EASTER_MONDAY,
        kings_day(year): DayOff.KINGS_DAY,
        date(year, 5, 5): DayOff.LIBERATION_DAY,
        easter + timedelta(days=39): DayOff.ASCENSION,
        easter + timedelta(days=50): DayOff.WHIT_MONDAY,
        date(year, 12, 25): DayOff.CHRISTMAS,
        date(year, 12, 26): DayOff.SECOND_CHRISTMAS,
    }


def _find_weekend_day(day: date) -> DayOff | None:
    return {SATURDAY: DayOff.SATURDAY, SUNDAY: DayOff.SUNDAY}.get(day.weekday())


STATUTE = Calendar.from_csv()
"""The calendar of the reference data that comes with the product."""


def roll_day(day: date, *, calendar: Calendar = STATUTE) -> date:
    """The day itself, or the first day after it that is not a Saturday, Sunday or holiday (Atw art. 1(1))."""
    return calendar.next_working_day(day)
