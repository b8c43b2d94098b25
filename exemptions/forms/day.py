"""The form for a day exemption: for whom, which vehicle, where and when."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.day_exemptions import get_day_maximum
from exemptions.forms.applicant import describe_applicant
from exemptions.forms.facts import CATEGORIES
from exemptions.forms.fields import day_field
from exemptions.forms.plate import PlateForm
from exemptions.models import Applicant
from zones.models import Municipality, Zone

AHEAD = timedelta(days=365)
LONGEST = timedelta(days=31)
"""The longest period in one form; the yearly maximum is the real limit."""


class DayForm(PlateForm):
    """The one short form. It asks for the vehicle class only if the register lacks it: see `ask_class`."""

    applicant = forms.ChoiceField(
        label=gettext_lazy("Who are you applying for?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who you are applying for.")},
    )
    vehicle_class = forms.ChoiceField(
        label=gettext_lazy("What kind of vehicle is it?"),
        help_text=gettext_lazy("Use the permitted maximum mass."),
        choices=CATEGORIES,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"required": gettext_lazy("Choose what kind of vehicle it is.")},
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=gettext_lazy("In which municipality?"),
        empty_label=gettext_lazy("Choose a municipality"),
        error_messages={"required": gettext_lazy("Choose the municipality.")},
    )
    day = day_field(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("The exemption is valid from 00:00 that day until 06:00 the next morning."),
    )
    until = day_field(
        label=gettext_lazy("Until which day?"),
        help_text=gettext_lazy("Only for several days in a row: you get a day exemption for each of them."),
        required=False,
    )
    field_order = ("applicant", "plate", "country", "vehicle_class", "municipality", "day", "until")

    def __init__(self, *args: Any, applicants: Sequence[Applicant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applicants = {str(one.pk): one for one in applicants}
        applicant, municipality = self.fields["applicant"], self.fields["municipality"]
        if isinstance(applicant, forms.ChoiceField):
            applicant.choices = [(pk, describe_applicant(one)) for pk, one in self.applicants.items()]
        if isinstance(municipality, forms.ModelChoiceField):
            in_force = Zone.objects.in_force(on=timezone.localdate())
            municipality.queryset = Municipality.objects.filter(zones__in=in_force).distinct()
        self.fields["day"].initial = timezone.localdate()
        self.loose = {f"day_{number}": number for number in range(2, get_day_maximum(timezone.localdate()) + 1)}
        for name, number in self.loose.items():
            self.fields[name] = day_field(label=_("Day %(number)s") % {"number": number}, required=False)
            self.fields[name].widget.is_required = True  # one sentence above them says that they are optional
        if len(self.applicants) == 1:
            del self.fields["applicant"]
        self.asks_class = False
        if self.is_bound and self.data.get("vehicle_class"):
            self.ask_class()

    def ask_class(self) -> None:
        """Ask for the vehicle class, which the register does not know."""
        self.asks_class = self.fields["vehicle_class"].required = True

    def clean_day(self) -> date:
        """Refuse a day that is over or more than a year ahead."""
        return refuse_impossible(self.cleaned_data["day"])

    def clean_until(self) -> date | None:
        """Refuse a last day before the first, or implausibly late."""
        until: date | None = self.cleaned_data["until"]
        first: date | None = self.cleaned_data.get("day")
        if until is None or first is None:
            return None
        if until < first:
            raise forms.ValidationError(_("This day is before the first day."), code="before")
        if until - first >= LONGEST:
            message = _("You can apply for at most %(days)s days at a time.") % {"days": LONGEST.days}
            raise forms.ValidationError(message, code="long")
        return until

    def clean(self) -> dict[str, Any]:
        """Validate each additional day, with an error of its own."""
        data = super().clean() or {}
        for name in self.loose:
            try:
                data[name] = data.get(name) and refuse_impossible(data[name])
            except forms.ValidationError as refused:
                self.add_error(name, refused)
        return data

    def days(self) -> list[date]:
        """All requested days, sorted and without duplicates."""
        first: date = self.cleaned_data["day"]
        last: date = self.cleaned_data["until"] or first
        row = {first + timedelta(days=number) for number in range((last - first).days + 1)}
        return sorted(row | {self.cleaned_data[name] for name in self.loose if self.cleaned_data[name]})

    @property
    def loose_days(self) -> list[forms.BoundField]:
        """The fields for days that need not be consecutive; with the first day, there are as many as a year allows."""
        return [self[name] for name in self.loose]

    @property
    def has_loose_days(self) -> bool:
        """Whether any of those fields was filled in, validly or not."""
        return any(field.value() for field in self.loose_days)

    @property
    def asks_one_day(self) -> bool:
        """Whether neither a last day nor an additional day was filled in."""
        return not self["until"].value() and not self.has_loose_days

    def field_of(self, day: date) -> str:
        """The name of the field with this day; `until` for a day in the middle of a period."""
        named = (name for name in ("day", *self.loose) if self.cleaned_data.get(name) == day)
        return next(named, "until")

    def chosen_applicant(self) -> Applicant:
        """The chosen applicant, by default the first."""
        return self.applicants[self.cleaned_data.get("applicant") or next(iter(self.applicants))]


def refuse_impossible(day: date) -> date:
    """Return the day; raises ValidationError if it is over, or more than a year ahead."""
    if day < timezone.localdate():
        message = _("This day is over. You can apply for a day exemption until midnight on the day itself.")
        raise forms.ValidationError(message, code="past")
    if day > timezone.localdate() + AHEAD:
        raise forms.ValidationError(_("You can apply for a day exemption up to a year ahead."), code="far")
    return day
