"""The form on which letters are noted as posted."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import DayField, StepForm, choose_from, get_today
from casework.models import Letter
from casework.shared_steps import to_post


class PostForm(StepForm):
    """Which letters were posted, and when."""

    letters = forms.ModelMultipleChoiceField(
        Letter.objects.none(), label=_("Letters"), widget=forms.CheckboxSelectMultiple
    )
    posted_on = DayField(label=_("Posted on"), last=get_today)

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"posted_on": timezone.localdate()}

    def prepare(self) -> None:
        """Those that wait, all of them ticked beforehand."""
        waiting = Letter.objects.filter(pk__in=to_post(self.case).values("letter")).order_by("placed_at", "pk")
        choose_from(self, "letters", waiting)
        self.fields["letters"].initial = waiting
