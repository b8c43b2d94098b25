"""A plate and its country, as every form asks for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.languages import get_page_language
from accounts.site_languages import find_country
from exemptions import countries
from zones.plates import find_plate_problem, normalise

PLATE_ATTRS = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "maxlength": "20",
}


class PlateInput(forms.TextInput):
    """A text input shown as a number plate in the portal (`components/plate.html`); `country` if the form has none."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, country: str = "") -> None:
        super().__init__({**PLATE_ATTRS, **(attrs or {})})
        self.country = country


class PlateForm(forms.Form):
    """A plate and its country; the default country is the likely one for the language of the page."""

    plate = forms.CharField(
        label=gettext_lazy("Number plate"),
        help_text=gettext_lazy("For example AB-12-CD. Dashes and spaces do not matter."),
        max_length=20,
        widget=PlateInput,
        error_messages={"required": gettext_lazy("Type the number plate, for example AB-12-CD.")},
    )
    country = forms.ChoiceField(label=gettext_lazy("Country of the plate"), choices=countries.list_country_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = find_country(get_page_language())

    def clean(self) -> dict[str, Any]:
        """Normalise the plate for storage; an impossible one gets the message of `zones.plates`."""
        data = super().clean() or {}
        if "plate" in data and "country" in data:
            if wrong := find_plate_problem(data["plate"], country=data["country"]):
                self.add_error("plate", forms.ValidationError(wrong, code="invalid"))
            else:
                data["plate"] = normalise(data["plate"])
        return data
