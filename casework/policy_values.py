"""Whether the new value of a setting can be meant: it is of the sort that the setting has had."""

from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Sort(StrEnum):
    """What a setting holds."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    LIST = "list"
    OTHER = "other"


ASKED = {
    Sort.SWITCH: _("Type true or false."),
    Sort.NUMBER: _("Type a whole number of 0 or more, without quotation marks, such as 30."),
    Sort.TEXT: _("Type words between quotation marks."),
    Sort.LIST: _("Type a list of the same sort as before, between square brackets."),
    Sort.OTHER: _("Type a value of the same sort as before."),
}


def sort_of(value: Any) -> Sort:
    """The sort of a value as JSON knows it; a whole number is one, a fraction is not."""
    match value:
        case bool():
            return Sort.SWITCH
        case int():
            return Sort.NUMBER
        case str():
            return Sort.TEXT
        case list():
            return Sort.LIST
    return Sort.OTHER


def refuse_another_sort(value: Any, *, before: Any) -> None:
    """Raises ValidationError that says what is asked: a term of '30' or -30 would remove everything, or nothing."""
    sort = sort_of(before)
    same = sort_of(value) == sort
    if sort == Sort.NUMBER and same:
        same = value >= 0
    if sort == Sort.LIST and same and before:
        same = {sort_of(one) for one in value} <= {sort_of(one) for one in before}
    if not same:
        raise ValidationError({"value": ASKED[sort]})
