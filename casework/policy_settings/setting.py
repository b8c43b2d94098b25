"""A policy setting: title, purpose, type, unit and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.formats import format_boolean
from casework.wiring import wired


class ValueType(StrEnum):
    """The type of a setting's value."""

    NUMBER = "number"
    NUMBERS = "numbers"
    SWITCH = "switch"
    LINE = "line"
    LINES = "lines"
    EMAIL = "email"
    CODES = "codes"


WORDS = (ValueType.LINE, ValueType.LINES, ValueType.EMAIL)
"""The types of text, which may be left empty while nothing is known yet."""
DAYS, HOURS, EUROS = _("days"), _("hours"), _("euros")
VEHICLES, ROWS, TIMES, CASES = _("vehicles"), _("rows"), _("times"), _("cases")


@dataclass(frozen=True)
class Setting:
    """One setting. `least` and `most`: the bounds of a number, or of each in a list; `most` of a text: its length.

    `about_cases`: a new value affects applications that are open now.
    """

    title: StrOrPromise
    explanation: StrOrPromise
    sort: ValueType
    unit: StrOrPromise = ""
    least: int = 0
    most: int = 1_000_000
    about_cases: bool = False

    def refuse(self, value: Any) -> None:
        """Raise ValidationError for a value that makes no sense: '30' or -30 could remove everything, or nothing."""
        if value is not None and not self.fits(value):
            raise ValidationError(_("This value does not fit the setting."))

    def fits(self, value: Any) -> bool:
        """Whether a value is of its type and within its bounds."""
        match self.sort:
            case ValueType.SWITCH:
                return isinstance(value, bool)
            case ValueType.NUMBER:
                return self.is_within(value)
            case ValueType.NUMBERS:
                return isinstance(value, list) and all(map(self.is_within, value))
            case ValueType.CODES:
                return isinstance(value, list) and all(isinstance(one, str) for one in value)
        return isinstance(value, str) and len(value) <= self.most

    def is_within(self, value: Any) -> bool:
        """Whether a whole number lies within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def shown(self, value: Any) -> str:
        """A value in words; an empty one asks to be filled in."""
        if value is None:
            return str(_("to be filled in"))
        if isinstance(value, bool):
            return format_boolean(value)
        if isinstance(value, list):
            words: Mapping[str, str] = wired("WORDS_OF_CODES")() if self.sort == ValueType.CODES else {}
            return ", ".join(self.shown(words.get(one, one)) for one in value)
        return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


def make_number_setting(
    title: StrOrPromise,
    explanation: StrOrPromise,
    *,
    least: int,
    most: int,
    unit: StrOrPromise = DAYS,
    about_cases: bool = False,
) -> Setting:
    """A setting that is a whole number."""
    return Setting(title, explanation, ValueType.NUMBER, unit, least, most, about_cases)


def make_switch_setting(title: StrOrPromise, explanation: StrOrPromise) -> Setting:
    """A yes-or-no setting about how applications are decided."""
    return Setting(title, explanation, ValueType.SWITCH, about_cases=True)


def make_words_setting(
    title: StrOrPromise, explanation: StrOrPromise, sort: ValueType = ValueType.LINE, most: int = 300
) -> Setting:
    """A setting that is a text: a name, a sentence, an address."""
    return Setting(title, explanation, sort, most=most)


def make_rate_setting(
    title: StrOrPromise, explanation: StrOrPromise, *, most: int, unit: StrOrPromise = TIMES
) -> Setting:
    """A limit per time window, with which the setting's name ends; see `casework.limits`."""
    return make_number_setting(title, explanation, least=1, most=most, unit=unit)


def infer_type(value: Any) -> ValueType:
    """The type of a value."""
    match value:
        case bool():
            return ValueType.SWITCH
        case int():
            return ValueType.NUMBER
        case [int(), *_rest]:
            return ValueType.NUMBERS
        case list():
            return ValueType.CODES
    return ValueType.LINES
