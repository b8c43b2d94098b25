"""The form that asks whether a vehicle may enter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import day_field, refuse_far
from exemptions.forms.plate import PlateForm
from exemptions.intake.prefill import AccessQuestion


class AccessForm(PlateForm):
    """Which vehicle, and on which day."""

    on = day_field(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("Leave this empty for today."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # the short form on the start page only asks for the plate
        super().__init__(
            {"country": "NL", **{name: data[name] for name in data}} if data is not None else None,
            **kwargs,
        )

    def clean_on(self) -> date:
        """Default to today; refuse days that the rules cannot answer: past or too far ahead."""
        on: date = self.cleaned_data["on"] or timezone.localdate()
        if on < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."), code="past")
        return refuse_far(on)

    def asked(self) -> AccessQuestion:
        """The question of a valid form."""
        return AccessQuestion(
            plate=self.cleaned_data["plate"], country=self.cleaned_data["country"], on=self.cleaned_data["on"]
        )
