"""Over which days a team lead looks back."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exemptions.forms.fields import day_field
from reporting.period import BadPeriod, Period

USUAL = timedelta(weeks=13)
"""A quarter: short enough to steer by, long enough for more than a few decisions of each."""


class TeamPeriodForm(forms.Form):
    """The first and the last day; `period` where they make one."""

    first = day_field(label=_("From"))
    last = day_field(label=_("Until"))

    @classmethod
    def read(cls, asked: Any) -> "TeamPeriodForm":
        """What the address asks; the last quarter where it asks nothing."""
        today = timezone.localdate()
        return cls(asked or {"first": (today - USUAL).isoformat(), "last": today.isoformat()})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["period"] = period_of(data["first"], data["last"])
            except BadPeriod as error:
                self.add_error(None, str(error))
        return data

    @property
    def period(self) -> Period | None:
        """The days, as they are known now; None if they make no period."""
        period: Period | None = self.cleaned_data.get("period") if self.is_valid() else None
        return period


def period_of(first: date, last: date) -> Period:
    """Whole days, with everything that is known by now. Raises BadPeriod."""
    return Period(first, last, max(first, timezone.localdate()))
