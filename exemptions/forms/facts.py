"""The form for a vehicle that no register knows: somebody types its facts from its papers."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import day_field
from exemptions.intake.access import TYPED_FACTS
from zones.vehicles import EMISSION_CLASSES

CATEGORIES = (
    ("van", gettext_lazy("van: for goods, at most 3,500 kg")),
    ("truck", gettext_lazy("truck: for goods, more than 3,500 kg")),
    ("other", gettext_lazy("something else, such as a passenger car or a bus")),
)
SUBTYPES = (
    ("rigid", gettext_lazy("rigid truck")),
    ("tractor", gettext_lazy("tractor unit, for a semi-trailer")),
)
UNKNOWN = ("", gettext_lazy("I do not know"))


class TypedFactsForm(forms.Form):
    """Kind, emission class, first admission and name of a vehicle; `only` limits it to the unknown facts."""

    category = forms.ChoiceField(
        label=gettext_lazy("What kind of vehicle is it?"),
        help_text=gettext_lazy("Use the permitted maximum mass."),
        choices=CATEGORIES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of vehicle it is.")},
    )
    subtype = forms.ChoiceField(
        label=gettext_lazy("If it is a truck, what kind?"),
        choices=[*SUBTYPES, UNKNOWN],
        widget=forms.RadioSelect,
        required=False,
    )
    emission_class = forms.ChoiceField(
        label=gettext_lazy("Emission class"),
        help_text=gettext_lazy("Also called Euro class. It is on the registration certificate, field V.9."),
        choices=lambda: [UNKNOWN, *((code, emission_class(code)) for code in reversed(EMISSION_CLASSES))],
        required=False,
    )
    first_admission = day_field(
        label=gettext_lazy("Date of first registration"),
        help_text=gettext_lazy("On the registration certificate, field B."),
        required=False,
    )
    make = forms.CharField(
        label=gettext_lazy("Make"), help_text=gettext_lazy("Field D.1."), max_length=60, required=False
    )
    model = forms.CharField(
        label=gettext_lazy("Model"), help_text=gettext_lazy("Field D.3."), max_length=60, required=False
    )

    def __init__(self, *args: Any, only: Collection[str] = TYPED_FACTS, for_application: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.for_application = for_application
        for name in set(self.fields) - set(only):
            del self.fields[name]

    def clean_category(self) -> str:
        """Refuse anything but a van or truck, for an application."""
        category = str(self.cleaned_data["category"])
        if self.for_application and category == "other":
            raise forms.ValidationError(
                _("The zones only concern vans and trucks. Other vehicles do not need an exemption."), code="out"
            )
        return category

    def clean_first_admission(self) -> date | None:
        """Refuse a first admission in the future, or before there were cars."""
        day: date | None = self.cleaned_data["first_admission"]
        if day and not 1885 <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_("Check the year: the vehicle cannot have been registered then."), code="year")
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future. Check the date."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Drop the subtype of anything that is not a truck."""
        data = super().clean() or {}
        if data.get("category") in ("van", "other"):
            data["subtype"] = ""
        return data

    def typed(self) -> dict[str, str]:
        """What was filled in, as text."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }


def emission_class(code: str) -> str:
    """The everyday name of an emission class."""
    return _("none: electric or hydrogen") if code == "Z" else _("Euro %(number)s") % {"number": code}
