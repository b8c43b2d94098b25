"""What one fills in about a signal, and which signals one wants to see."""

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
    """The two ends of a period."""
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
    """Two days in the right order, where both are there."""

    def clean_first(self) -> date | None:
        """A day that somebody can mean."""
        return refuse_slip(self.cleaned_data["first"])

    def clean_last(self) -> date | None:
        """A day that somebody can mean."""
        return refuse_slip(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", ORDER)
        return data


class SignalForm(PeriodForm):
    """Who asks attention for what."""

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
        """One spelling: spaces that nobody sees would make it another organisation."""
        return readers.read_line(self.cleaned_data["organisation"])

    def clean_topic(self) -> str:
        """As with the organisation: by its topic a signal is counted."""
        return readers.read_line(self.cleaned_data["topic"])

    def clean_text(self) -> str:
        """With normalised line ends: those of a browser are not a change."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    @property
    def said(self) -> SignalDetails:
        """What is noted; only where the form is valid."""
        data = self.cleaned_data
        return SignalDetails(data["organisation"], data["topic"], data["text"], data["first"], data["last"])


class FilterForm(PeriodForm):
    """Of which period, about which topic; empty is everything."""

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
        """The current signals that were asked for; all of them if the filter is invalid."""
        found = BranchSignal.objects.standing()
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("first"):
            found = found.filter(last__gte=data["first"])
        if data.get("last"):
            found = found.filter(first__lte=data["last"])
        return found.filter(topic=data["topic"]) if data.get("topic") else found

    def rows(self) -> BranchSignalQuerySet:
        """The same in the order of the page, with who noted them: the newest period first."""
        return self.apply().select_related("noted_by").order_by("-last", "organisation", "pk")


def list_known_values(name: str) -> list[str]:
    """What stood in a field of the signals so far, to choose from."""
    return list(BranchSignal.objects.standing().order_by(name).values_list(name, flat=True).distinct())
