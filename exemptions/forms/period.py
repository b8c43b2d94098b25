"""The form for where and when an exemption is needed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions import terms
from exemptions.forms.fields import day_field, refuse_far
from exemptions.models import FactsRecord, KindVersion
from zones.models import Municipality


class PeriodForm(forms.Form):
    """The municipality of a local kind, and the days."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=gettext_lazy("In which municipality?"),
        empty_label=gettext_lazy("Choose a municipality"),
        error_messages={"required": gettext_lazy("Choose the municipality.")},
    )
    wanted_from = day_field(
        label=gettext_lazy("From which day do you need the exemption?"),
        help_text=gettext_lazy("You have no exemption until you have our decision."),
    )
    wanted_until = day_field(
        label=gettext_lazy("Until which day?"),
        help_text=gettext_lazy("Leave this empty for the longest possible period."),
        required=False,
    )

    def __init__(
        self, *args: Any, kind: KindVersion, facts: FactsRecord | None, since: date | None = None, **kwargs: Any
    ) -> None:
        """`since`: the day on which the application came in, if not today."""
        super().__init__(*args, **kwargs)
        self.kind, self.facts, self.since = kind, facts, since or timezone.localdate()
        municipality = self.fields["municipality"]
        if not kind.is_municipal:
            del self.fields["municipality"]
        elif isinstance(municipality, forms.ModelChoiceField):
            municipality.queryset = kind.municipalities(on=timezone.localdate())

    def clean_wanted_from(self) -> date | None:
        """Refuse a day before the application came in, or implausibly far ahead."""
        day: date | None = self.cleaned_data["wanted_from"]
        if day is None:
            return None
        if day < self.since:
            raise forms.ValidationError(
                _("An exemption cannot start in the past. Choose today or a later day."), code="past"
            )
        return refuse_far(day)

    def clean_wanted_until(self) -> date | None:
        """Refuse a day implausibly far ahead."""
        day: date | None = self.cleaned_data["wanted_until"]
        return refuse_far(day) if day else None

    def clean(self) -> dict[str, Any]:
        """Require the end on or after the start, and both within what the kind allows."""
        data = super().clean() or {}
        first, last = data.get("wanted_from"), data.get("wanted_until")
        if first:
            latest = terms.latest_end(self.kind, facts=self.facts, starts_on=first)
            if latest and first > latest:
                self.add_error(
                    "wanted_from", _("This exemption can run until %(day)s at the latest.") % describe_day(latest)
                )
            elif last and last < first:
                self.add_error("wanted_until", _("The last day is before the first day. Choose a later day."))
            elif last and latest and last > latest:
                message = _(
                    "Counted from that first day, the exemption can run until %(day)s at the latest."
                ) % describe_day(latest)
                self.add_error("wanted_until", message)
        return data


def describe_day(day: date) -> dict[str, str]:
    """The day as a parameter for a sentence."""
    return {"day": date_format(day, "DATE_FORMAT")}
