"""What an officer enters in the street: a plate, its country and, if there is a choice, the municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from enforcement.answers import Question
from enforcement.questions import read_question
from enforcement.register_entries import HOME
from exemptions.countries import list_country_choices
from exemptions.forms.plate import PlateForm
from zones.models import Municipality

NEIGHBOURS = ("BE", "DE")
DUTCH = "dutch"
"""The name of the button for a Dutch plate, whichever country is chosen."""


class StreetCheckForm(PlateForm):
    """Made for a foreign plate, whose country is chosen each time; a Dutch one has a button of its own."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=gettext_lazy("Zone of"),
        empty_label=gettext_lazy("Choose a municipality"),
        to_field_name="cbs_code",
    )
    field_order = ("municipality", "plate", "country")

    def __init__(self, *args: Any, by: User, follows: Municipality | None = None, **kwargs: Any) -> None:
        """`follows`: a question about the same zone came just before, so the plate field has the answer read out."""
        super().__init__(*args, **kwargs)
        self.own = list(by.municipalities.all())
        if len(self.own) == 1:
            del self.fields["municipality"]
        else:
            self.fields["municipality"].queryset = by.municipalities.all()  # type: ignore[attr-defined]
            self.fields["municipality"].initial = follows
        self.fields["plate"].help_text = ""
        self.fields["plate"].widget.attrs |= {"autofocus": True} | ({"aria-describedby": "answer"} if follows else {})
        self.fields["country"] = forms.ChoiceField(
            label=gettext_lazy("Country of a foreign plate"),
            choices=list_foreign_choices,
            required=DUTCH not in self.data,
            error_messages={"required": _("Choose the country of the plate, or use the button for a Dutch plate.")},
        )

    def clean_country(self) -> str:
        """The Netherlands if its button was pressed, otherwise the country chosen."""
        return HOME if DUTCH in self.data else str(self.cleaned_data["country"])

    def clean(self) -> dict[str, Any]:
        """Add the municipality if there is no choice."""
        data = super().clean()
        return {**data, "municipality": self.own[0]} if len(self.own) == 1 else data

    def read(self) -> Question:
        """The question as a program would send it, about this moment."""
        plate, country, place = (self.cleaned_data[name] for name in ("plate", "country", "municipality"))
        return read_question({"plate": plate, "country": country, "zone": place.cbs_code})


def list_foreign_choices() -> list[Any]:
    """The countries for a select: the neighbours first, then the others in alphabetical order."""
    foreign = [choice for choice in list_country_choices() if choice[0] != HOME]
    near = [choice for choice in foreign if choice[0] in NEIGHBOURS]
    far = [choice for choice in foreign if choice[0] not in NEIGHBOURS]
    return [("", _("Choose the country")), (_("Neighbouring countries"), near), (_("Other countries"), far)]
