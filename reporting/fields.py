"""A field for words that go into the files of the letter."""

from typing import Any

from django import forms

from casework.spreadsheets.cells import UNWRITABLE


class WritableField(forms.CharField):
    """Text without the characters that no file can hold: invisible ones, pasted from a word processor."""

    def to_python(self, value: Any) -> Any:
        """Before anything is asked of it: where nothing else was typed, nothing was. Django refuses the zero byte."""
        if isinstance(value, str) and "\0" not in value:
            value = UNWRITABLE.sub("", value)
        return super().to_python(value)
