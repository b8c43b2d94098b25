"""The form of every step that forwards something to another body (Awb 2:3(1), 6:15)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.clock import today
from casework.desk.forms import LetterText, StepForm, choose_from
from casework.models import OtherBody


class ForwardForm(StepForm):
    """To whom, and why it is theirs."""

    body = forms.ModelChoiceField(OtherBody.objects.none(), label=_("Forward to"), empty_label=_("Choose a body"))
    because = LetterText(label=_("Why it is theirs"), help_text=_("The sender and the other body read it."))

    def prepare(self) -> None:
        choose_from(self, "body", OtherBody.objects.to_forward_to(on=today()))
