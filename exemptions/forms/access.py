"""The question 'may I enter?'."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import get_page_language
from exemptions import countries
from exemptions.forms.fields import day_field, refuse_far
from exemptions.intake.prefill import AccessQuestion
from zones.plates import find_plate_problem, normalise

PLATE_ATTRS = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "loket-short",
    "maxlength": "20",
}
LIKELY = {"de": "DE", "fr": "FR", "pl": "PL"}
"""The country in which most readers of a language have their plates."""


class PlateForm(forms.Form):
    """A plate and its country; the default is the country that the page's language makes likely."""

    plate = forms.CharField(
        label=gettext_lazy("Number plate"),
        help_text=gettext_lazy("For example AB-12-CD. Dashes and spaces do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs=PLATE_ATTRS),
        error_messages={"required": gettext_lazy("Type the number plate, for example AB-12-CD.")},
    )
    country = forms.ChoiceField(label=gettext_lazy("Country of the plate"), choices=countries.list_country_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = LIKELY.get(get_page_language(), "NL")

    def clean(self) -> dict[str, Any]:
        """The plate as it is stored; the sentence of `zones.plates` where it can be none."""
        data = super().clean() or {}
        if "plate" in data and "country" in data:
            if wrong := find_plate_problem(data["plate"], country=data["country"]):
                self.add_error("plate", forms.ValidationError(wrong, code="invalid"))
            else:
                data["plate"] = normalise(data["plate"])
        return data


class AccessForm(PlateForm):
    """Which vehicle, on which day."""

    on = day_field(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("Leave this empty for today."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # the short form on the start page asks the plate only
        super().__init__(
            {"country": "NL", **{name: data[name] for name in data}} if data is not None else None,
            **kwargs,
        )

    def clean_on(self) -> date:
        """A day that the rules can speak about: today or later."""
        on: date = self.cleaned_data["on"] or timezone.localdate()
        if on < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."), code="past")
        return refuse_far(on)

    def asked(self) -> AccessQuestion:
        """The question, once the form is valid."""
        return AccessQuestion(
            plate=self.cleaned_data["plate"], country=self.cleaned_data["country"], on=self.cleaned_data["on"]
        )
