"""Forms of the fleet: a list of plates, a remark, and what is the same for many vehicles."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.uploads.refusals import FileRefused
from exemptions.fleet import limits, paste_parser, sheets
from exemptions.fleet.paste_parser import Entry
from exemptions.forms.facts import CATEGORIES
from exemptions.forms.fields import day_field
from exemptions.models import EvidenceItem, EvidenceRequirement, FleetRow, KindVersion
from exemptions.models.evidence import REGISTRATION
from exemptions.models.vehicle import LONGEST_REMARK
from zones.models import Municipality, Zone
from zones.plates import spell_plate

AHEAD = timedelta(days=365)
LONGEST_LIST = 400_000
"""The maximum number of characters in one request, to protect the server; no honest list comes near it."""


class AddForm(forms.Form):
    """Plates, either typed or pasted, or in a file."""

    plates = forms.CharField(
        label=gettext_lazy("Number plates"),
        help_text=gettext_lazy(
            "One on each line, with or without dashes. After it you may type a remark, such as the vehicle's nickname."
        ),
        widget=forms.Textarea(
            attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false", "class": "fleet-plates"}
        ),
        max_length=LONGEST_LIST,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with number plates"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV: plates in the first column, remarks in the second."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,  # the reader explains what is wrong with it
        required=False,
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.is_required = True  # one of the two is required, so neither should say that it is optional
        self.entries: list[Entry] = []
        self.file_name = ""

    def clean(self) -> dict[str, Any]:
        """Read the list from whichever of the two was given."""
        data = super().clean() or {}
        typed, upload = (data.get("plates") or "").strip(), data.get("file")
        if typed and upload:
            self.add_error("file", _("You pasted plates and chose a file. Use only one of them: empty the other."))
        elif upload:
            self.read("file", lambda: sheets.read_upload(upload, most=limits.in_a_list()))
        elif typed:
            self.read("plates", lambda: ("", paste_parser.read_paste(typed, most=limits.in_a_list())))
        elif not self.errors:
            self.add_error("plates", _("Type or paste number plates, or choose a file."))
        return data

    def read(self, field: str, reader: Any) -> None:
        """Read the list; if it is unusable as a whole, add the error to its field."""
        try:
            self.file_name, self.entries = reader()
        except FileRefused as refused:
            self.add_error(field, forms.ValidationError(refused.messages))


class RemarkForm(forms.Form):
    """A remark by which people recognise a vehicle."""

    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("For example, a nickname, a driver or a route."),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def municipality_field() -> forms.ModelChoiceField[Municipality]:
    """A choice of the municipalities that have a zone today."""
    in_force = Zone.objects.in_force(on=timezone.localdate())
    return forms.ModelChoiceField(
        Municipality.objects.filter(zones__in=in_force).distinct(),
        label=_("In which municipality?"),
        empty_label=_("Choose a municipality"),
        error_messages={"required": _("Choose the municipality."), "invalid_choice": _("Choose the municipality.")},
    )


class CheckForm(forms.Form):
    """One day and one municipality for a whole fleet."""

    day = day_field(label=gettext_lazy("On which day?"))
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"municipality": municipality_field(), **self.fields}

    def clean_day(self) -> date:
        return refuse_past(self.cleaned_data["day"])


def refuse_past(day: date) -> date:
    """Return the day; raises ValidationError if it is over, or more than a year ahead."""
    if day < timezone.localdate():
        raise forms.ValidationError(_("This day is over. Choose today or a later day."), code="past")
    if day > timezone.localdate() + AHEAD:
        raise forms.ValidationError(_("Choose a day within the next year."), code="far")
    return day


class ManyDaysForm(CheckForm):
    """Where and on which day many vehicles need a day exemption."""

    def clean(self) -> dict[str, Any]:
        """Require a zone in that municipality on that day."""
        data = super().clean() or {}
        where, day = data.get("municipality"), data.get("day")
        if where and day and not where.zones.in_force(on=day).filter(starts_on__lte=day).exists():
            self.add_error("municipality", _("There is no zero-emission zone in this municipality on that day."))
        return data


class ClassesForm(forms.Form):
    """Van or truck, only for the vehicles that the register does not classify."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: Sequence[FleetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"class-{row.pk}": row for row in rows}
        for name, row in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=_("What kind of vehicle is %(plate)s?") % {"plate": spell_plate(row.plate)},
                choices=CATEGORIES[:2],
                widget=forms.RadioSelect,
                required=False,
                help_text=_("The register does not say. Leave this empty to skip this vehicle."),
                initial=row.vehicle_class,
            )

    def chosen(self) -> dict[int, str]:
        """The chosen classes by the key of the row."""
        return {row.pk: self.cleaned_data.get(name) or "" for name, row in self.rows.items()}


def items_of(kind: KindVersion) -> list[EvidenceItem]:
    """An unsaved checklist of a kind, for `FilesForm`; without the registration document, as plates here are Dutch."""
    wanted = [requirement for requirement in find_required_evidence(kind) if requirement.code != REGISTRATION]
    return [EvidenceItem(requirement=requirement) for requirement in wanted]


def find_required_evidence(kind: KindVersion) -> list[EvidenceRequirement]:
    """The evidence that a kind requires for a Dutch vehicle: the register replaces the registration document."""
    return [one for one in kind.evidence.all() if one.code != REGISTRATION]
