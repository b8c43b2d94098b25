"""The form that asks whether we found the right vehicle."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.facts import CATEGORIES

RIGHT, WRONG = "right", "wrong"


class ConfirmVehicleForm(forms.Form):
    """Confirm the vehicle's data, or say what is wrong. Asks for the class only if the register lacks it."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Are these details correct?"),
        choices=[
            (RIGHT, gettext_lazy("Yes, this is the vehicle")),
            (WRONG, gettext_lazy("It is the right vehicle, but these details are wrong")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Tell us whether these details are correct.")},
    )
    wrong = forms.CharField(
        label=gettext_lazy("What is wrong, and what should it be?"),
        help_text=gettext_lazy(
            "Only if the details are wrong. A caseworker will look at it. Keep your registration certificate to hand."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    vehicle_class = forms.ChoiceField(
        label=gettext_lazy("What kind of vehicle is it?"),
        choices=CATEGORIES[:2],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of vehicle it is.")},
    )

    def __init__(self, *args: Any, known_category: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_category = known_category
        if known_category in ("van", "truck"):
            del self.fields["vehicle_class"]
        elif known_category == "other":
            self.fields["vehicle_class"].required = False

    def clean(self) -> dict[str, Any]:
        """Require an explanation of what is wrong, and refuse to confirm a vehicle that needs no exemption."""
        data = super().clean() or {}
        if data.get("verdict") == WRONG and not data.get("wrong"):
            self.add_error("wrong", _("Tell us what is wrong, and what it should be."))
        if self.known_category == "other":
            if data.get("verdict") == RIGHT:
                self.add_error(
                    "verdict",
                    _("This vehicle does not need an exemption. Choose another vehicle, or tell us what is wrong."),
                )
            elif data.get("verdict") == WRONG and not data.get("vehicle_class"):
                self.add_error("vehicle_class", _("Choose what kind of vehicle it is."))
        return data

    def said_wrong(self) -> str:
        """What the applicant disputes; empty if the data are right."""
        return str(self.cleaned_data["wrong"]) if self.cleaned_data["verdict"] == WRONG else ""
