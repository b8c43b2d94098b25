"""The forms of a return: its numbers, a spreadsheet, and the word to take it over."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.file_checks import megabytes
from exemptions.forms.fields import DayInput
from reporting.returns import reading, rules
from reporting.returns.columns import FIELDS, Column

ACCEPT = ".xlsx,.csv"


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
        """The number, day or text; None where nothing was typed."""
        try:
            return self.column.read(super().clean(value))
        except reading.NotRead as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """As one would type it."""
        if isinstance(value, Decimal):
            return number_format(f"{value.normalize():f}")
        return "" if value is None else str(value)


def widget_of(column: Column) -> forms.Widget:
    """Digits on a phone's keyboard, a calendar for a day, room for an explanation."""
    if column.name == "context":
        return forms.Textarea(attrs={"rows": 4})
    if column.name == "warning_until":
        return DayInput()
    keyboard = "numeric" if column.name != "zone_km2" else "decimal"
    return forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off", "class": "loket-short"})


class ReturnForm(forms.Form):
    """The return of one month."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in FIELDS:
            self.fields[column.name] = ReadField(column)

    def clean(self) -> dict[str, Any]:
        """What the numbers must keep to among themselves, where each of them could be read."""
        data = super().clean() or {}
        if not self.errors:
            for name, words in rules.problems(data).items():
                self.add_error(name or None, words)
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What is handed in; only where the form is valid."""
        return {column.name: self.cleaned_data[column.name] for column in FIELDS}


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Your spreadsheet"),
        allow_empty_file=True,  # ours says what to do
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("Excel (.xlsx) or CSV, at most %(size)s MB.") % {"size": megabytes()}


class AcceptForm(forms.Form):
    """Take over what was read. Where rows have errors, only who says so leaves them out."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, left_out: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left_out:
            self.fields["leave_out"] = forms.BooleanField(
                label=ngettext(
                    "Leave out the %(count)s row with errors, and accept only the others.",
                    "Leave out the %(count)s rows with errors, and accept only the others.",
                    left_out,
                )
                % {"count": left_out},
                error_messages={
                    "required": _("Correct the file and upload it again, or tick the box to leave these rows out.")
                },
            )
