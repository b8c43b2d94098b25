"""The forms about being late, the same for every sort of case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import penalties
from casework.desk.forms import LongText, StepForm, day_input
from casework.models import DefaultNotice


class DefaultNoticeForm(StepForm):
    """When it came in."""

    received_on = forms.DateField(
        label=_("Received"), widget=day_input(), help_text=_("The day on which the notice of default came in.")
    )

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}


class PenaltyForm(StepForm):
    """What the days make, or nothing on a ground of the law."""

    without = forms.ChoiceField(
        label=_("Penalty"),
        required=False,
        choices=(),
        help_text=_("Nothing is due only on a ground of Awb 4:17, paragraph 5."),
    )
    explanation = LongText(label=_("Explanation in the letter"), required=False)

    def prepare(self) -> None:
        """The sum stands in the list itself, in figures."""
        field = self.fields["without"]
        if isinstance(field, forms.ChoiceField):
            nothing = [(value, nothing_because(str(label))) for value, label in DefaultNotice.Without.choices]
            field.choices = [("", penalties.sum_in_words(self.case)), *nothing]


def nothing_because(label: str) -> str:
    """The words of a ground on which no penalty is due."""
    return gettext("no penalty: %(why)s") % {"why": label}
