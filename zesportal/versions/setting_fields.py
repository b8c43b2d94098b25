"""The form field of a policy setting, by its type, with its unit and bounds."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.policy_settings.setting import Setting, ValueType
from exemptions.models import Ground

LONGEST = 19
"""Digits of a number: no longer one fits a column, and Python refuses thousands."""


class Numbers(forms.CharField):
    """Whole numbers, separated by commas."""

    def __init__(self, *, setting: Setting, **kwargs: Any) -> None:
        self.setting = setting
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The numbers as one types them."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The numbers; raises ValidationError naming the part that is not one."""
        parts = [part.strip() for part in (super().to_python(value) or "").split(",") if part.strip()]
        wrong = [
            part
            for part in parts
            if not (part.isdecimal() and len(part) < LONGEST and self.setting.is_within(int(part)))
        ]
        if wrong:
            words = _("Out of range or not a whole number: %(parts)s.")
            raise forms.ValidationError(words % {"parts": ", ".join(wrong)})
        return [int(part) for part in parts]


def value_field(setting: Setting) -> forms.Field:
    """The field of one setting; only texts may be left empty."""
    asked: dict[str, Any] = {"label": label_of(setting), "help_text": bounds_in_words(setting)}
    match setting.sort:
        case ValueType.NUMBER:
            widget = forms.NumberInput(attrs={"inputmode": "numeric"})
            return forms.IntegerField(min_value=setting.least, max_value=setting.most, widget=widget, **asked)
        case ValueType.NUMBERS:
            return Numbers(setting=setting, **asked)
        case ValueType.SWITCH:
            return yes_no(**asked)
        case ValueType.CODES:
            return forms.MultipleChoiceField(choices=ground_codes, widget=forms.CheckboxSelectMultiple, **asked)
        case ValueType.EMAIL:
            return forms.EmailField(max_length=254, required=False, empty_value=None, **asked)
        case ValueType.LINES:
            area = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(max_length=setting.most, required=False, empty_value=None, widget=area, **asked)
    return forms.CharField(max_length=setting.most, required=False, empty_value=None, **asked)


def yes_no(**asked: Any) -> forms.Field:
    """Yes or no, neither preselected."""
    choices = [("True", gettext_lazy("yes")), ("False", gettext_lazy("no"))]
    return forms.TypedChoiceField(choices=choices, coerce="True".__eq__, widget=forms.RadioSelect, **asked)


def label_of(setting: Setting) -> str:
    """'New value', with the unit."""
    if not setting.unit:
        return _("New value")
    return _("New value, in: %(unit)s") % {"unit": setting.unit}


def bounds_in_words(setting: Setting) -> str:
    """The bounds in words."""
    if setting.sort not in (ValueType.NUMBER, ValueType.NUMBERS):
        return ""
    said = {name: number_format(getattr(setting, name), force_grouping=True) for name in ("least", "most")}
    if setting.sort == ValueType.NUMBERS:
        return _("Whole numbers separated by commas, each from %(least)s to %(most)s.") % said
    return _("A whole number from %(least)s to %(most)s.") % said


def ground_codes() -> list[tuple[str, str]]:
    """The grounds of rejection, as choices."""
    return list(Ground.rejections().items())
