"""Which period somebody wants to see."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import day_field
from exemptions.models import Kind
from reporting.period import BadPeriod, Period

MISSING = {"required": gettext_lazy("Fill in this day.")}


class PeriodForm(forms.Form):
    """From, to, and as of: the names in the address are those of the report's JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = day_field(label=_("From"))
        self.fields["to"] = day_field(label=_("Up to and including"))
        self.fields["as_of"] = day_field(
            label=_("As of"), help_text=_("What was known at the end of this day; later events do not count.")
        )
        for field in self.fields.values():
            field.error_messages.update(MISSING)

    def clean(self) -> dict[str, Any]:
        """The period itself, where the three days make one."""
        data = super().clean() or {}
        if not self.errors:
            try:
                data["period"] = Period(data["from"], data["to"], data["as_of"])
            except BadPeriod as error:
                self.add_error(None, str(error))
        return data

    @property
    def period(self) -> Period:
        """What was asked; only where the form is valid."""
        period: Period = self.cleaned_data["period"]
        return period

    @property
    def query(self) -> str:
        """The same question as an address asks it."""
        days = {"from": self.period.first, "to": self.period.last, "as_of": self.period.as_of}
        return urlencode({name: day.isoformat() for name, day in days.items()})


def everything_until_yesterday() -> dict[str, str]:
    """The answers of somebody who asked nothing yet: since the first kind of exemption, until the last whole day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    opened = Kind.objects.aggregate(first=Min("valid_from"))["first"] or yesterday
    days = {"from": min(opened, yesterday), "to": yesterday, "as_of": yesterday}
    return {name: day.isoformat() for name, day in days.items()}
