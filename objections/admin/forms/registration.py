"""The form for an objection that came by post or at the counter."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.desk.forms import DayField, LongText, StepForm, get_today
from exemptions.forms.papers import PapersField
from exemptions.models import Application, Decision
from objections.models import Objection
from objections.steps.penalty import find_contestable_penalty

CHANNELS = [(one.value, one.label) for one in (Objection.Channel.POST, Objection.Channel.OTHER)]


class DecisionField(forms.ModelChoiceField[Decision]):
    """The decisions on one application."""

    def label_from_instance(self, obj: Decision) -> str:
        return f"{obj.get_outcome_display()}, {format_day(obj.dated_on)} – {obj.reference}"


class RegisterForm(StepForm):
    """The objection that came in. The case of this form is the application."""

    decision = DecisionField(Decision.objects.none(), label=_("Objection to"), empty_label=None)
    channel = forms.ChoiceField(label=_("Came in by"), choices=CHANNELS)
    received_on = DayField(label=_("Received"), help_text=_("The day it came in."), last=get_today)
    posted_on = DayField(
        label=_("Postmark"),
        required=False,
        last=get_today,
        help_text=_("What was posted in time may come in a week after the last day (Awb 6:9)."),
    )
    grounds = LongText(
        label=_("Grounds"),
        help_text=_("In the objector's own words, or ‘see the scan’. Leave it empty if there are none."),
        required=False,
        rows=6,
    )
    documents = PapersField(label=_("Scan and other files"))
    signed = forms.BooleanField(label=_("It is signed"), required=False)
    late_reason = LongText(
        label=_("Why it is late"), help_text=_("Where it came after the last day and says why."), required=False
    )
    contests_penalty = forms.BooleanField(
        label=_("Also disagrees with the penalty for deciding late (Awb 4:19)"), required=False
    )
    costs_asked = forms.BooleanField(label=_("Asks to be paid their costs (Awb 7:15)"), required=False)
    direct_appeal_asked = forms.BooleanField(label=_("Asks to go to the court directly (Awb 7:1a)"), required=False)

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        return {"decision": application.decisions.standing().last(), "channel": Objection.Channel.POST.value}

    def prepare(self) -> None:
        if isinstance(field := self.fields["decision"], forms.ModelChoiceField):
            field.queryset = find_objectable_decisions(self.case)
        if find_contestable_penalty(self.case) is None:
            del self.fields["contests_penalty"]

    def clean(self) -> dict[str, Any]:
        """Require text or a file: without either there is nothing to register."""
        data = super().clean() or {}
        if "documents" in data and not data.get("grounds", "").strip() and not data["documents"]:
            self.add_error("documents", gettext("Add the scan, or type the grounds."))
        return data

    def about(self) -> dict[str, Any]:
        """The field values of the new objection."""
        names = ("decision", "channel", "grounds", "signed", "late_reason", "costs_asked", "direct_appeal_asked")
        return {**{name: self.cleaned_data[name] for name in names}, "penalty": self.find_penalty()}

    def find_penalty(self) -> Decision | None:
        """The penalty that is contested along with the decision; None if the objection is about a penalty alone."""
        if not self.cleaned_data.get("contests_penalty") or not self.cleaned_data["decision"].is_on_application:
            return None
        return find_contestable_penalty(self.case)


def find_objectable_decisions(application: Application) -> QuerySet[Decision]:
    """The decisions to which one can object, latest first; revoked ones are left out."""
    decisions: QuerySet[Decision] = application.decisions.filter(revoked_at=None).order_by("-taken_at", "-pk")
    return decisions
