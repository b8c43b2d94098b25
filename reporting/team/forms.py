"""Forms for the days that a team lead looks back over, the sample to draw, and a reviewer's findings."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exemptions.forms.fields import day_field
from exemptions.models import Kind
from reporting.forms import list_kind_choices
from reporting.models import ReviewAnswer, ReviewQuestion
from reporting.models.quality import MOST_DRAWN
from reporting.period import BadPeriod, Period
from reporting.team.quality import Finding

USUAL = timedelta(weeks=13)
"""A quarter: short enough to steer by, long enough for more than a few decisions per colleague."""


class TeamPeriodForm(forms.Form):
    """The first and the last day, as `period` if they make one."""

    first = day_field(label=_("From"))
    last = day_field(label=_("Until"))

    @classmethod
    def read(cls, asked: Any) -> "TeamPeriodForm":
        """The form with the query string's days; by default the last quarter."""
        return cls(asked or cls.usual())

    @staticmethod
    def usual() -> dict[str, str]:
        """The days of the last quarter, as form data."""
        today = timezone.localdate()
        return {"first": (today - USUAL).isoformat(), "last": today.isoformat()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["period"] = build_period(data["first"], data["last"])
            except BadPeriod as error:
                self.add_error(None, str(error))
        return data

    @property
    def period(self) -> Period | None:
        """The period, as known now; None if the days make none."""
        period: Period | None = self.cleaned_data.get("period") if self.is_valid() else None
        return period


def build_period(first: date, last: date) -> Period:
    """A period with everything known by now. Raises BadPeriod."""
    return Period(first, last, max(first, timezone.localdate()))


class DrawForm(TeamPeriodForm):
    """The days and the kind of the decisions, and how many to draw."""

    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), required=False, empty_label=_("all kinds"))
    number = forms.IntegerField(label=_("Number of decisions"), min_value=1, max_value=MOST_DRAWN, initial=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(list_kind_choices())
        kind: Any = self.fields["kind"]
        kind.label_from_instance = lambda one: names.get(one.code, one.code)


class ReviewForm(forms.Form):
    """An answer to each of today's questions, with a remark if something is wrong."""

    def __init__(self, *args: Any, questions: Iterable[ReviewQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for number, one in enumerate(self.questions, start=1):
            self.fields[f"answer_{one.pk}"] = forms.ChoiceField(
                label=f"{number}. {one}",
                choices=ReviewAnswer.Answer.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
            self.fields[f"remark_{one.pk}"] = forms.CharField(
                label=gettext("Remark on question %(number)s") % {"number": number},
                required=False,
                max_length=1000,
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Require a remark with each 'no': nobody learns from a bare one."""
        data = super().clean() or {}
        for one in self.questions:
            name = f"remark_{one.pk}"
            said = str(data.get(name, "")).strip()
            if data.get(f"answer_{one.pk}") == ReviewAnswer.Answer.NO and not said and name not in self.errors:
                self.add_error(name, _("Say what is not as it should be."))
        return data

    @property
    def findings(self) -> dict[ReviewQuestion, Finding]:
        """The findings by question; only if the form is valid."""
        data = self.cleaned_data
        return {one: Finding(data[f"answer_{one.pk}"], data[f"remark_{one.pk}"].strip()) for one in self.questions}
