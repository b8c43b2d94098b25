"""Form fields that several forms share."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _


class DayInput(forms.DateInput):
    """The browser's own calendar, which sends ISO dates whatever it displays."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def day_field(**options: Any) -> forms.DateField:
    """A date field that also accepts 31-12-2026, for browsers without a calendar."""
    return forms.DateField(
        widget=DayInput(),
        error_messages={"invalid": gettext_lazy("This is not a date. Type it as 31-12-2026.")},
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"],
        **options,
    )


FAR = 20
"""An implausible number of years ahead."""


def refuse_far(day: date) -> date:
    """Return the day; raises ValidationError if its year can only be a typing error."""
    if day.year > timezone.localdate().year + FAR:
        raise ValidationError(_("We do not yet know the rules for that day. Choose an earlier day."), code="far")
    return day


class AmountField(forms.CharField):
    """A number as people type it: 1.500 or 1500,5 in Dutch, 1,500.5 in English, optionally followed by a unit."""

    def clean(self, value: Any) -> Any:
        """The number as plain text (1500.5); empty if nothing was typed."""
        typed = re.sub(r"\s+|[€a-zA-Z]+", "", str(super().clean(value)))
        if not typed and not value:
            return ""
        group, point = (",", ".") if (get_language() or "nl").startswith("en") else (".", ",")
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?", typed):
            typed = typed.replace(group, "")
        try:
            number = Decimal(typed.replace(",", "."))
        except InvalidOperation:
            raise ValidationError(_("Fill in a number, in digits."), code="invalid") from None
        if not 0 <= number < Decimal(10) ** 12:
            raise ValidationError(_("Fill in a number of zero or more."), code="invalid")
        if number != round(number, 2):  # more decimals could be read as thousands when the number is displayed again
            raise ValidationError(_("Fill in a number with at most two decimals."), code="invalid")
        return f"{number.normalize():f}"


def amount_field(**options: Any) -> AmountField:
    """A number field that brings up the numeric keyboard of a phone."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "loket-short"})
    return AmountField(max_length=30, widget=widget, **options)
