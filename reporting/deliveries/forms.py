"""The form of a month: one field per column, which reads typed text as it reads a spreadsheet cell."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format

from exemptions.forms.fields import DayInput
from reporting.deliveries import readers
from reporting.deliveries.columns import Column
from reporting.deliveries.kinds import DeliveryKind


class ReadField(forms.CharField):
    """Reads typed text exactly as a spreadsheet cell is read: the same values, the same error messages."""

    def __init__(self, column: Column, *, widget: forms.Widget | None = None) -> None:
        self.column = column
        super().__init__(
            label=column.label,
            help_text=column.help if not column.is_count else "",
            required=False,
            widget=widget or build_widget(column),
        )

    def clean(self, value: Any) -> Any:
        """The number, day or text; None if nothing was typed."""
        try:
            return self.column.read(super().clean(value))
        except readers.NotRead as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """The value as one would type it."""
        if isinstance(value, Decimal):
            return number_format(f"{value.normalize():f}")
        return "" if value is None else str(value)


def build_widget(column: Column) -> forms.Widget:
    """A numeric keyboard for a number, a calendar for a day, one line for short text, a box for an explanation."""
    if column.name == "context":
        return forms.Textarea(attrs={"rows": 4})
    if column.name == "warning_until":
        return DayInput()
    if column.longest:
        return forms.TextInput(attrs={"maxlength": column.longest})
    keyboard = "numeric" if column.name != "zone_km2" else "decimal"
    return forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off", "class": "loket-short"})


class DeliveryForm(forms.Form):
    """What is handed in about one month. `seen`: the number of the version that the sender looked at, 0 for none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, kind: DeliveryKind[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for column in kind.columns:
            self.fields[column.name] = ReadField(column)

    def clean(self) -> dict[str, Any]:
        """Check the values against each other, once each of them could be read."""
        data = super().clean() or {}
        if not self.errors:
            for name, words in self.kind.problems(self.values).items():
                self.add_error(name or None, words)
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The values handed in; only if every field could be read."""
        return {column.name: self.cleaned_data[column.name] for column in self.kind.columns}

    def with_more_rows(self) -> "DeliveryForm | None":
        """This form as typed, with more rows to fill in, if the sender asked for them; else None."""
        return None

    def typed(self) -> Iterator[tuple[str, str]]:
        """Labels and values of what was sent, to copy."""
        for column in self.kind.columns:
            yield str(column.label), self.data.get(column.name, "")
