"""Two questions below the answer of the access check, which lead to the best next step."""

from django import forms
from django.utils.translation import gettext_lazy

from exemptions.intake.advice import Plan, Said, Use


class AdviceForm(forms.Form):
    """Business or private use, and the reader's situation. Sent by GET: neither identifies a person or vehicle."""

    use = forms.ChoiceField(
        label=gettext_lazy("What do you use the vehicle for?"),
        choices=Use.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you use the vehicle for."),
            "invalid_choice": gettext_lazy("Choose what you use the vehicle for."),
        },
    )
    plan = forms.ChoiceField(
        label=gettext_lazy("Which of these is true for you?"),
        choices=Plan.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose which of these is true for you."),
            "invalid_choice": gettext_lazy("Choose which of these is true for you."),
        },
    )

    def said(self) -> Said:
        """The answers of a valid form."""
        return Said(Use(self.cleaned_data["use"]), Plan(self.cleaned_data["plan"]))
