"""The form to correct the facts of a vehicle, and the facts in words."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.desk.forms import DayField, LongText, get_today
from casework.formats import format_boolean
from exemptions.admin.step_forms import ApplicationForm
from exemptions.intake import access
from exemptions.intake.prefill import AccessQuestion
from exemptions.models import Application
from zones.access import VehicleFacts
from zones.vehicles import EMISSION_CLASSES

CATEGORY = [("", _("unknown")), ("van", _("van")), ("truck", _("truck")), ("other", _("something else"))]
SUBTYPE = [("", _("unknown")), ("rigid", _("rigid truck")), ("tractor", _("tractor unit"))]
EMISSION = [("", _("unknown")), *((sign, sign) for sign in EMISSION_CLASSES)]
HYBRID = [("", _("unknown")), ("yes", _("yes")), ("no", _("no"))]
DECIDING = ("category", "subtype", "emission_class", "first_admission", "body_codes", "remark_codes", "plug_in_hybrid")


class FactsForm(ApplicationForm):
    """The facts that decide; any that the colleague leaves alone stay as they were."""

    category = forms.ChoiceField(label=_("Kind of vehicle"), choices=CATEGORY, required=False)
    subtype = forms.ChoiceField(label=_("Kind of truck"), choices=SUBTYPE, required=False)
    emission_class = forms.ChoiceField(
        label=_("Emission class"), choices=EMISSION, required=False, help_text=_("Z is emission-free.")
    )
    first_admission = DayField(label=_("First registration"), required=False, last=get_today)
    body_codes = forms.CharField(
        label=_("Body codes"), required=False, help_text=_("Separated by commas, without leading zeros.")
    )
    remark_codes = forms.CharField(
        label=_("Remark codes"), required=False, help_text=_("Separated by commas, without leading zeros.")
    )
    plug_in_hybrid = forms.ChoiceField(label=_("Plug-in hybrid"), choices=HYBRID, required=False)
    make = forms.CharField(label=_("Make"), required=False, max_length=100)
    model = forms.CharField(label=_("Model"), required=False, max_length=100)
    reason = LongText(label=_("Reason"), help_text=_("What you saw, and where."))
    found_wrong = forms.BooleanField(
        label=_("On these data the day exemption could not have been given"),
        required=False,
        help_text=_("Ask the applicant for a view. A colleague then revokes it, or confirms the data."),
    )

    def prepare(self) -> None:
        """For an unchecked day exemption, say whether the register now knows the vehicle."""
        if not self.application.has_standing_day():
            del self.fields["found_wrong"]
        if is_to_check(self.application):
            found = asked_again(self.application)
            self.fields["category"].help_text = (
                gettext("The register knows this vehicle now. Its data have been filled in.")
                if found
                else gettext("The register has no answer for this vehicle: this is what the applicant typed.")
            )

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        facts = find_known_facts(application)
        codes = {name: ", ".join(sorted(getattr(facts, name))) for name in ("body_codes", "remark_codes")}
        hybrid = {True: "yes", False: "no", None: ""}[facts.plug_in_hybrid]
        plain = {
            name: getattr(facts, name)
            for name in ("category", "subtype", "emission_class", "first_admission", "make", "model")
        }
        return {**plain, **codes, "plug_in_hybrid": hybrid}

    def detail(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        said: dict[str, Any] = {name: values.pop(name) for name in ("reason", "found_wrong") if name in values}
        for name in ("body_codes", "remark_codes"):
            values[name] = frozenset(code.strip() for code in values[name].split(",") if code.strip())
        for name in ("category", "subtype", "emission_class"):
            values[name] = values[name] or None
        values["plug_in_hybrid"] = {"yes": True, "no": False}.get(values["plug_in_hybrid"])
        return {"facts": replace(find_known_facts(self.application), **values), **said}


def find_known_facts(application: Application) -> VehicleFacts:
    """The current facts of the vehicle; empty if nobody supplied any."""
    if is_to_check(application) and (found := asked_again(application)):
        return found
    record = application.current_facts
    return record.vehicle if record else VehicleFacts()


def is_to_check(application: Application) -> bool:
    """Whether it is a day exemption granted on what the applicant typed."""
    return application.has_ended and not application.facts_verified


def asked_again(application: Application) -> VehicleFacts | None:
    """The register's facts today; None if it does not respond or does not know the kind of vehicle."""
    asked = AccessQuestion(plate=application.plate, country=application.country, on=timezone.localdate())
    _state, lookup = access.look_up_vehicle(asked)
    return lookup.facts if lookup and lookup.facts.category else None


def in_words(facts: VehicleFacts) -> list[tuple[str, str]]:
    """The facts as names and values, the deciding ones first; unknown values of the others are left out."""
    rows = [
        (gettext("Kind of vehicle"), str(dict(CATEGORY).get(facts.category or "", facts.category))),
        (gettext("Kind of truck"), str(dict(SUBTYPE)[facts.subtype]) if facts.subtype else ""),
        (gettext("Emission class"), facts.emission_class or gettext("unknown")),
        (
            gettext("First registration"),
            format_day(facts.first_admission) if facts.first_admission else gettext("unknown"),
        ),
        (gettext("Body codes"), ", ".join(sorted(facts.body_codes))),
        (gettext("Remark codes"), ", ".join(sorted(facts.remark_codes))),
        (gettext("Plug-in hybrid"), format_boolean(facts.plug_in_hybrid)),
        (gettext("Make and model"), f"{facts.make} {facts.model}".strip()),
        (gettext("Body"), facts.body),
        (gettext("Fuels"), ", ".join(facts.fuels)),
        (gettext("European category"), facts.european_category),
        *describe_masses(facts),
        (gettext("In this holder's name since"), format_day(facts.name_since) if facts.name_since else ""),
    ]
    return [(name, value) for name, value in rows if value]


def describe_masses(facts: VehicleFacts) -> list[tuple[str, str]]:
    """Masses and electric range, if known."""
    named = [
        (gettext("Largest mass"), facts.max_mass_kg, "kg"),
        (gettext("Empty mass"), facts.empty_mass_kg, "kg"),
        (gettext("Payload"), facts.payload_kg, "kg"),
        (gettext("May tow"), facts.towing_kg, "kg"),
        (gettext("Electric range"), facts.electric_range_km, "km"),
    ]
    return [
        (name, f"{number_format(value, force_grouping=True)} {unit}" if value is not None else "")
        for name, value, unit in named
    ]
