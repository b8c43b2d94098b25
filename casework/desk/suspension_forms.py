"""The forms about a term that stands still, the same for every case type."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import suspensions
from casework.desk.forms import DayField, LetterText, StepForm, choose_from, get_today, get_tomorrow
from casework.models import TermSuspension

WHY_HELP = _("Why, and what we wait for. It stands in the letter.")


class InquiryForm(StepForm):
    """Whom we asked what, and when we expect the answer."""

    expected_on = DayField(
        label=_("Answer expected on"), help_text=_("From that day on the term is counted further."), first=get_tomorrow
    )
    reason = LetterText(label=_("Reason in the letter"), help_text=_("Which authority you asked, and for what."))


class SuspendForm(StepForm):
    """Why, since when, and how long we expect it to last."""

    suspended_by = forms.ChoiceField(label=_("Why the term stands still"), choices=suspensions.ByFact.choices)
    first_day = DayField(
        label=_("First day that stands still"),
        help_text=_("The day on which it began, today or earlier."),
        last=get_today,
    )
    expected_on = DayField(label=_("Expected to run again on"), first=get_tomorrow)
    reason = LetterText(label=_("Reason in the letter"), help_text=WHY_HELP)

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"first_day": timezone.localdate()}


class SuspensionForm(StepForm):
    """Which suspension."""

    suspension = forms.ModelChoiceField(
        TermSuspension.objects.none(), label=_("Why the term stands still"), empty_label=None
    )

    def prepare(self) -> None:
        choose_from(self, "suspension", suspensions.of_case(self.case).open())


class ProlongForm(SuspensionForm):
    """Until when instead."""

    expected_on = DayField(label=_("Expected to run again on"), first=get_tomorrow)
    reason = LetterText(label=_("Reason in the letter"), help_text=WHY_HELP)


class ResumeForm(SuspensionForm):
    """Since when it runs again."""

    runs_again_on = DayField(
        label=_("Runs again on"),
        help_text=_("The day on which the information came in, or the first day after the delay or the force majeure."),
        last=get_today,
    )

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"runs_again_on": timezone.localdate()}


class DelayProposalForm(StepForm):
    """Until when we ask."""

    until = DayField(label=_("Until"), help_text=_("The last day that the term would stand still."), first=get_tomorrow)
    reason = LetterText(label=_("Reason in the letter"), help_text=WHY_HELP)


class AgreementForm(StepForm):
    """When it came in."""

    agreed_on = DayField(
        label=_("Received"), help_text=_("The day on which the agreement came in, in writing."), last=get_today
    )

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"agreed_on": timezone.localdate()}
