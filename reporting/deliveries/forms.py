"""The form of a month: every column as a field that reads what is typed as a spreadsheet's cell is read."""

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
    """A field that reads what is typed as a spreadsheet's cell is read: the same numbers, the same sentences."""

    def __init__(self, column: Column, *, widget: forms.Widget | None = None) -> None:
        self.column = column
        super().__init__(
            label=column.label,
            help_text=column.help if not column.is_count else "",
            required=False,
            widget=widget or widget_of(column),
        )

    def clean(self, value: Any) -> Any:
        """The number, day or text; None if nothing was typed."""
        try:
            return self.column.read(super().clean(value))
        except readers.NotRead as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """As one would type it."""
        if isinstance(value, Decimal):
            return number_format(f"{value.normalize():f}")
        return "" if value is None else str(value)


def widget_of(column: Column) -> forms.Widget:
    """Digits on a phone's keyboard, a calendar for a day, a line for words, room for an explanation."""
    if column.name == "context":
        return forms.Textarea(attrs={"rows": 4})
    if column.name == "warning_until":
        return DayInput()
    if column.longest:
        return forms.TextInput(attrs={"maxlength": column.longest})
    keyboard = "numeric" if column.name != "zone_km2" else "decimal"
    return forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off", "class": "loket-short"})


class DeliveryForm(forms.Form):
    """What is handed in about one month. `seen`: the version that whoever hands in had before them, 0 for none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, kind: DeliveryKind[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for column in kind.columns:
            self.fields[column.name] = ReadField(column)

    def clean(self) -> dict[str, Any]:
        """What the numbers must keep to among themselves, where each of them could be read."""
        data = super().clean() or {}
        if not self.errors:
            for name, words in self.kind.problems(self.values).items():
                self.add_error(name or None, words)
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What is handed in; only where each field could be read."""
        return {column.name: self.cleaned_data[column.name] for column in self.kind.columns}

    def with_more_rows(self) -> "DeliveryForm | None":
        """Everything as it was typed with more rows to fill in, where that was asked; else None."""
        return None

    def typed(self) -> Iterator[tuple[str, str]]:
        """Names and values of what was sent, to copy."""
        for column in self.kind.columns:
            yield str(column.label), self.data.get(column.name, "")
