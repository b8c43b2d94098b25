"""The form that chooses the period and the cases of a report."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.spreadsheets.cells import UNWRITABLE
from exemptions.forms.fields import day_field
from exemptions.models import KindVersion
from exemptions.terms import months_later
from reporting.figures.applications import SCOPES
from reporting.period import BadPeriod, Period
from reporting.returns.jurisdiction import with_zone
from reporting.selection import Selection


class WritableField(forms.CharField):
    """Text without the characters that no file can hold, such as invisible ones pasted from a word processor."""

    def to_python(self, value: Any) -> Any:
        """Strip them before validation, so that a field with nothing else is empty. Django refuses the NUL byte."""
        if isinstance(value, str) and "\0" not in value:
            value = UNWRITABLE.sub("", value)
        return super().to_python(value)


LETTER = Period(date(2024, 7, 1), date(2025, 7, 31), date(2025, 7, 31))
"""The period covered by the state secretary's letter to parliament of 29 September 2025."""
MISSING = {"required": gettext_lazy("Fill in this day.")}


class PeriodForm(forms.Form):
    """From, to, as of, and which cases. The query parameters are named as in the report's JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = day_field(label=_("From"))
        self.fields["to"] = day_field(label=_("Until"))
        self.fields["as_of"] = day_field(
            label=_("As of"), help_text=_("What was known at the end of this day; later events do not count.")
        )
        for field in self.fields.values():
            field.error_messages.update(MISSING)
        self.fields["scope"] = build_choice_field(SCOPES.items(), label=_("Scope"), everything=_("All scopes"))
        self.fields["kind"] = build_choice_field(list_kind_choices(), label=_("Kind"), everything=_("All kinds"))
        self.fields["municipality"] = build_choice_field(
            list_place_choices(), label=_("Municipality"), everything=_("All zones together")
        )

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the period."""
        return [self[name] for name in ("from", "to", "as_of")]

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields that choose among the cases."""
        return [self[field.name] for field in fields(Selection)]

    def clean(self) -> dict[str, Any]:
        """Add the `period` to the cleaned data, if the three days make one."""
        data = super().clean() or {}
        if not self.errors:
            try:
                only = Selection(**{field.name: data.get(field.name, "") for field in fields(Selection)})
                data["period"] = Period(data["from"], data["to"], data["as_of"], only)
            except BadPeriod as error:
                self.add_error(None, str(error))
        return data

    @property
    def period(self) -> Period:
        """The requested period; only if the form is valid."""
        period: Period = self.cleaned_data["period"]
        return period

    @property
    def query(self) -> str:
        """The requested period as a query string."""
        return build_query(self.period)


def build_default_answers() -> dict[str, str]:
    """The form's data before anybody chose: from the first kind of exemption until yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    opened = KindVersion.objects.aggregate(first=Min("valid_from"))["first"] or yesterday
    days = {"from": min(opened, yesterday), "to": yesterday, "as_of": yesterday}
    return {name: day.isoformat() for name, day in days.items()}


@dataclass(frozen=True)
class Choice:
    """A period that people often want, as a link."""

    title: str
    query: str


def list_period_choices() -> list[Choice]:
    """The period of the letter to parliament, this year so far, the last twelve months, and everything."""
    yesterday = timezone.localdate() - timedelta(days=1)
    this_year, year_ago = yesterday.replace(month=1, day=1), months_later(yesterday + timedelta(days=1), -12)
    return [
        Choice(_("The letter of 29 September 2025"), build_query(LETTER)),
        Choice(_("This year"), build_query(Period(this_year, yesterday, yesterday))),
        Choice(_("Last 12 months"), build_query(Period(year_ago, yesterday, yesterday))),
        Choice(_("Everything"), urlencode(build_default_answers())),
    ]


def build_query(period: Period) -> str:
    """A period as a query string."""
    days = {"from": period.first, "to": period.last, "as_of": period.as_of}
    return urlencode({name: day.isoformat() for name, day in days.items()} | period.only.as_data())


def build_choice_field(rows: Iterable[tuple[str, StrOrPromise]], *, label: str, everything: str) -> forms.ChoiceField:
    """An optional choice field, whose empty choice reads `everything`."""
    field = forms.ChoiceField(label=label, required=False, choices=[("", everything), *rows])
    field.error_messages["invalid_choice"] = _("We do not know %(value)s. Choose from the list.")
    return field


def list_kind_choices() -> list[tuple[str, str]]:
    """Codes and names of the kinds, sorted by name; a kind with several versions has its latest name."""
    names = {kind.code: kind.text("name") for kind in KindVersion.objects.order_by("valid_from")}
    return sorted(names.items(), key=lambda row: row[1])


def list_place_choices() -> list[tuple[str, str]]:
    """CBS codes and names of the municipalities with a zone."""
    return [(place.cbs_code, place.name) for place in with_zone()]
