"""Forms for changes that a holder can request, one for each wish, with known values filled in."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from exemptions import terms
from exemptions.forms.answer import make_paragraphs_field
from exemptions.forms.fields import day_field
from exemptions.forms.plate import PlateForm
from exemptions.models import Application, Exemption
from exemptions.steps.amendment import first_day


class ChangeForm(forms.Form):
    """A wish without fields; subclasses add theirs."""

    @staticmethod
    def usual(_application: Application, _exemption: Exemption) -> dict[str, Any]:
        """Initial values."""
        return {}

    def detail(self) -> dict[str, Any]:
        """Arguments for the step."""
        return dict(self.cleaned_data)


def make_explanation_field() -> forms.CharField:
    """An optional explanation by the holder."""
    return make_paragraphs_field(
        label=_("Your explanation"),
        help_text=_("This is optional, but it can help us to answer sooner."),
        required=False,
    )


class VehicleChangeForm(ChangeForm, PlateForm):
    """Which vehicle replaces the present one."""

    plate_label: ClassVar[StrOrPromise] = _("New number plate")

    explanation = make_explanation_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plate"].label = self.plate_label

    @staticmethod
    def usual(_application: Application, exemption: Exemption) -> dict[str, Any]:
        return {"country": exemption.country}


class TemporaryVehicleForm(VehicleChangeForm):
    """Which vehicle, from when and until when."""

    plate_label = _("Number plate of the temporary vehicle")

    starts_on = day_field(label=_("First day"))
    ends_on = day_field(label=_("Last day"))

    field_order = ("plate", "country", "starts_on", "ends_on", "explanation")

    @staticmethod
    def usual(_application: Application, exemption: Exemption) -> dict[str, Any]:
        return {"country": exemption.country, "starts_on": max(timezone.localdate(), first_day(exemption))}


class LongerForm(ChangeForm):
    """Until when, and why."""

    ends_on = day_field(label=_("New last day"))
    explanation = make_paragraphs_field(
        label=_("Why do you need it longer?"),
        help_text=_("For example: your new vehicle is delivered later."),
        error_messages={"required": _("Tell us why you need it longer.")},
    )

    @staticmethod
    def usual(application: Application, exemption: Exemption) -> dict[str, Any]:
        """The longest period that the kind allows, if it sets a limit."""
        return {"ends_on": find_latest_day(application, exemption)}


def find_latest_day(application: Application, exemption: Exemption) -> date | None:
    """The last day that the kind allows for this vehicle; None if nothing limits it."""
    facts, first = application.current_facts, first_day(exemption)
    return terms.latest_end(application.chosen_kind, facts=facts, starts_on=first)


class NameForm(ChangeForm):
    """The holder's new name."""

    name = forms.CharField(label=_("New name"), max_length=200, error_messages={"required": _("Fill in the new name.")})
    explanation = make_explanation_field()

    @staticmethod
    def usual(application: Application, _exemption: Exemption) -> dict[str, Any]:
        return {"name": str(application.applicant or "")}


class GiveBackForm(ChangeForm):
    """From when the exemption is no longer needed."""

    from_day = day_field(
        label=_("You no longer need it from"),
        help_text=_("Today: the exemption ends immediately, not at midnight."),
    )

    @staticmethod
    def usual(_application: Application, _exemption: Exemption) -> dict[str, Any]:
        return {"from_day": timezone.localdate()}
