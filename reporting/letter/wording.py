"""Days, months and numbers as the letter writes them. The letter is Dutch, whatever the reader's language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import override

from reporting.period import whole_months

DUTCH = "nl"
MISSING = "niet aangeleverd"
NONE = "geen"
ORDINALS = (
    *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"),
    *("elfde", "twaalfde"),
)
MONTHS_NAMED = 3
"""A period of more months than this is written with its first and last day."""


def format_day(on: date) -> str:
    """A day as '1 juli 2024'."""
    with override(DUTCH):
        return date_format(on)


def format_month(on: date) -> str:
    """A month as 'juni 2025', in lower case."""
    with override(DUTCH):
        return date_format(on, "F Y").lower()


def format_number(count: int | None) -> str:
    """A number as '4.102'; 'niet aangeleverd' for None."""
    if count is None:
        return MISSING
    with override(DUTCH):
        return number_format(count, force_grouping=True)


def format_ordinal(number: int) -> str:
    """An ordinal as 'vierde'; beyond the twelfth as '13e'."""
    return ORDINALS[number - 1] if 1 <= number <= len(ORDINALS) else f"{number}e"


def join_words(words: Sequence[str]) -> str:
    """Words as an enumeration: 'een, twee en drie'."""
    return " en ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def format_period(first: date, last: date) -> str:
    """'juni en juli 2025' for a few whole months; else '1 juli 2024 tot en met 31 juli 2025'."""
    months = whole_months(first, last)
    if not 1 <= len(months) <= MONTHS_NAMED:
        return f"{format_day(first)} tot en met {format_day(last)}"
    names = [format_month(one) for one in months]
    if first.year == last.year:
        names = [*(name.split()[0] for name in names[:-1]), names[-1]]
    return join_words(names)
