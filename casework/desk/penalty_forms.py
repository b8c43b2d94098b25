"""The forms about being late, the same for every case type."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import penalties
from casework.desk.forms import DayField, LetterText, StepForm, get_today
from casework.models import DefaultNotice


class DefaultNoticeForm(StepForm):
    """When it came in."""

    received_on = DayField(
        label=_("Received"), help_text=_("The day on which the notice of default came in."), last=get_today
    )

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}


class PenaltyField(forms.ChoiceField):
    """What the days make, or nothing on a ground of the law. Something is always chosen: it is not called optional."""

    needed_sometimes = True

    def __init__(self) -> None:
        help_text = _("Nothing is due only on a ground of Awb 4:17, paragraph 5.")
        super().__init__(label=_("Penalty"), required=False, help_text=help_text)

    def offer_for(self, case: Any) -> None:
        """The sum stands in the list itself, in figures."""
        nothing = [(value, nothing_because(str(label))) for value, label in DefaultNotice.Without.choices]
        self.choices = [("", penalties.sum_in_words(case)), *nothing]


class PenaltyForm(StepForm):
    """Which penalty, and what the letter says about it."""

    without = PenaltyField()
    explanation = LetterText(label=_("Explanation in the letter"), required=False)


def nothing_because(label: str) -> str:
    """The words of a ground on which no penalty is due."""
    return gettext("no penalty: %(why)s") % {"why": label}
