"""The form on which letters are noted as posted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.desk.forms import DayField, StepForm, choose_from, get_today
from casework.models import Letter
from casework.shared_steps import to_post


class LettersField(forms.ModelMultipleChoiceField[Letter]):
    """Letters, each with the last day on which posting it still has effect, by its key in `days`."""

    days: Mapping[int, date | None] = {}

    def label_from_instance(self, obj: Letter) -> str:
        """Its subject and that day."""
        if day := self.days.get(obj.pk):
            return gettext("%(letter)s (loses its effect, or is late, when posted after %(day)s)") % {
                "letter": obj,
                "day": format_day(day),
            }
        return str(obj)


class PostForm(StepForm):
    """Which letters were posted, and when."""

    above = "desk/post_letters.html"

    letters = LettersField(Letter.objects.none(), label=_("Letters"), widget=forms.CheckboxSelectMultiple)
    posted_on = DayField(
        label=_("Posted on"),
        last=get_today,
        help_text=_("The day that stands on the printed letter: print it on the day on which you post it."),
    )

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"posted_on": timezone.localdate()}

    def prepare(self) -> None:
        """Those that wait, all of them ticked beforehand."""
        copies = to_post(self.case).with_effect_until(type(self.case))
        days = dict(copies.values_list("letter_id", "effect_until"))
        waiting = Letter.objects.filter(pk__in=days).order_by("placed_at", "pk")
        cast("LettersField", self.fields["letters"]).days = days
        choose_from(self, "letters", waiting)
        self.fields["letters"].initial = waiting
