"""The forms to note a signal and to filter the list."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import day_field
from reporting.deliveries import readers
from reporting.deliveries.readers import LONGEST_TEXT
from reporting.forms import WritableField
from reporting.models import BranchSignal
from reporting.models.site import BranchSignalQuerySet
from reporting.period import EARLIEST, LATEST
from reporting.site.signals.services import SignalDetails

KNOWN_TOPICS, KNOWN_ORGANISATIONS = "known-topics", "known-organisations"
LINE = 200
ORDER = gettext_lazy("The last day is before the first day. Swap them.")


def make_period_fields(**options: Any) -> dict[str, forms.DateField]:
    """Fields for the first and last day of a period."""
    return {
        "first": day_field(label=_("From"), **options),
        "last": day_field(label=_("Until"), **options),
    }


def refuse_slip(day: date | None) -> date | None:
    """The day, unless its year can only be a typing error."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise ValidationError(
            _("The year %(year)s cannot be right. Check whether it has been typed correctly.") % {"year": day.year}
        )
    return day


class PeriodForm(forms.Form):
    """The first and last day of a period, in the right order if both are filled in."""

    def clean_first(self) -> date | None:
        """Refuse a year that can only be a typing error."""
        return refuse_slip(self.cleaned_data["first"])

    def clean_last(self) -> date | None:
        """Refuse a year that can only be a typing error."""
        return refuse_slip(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        """Refuse a first day after the last."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", ORDER)
        return data


class SignalForm(PeriodForm):
    """Which organisation raises what, about which days."""

    organisation = WritableField(
        label=gettext_lazy("Who"),
        help_text=gettext_lazy("The branch organisation or interest group. Use the same name each time."),
        max_length=LINE,
        widget=forms.TextInput(attrs={"list": KNOWN_ORGANISATIONS, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Fill in which organisation it is.")},
    )
    topic = WritableField(
        label=gettext_lazy("Topic"),
        help_text=gettext_lazy(
            "In a few words, for example: charging infrastructure. Signals with the same topic are counted together."
        ),
        max_length=LINE,
        widget=forms.TextInput(attrs={"list": KNOWN_TOPICS, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Fill in what it is about.")},
    )
    text = WritableField(
        label=gettext_lazy("What they ask attention for"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Fill in what they ask attention for.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= make_period_fields()
        self.fields["first"].help_text = _("The period that the organisation speaks about.")
        for name in ("first", "last"):
            self.fields[name].error_messages["required"] = _("Fill in this day.")

    def clean_organisation(self) -> str:
        """Normalise whitespace, which would otherwise make it another organisation."""
        return readers.read_line(self.cleaned_data["organisation"])

    def clean_topic(self) -> str:
        """Normalise whitespace, because signals are counted by topic."""
        return readers.read_line(self.cleaned_data["topic"])

    def clean_text(self) -> str:
        """Normalise line ends: a browser's are not a change of the text."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    @property
    def said(self) -> SignalDetails:
        """The signal to note; only if the form is valid."""
        data = self.cleaned_data
        return SignalDetails(data["organisation"], data["topic"], data["text"], data["first"], data["last"])


class FilterForm(PeriodForm):
    """Filters on period and topic; left empty, everything is shown."""

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= make_period_fields(required=False)
        self.fields["topic"] = forms.ChoiceField(
            label=_("Topic"),
            required=False,
            choices=[("", _("All topics")), *((topic, topic) for topic in topics)],
            error_messages={"invalid_choice": _("Nobody spoke about this topic. Choose another one.")},
        )

    def apply(self) -> BranchSignalQuerySet:
        """The current signals that match the filter; all of them if it is invalid."""
        found = BranchSignal.objects.standing()
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("first"):
            found = found.filter(last__gte=data["first"])
        if data.get("last"):
            found = found.filter(first__lte=data["last"])
        return found.filter(topic=data["topic"]) if data.get("topic") else found

    def rows(self) -> BranchSignalQuerySet:
        """The same, newest period first, joined to who noted them."""
        return self.apply().select_related("noted_by").order_by("-last", "organisation", "pk")


def list_known_values(name: str) -> list[str]:
    """The values of a field among the current signals, to choose from."""
    return list(BranchSignal.objects.standing().order_by(name).values_list(name, flat=True).distinct())
