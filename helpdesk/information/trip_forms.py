"""The form that asks what driving into a zone costs."""

from django import forms
from django.utils.translation import gettext_lazy

from exemptions.forms.facts import CATEGORIES

MOST_DAYS = 31


class TripForm(forms.Form):
    """Which vehicle, and on how many days a month."""

    vehicle = forms.ChoiceField(
        label=gettext_lazy("What kind of vehicle is it?"),
        help_text=gettext_lazy("Use the permitted maximum mass."),
        choices=CATEGORIES[:2],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of vehicle it is.")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("On how many days a month do you drive into the zone?"),
        help_text=gettext_lazy("A number from 1 to 31."),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "required": gettext_lazy("Type on how many days a month you drive into the zone."),
            "invalid": gettext_lazy("Type a whole number from 1 to 31."),
            "min_value": gettext_lazy("Type a whole number from 1 to 31."),
            "max_value": gettext_lazy("Type a whole number from 1 to 31."),
        },
    )

    use_required_attribute = False
