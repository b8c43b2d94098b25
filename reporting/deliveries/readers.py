"""Reads a typed value or a spreadsheet cell as a number, a day or a month; refuses, with a reason, what is ambiguous.

A number is never guessed: 1.234 is more than a thousand to one reader and just over one to another.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from casework.spreadsheets.cells import UNWRITABLE

MOST = 100_000_000
MOST_DAYS = 3650
LARGEST_KM2 = Decimal(100_000)
LONGEST_TEXT = 4000
LONGEST_SHOWN = 40
FIRST_YEAR, LAST_YEAR = 2000, 2099
SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"[0-9]+")
NEGATIVE = re.compile(r"[-\u2212]\s*[0-9].*")
GROUPED = re.compile(r"[0-9]{1,3}(?:[.,' ][0-9]{3})+")
BROKEN = re.compile(r"(?:[0-9]{1,3}(?:[.' ][0-9]{3})+|[0-9]*)[.,][0-9]+")
MONTH_NAMES = tuple(
    names.split()
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    )
)
DAY_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


class NotRead(ValueError):
    """The value cannot be read; the message says what is wrong and what to do."""


def read_whole_number(value: object) -> int | None:
    """A number of letters, offences or passages; None if nothing was filled in, which is not zero."""
    return _check_limit(_parse_whole_number(value), most=MOST)


def read_days(value: object) -> int | None:
    """A number of days."""
    return _check_limit(_parse_whole_number(value), most=MOST_DAYS)


def _check_limit(number: int | None, *, most: int) -> int | None:
    if number is not None and number < 0:
        raise NotRead(_("%(number)s is below zero. Fill in zero or more.") % {"number": number})
    if number is not None and number > most:
        raise NotRead(
            _("This number is too large: at most %(most)s. Check whether it has been typed correctly.")
            % {"most": number_format(most, force_grouping=True)}
        )
    return number


def _parse_whole_number(value: object) -> int | None:
    refuse_other(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if not value.is_integer():
            raise NotRead(explain_decimals(str(value)))
        return int(value)
    typed = read_line(value)
    if not typed:
        return None
    if DIGITS.fullmatch(typed):
        return int(typed) if len(typed.lstrip("0")) <= len(str(MOST)) else MOST + 1
    raise NotRead(no_whole_number(typed))


def no_whole_number(typed: str) -> str:
    """Why a text is not a count."""
    if NEGATIVE.fullmatch(typed):
        return _("“%(typed)s” is below zero. Fill in zero or more.") % {"typed": shorten_text(typed)}
    if GROUPED.fullmatch(typed):
        number = re.sub(r"[^0-9]", "", typed)
        return _("“%(typed)s” has a dot, comma or space in it. If you mean %(number)s, type %(number)s.") % {
            "typed": shorten_text(typed),
            "number": number,
        }
    return explain_decimals(typed) if BROKEN.fullmatch(typed) else no_number(typed)


def explain_decimals(typed: str) -> str:
    """Why a number with decimals is not a count."""
    return _("“%(typed)s” has decimals. Fill in a whole number, in digits only.") % {"typed": shorten_text(typed)}


def no_number(typed: str) -> str:
    """Why a text is not a number."""
    return _("“%(typed)s” is not a number. Leave it empty if you do not have it; type 0 only if it was zero.") % {
        "typed": shorten_text(typed)
    }


def square_km(value: object) -> Decimal | None:
    """The size of a zone in km², with at most two decimals after a comma or a point; None if nothing was filled in."""
    refuse_other(value)
    typed = str(value) if isinstance(value, int | float) else read_line(value)
    if not typed:
        return None
    if not re.fullmatch(r"[-\u2212]?[0-9]{1,12}(?:[.,][0-9]{1,20})?", typed):
        raise NotRead(no_number(typed))
    try:
        number = Decimal(typed.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        raise NotRead(no_number(typed)) from None
    if not 0 < number < LARGEST_KM2:
        most = number_format(LARGEST_KM2, force_grouping=True)
        raise NotRead(
            _("The size of a zone is more than zero and less than %(most)s square kilometres.") % {"most": most}
        )
    if number != round(number, 2):
        raise NotRead(_("“%(typed)s” has more than two decimals. Round it to two.") % {"typed": shorten_text(typed)})
    return round(number, 2)


def read_day(value: object) -> date | None:
    """A day: a date from Excel, or typed as 2025-06-30 or 30-6-2025."""
    if isinstance(value, date):
        return _in_our_time(value.date() if isinstance(value, datetime) else value)
    typed = read_line(value)
    if not typed:
        return None
    for form in DAY_FORMATS:
        try:
            return _in_our_time(datetime.strptime(typed, form).date())  # noqa: DTZ007 - a day has no time zone
        except ValueError as error:
            if isinstance(error, NotRead):
                raise
    raise NotRead(_("“%(typed)s” is not a date. Type it as 2025-06-30.") % {"typed": shorten_text(typed)})


def read_month(value: object) -> date | None:
    """The first day of a month: a date from Excel, or typed as 2025-06, 06-2025 or juni 2025."""
    if isinstance(value, date):
        found = value.date() if isinstance(value, datetime) else value
        if found.day != 1:
            raise NotRead(_("%(day)s is a day, not a month. Type the month as 2025-06.") % {"day": date_format(found)})
        return _in_our_time(found)
    typed = read_line(value).lower()
    if not typed:
        return None
    for attempt in (_iso_month, _dutch_month, _named_month):
        found_in_text = attempt(typed)
        if found_in_text is not None:
            return _in_our_time(found_in_text)
    raise NotRead(_("“%(typed)s” is not a month. Type it as 2025-06.") % {"typed": shorten_text(typed)})


def _iso_month(typed: str) -> date | None:
    match = re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})(?:-01)?", typed)
    return _first_day(match[1], match[2]) if match else None


def _dutch_month(typed: str) -> date | None:
    match = re.fullmatch(r"(?:0?1-)?([0-9]{1,2})[-/]([0-9]{4})", typed)
    return _first_day(match[2], match[1]) if match else None


def _named_month(typed: str) -> date | None:
    name, _space, year = typed.partition(" ")
    for names in MONTH_NAMES:
        if name in names and re.fullmatch(r"[0-9]{4}", year):
            return _first_day(year, str(names.index(name) + 1))
    return None


def _first_day(year: str, number: str) -> date | None:
    return date(int(year), int(number), 1) if 1 <= int(number) <= 12 and int(year) else None


def _in_our_time(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotRead(
            _("The year %(year)s cannot be right. Check whether it has been typed correctly.") % {"year": found.year}
        )
    return found


def read_text(value: object) -> str:
    """Text that may have several lines, whatever type the spreadsheet gave it.

    Characters that no file can hold are left out.
    """
    if value is None:
        return ""
    found = UNWRITABLE.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(found) > LONGEST_TEXT:
        raise NotRead(
            _("This text is too long: at most %(most)s characters. Make it shorter.") % {"most": LONGEST_TEXT}
        )
    return found


def read_line(value: object) -> str:
    """A cell as one line of text, without spaces around it."""
    return "" if value is None else SPACES.sub(" ", str(value)).strip()


def refuse_other(value: object) -> None:
    """Raise NotRead where Excel turned a number into true or false, a date or a time."""
    if isinstance(value, bool):
        raise NotRead(_("This says true or false. Fill in a number."))
    if isinstance(value, date | time | timedelta):
        raise NotRead(
            _("Excel has turned this into a date. Give the cell the format ‘Number’ and type the number again.")
        )


def shorten_text(typed: str) -> str:
    """What was typed, short enough to repeat in a message."""
    return typed if len(typed) <= LONGEST_SHOWN else typed[: LONGEST_SHOWN - 1] + "…"


Reader = Callable[[object], object]
