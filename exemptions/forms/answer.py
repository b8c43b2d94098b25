"""Forms for answers from the applicant's side: to a request, to other data, to the vehicle's facts; and withdrawing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exemptions.forms.evidence import FilesForm
from exemptions.models import Satisfaction

LONGEST = 5000  # characters


def make_paragraphs_field(**options: Any) -> forms.CharField:
    """A text field for a few paragraphs."""
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        **options,
    )


class SupplyForm(FilesForm):
    """Files for each requested item, and an explanation. The step itself checks that at least one of them is there."""

    answer = make_paragraphs_field(
        label=_("Your explanation"),
        help_text=_("For example, if you do not have a document, or need more time."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.items:
            self.fields[name].required = True  # we asked for it, whether or not the kind itself requires it
        self.order_fields([*self.items, "answer"])


class ViewForm(forms.Form):
    """The applicant's view on data that differ from their own (Awb 4:7)."""

    view = make_paragraphs_field(
        label=_("Your view"),
        help_text=_("Do you agree with these details? If not, what is correct, and how can we check it?"),
        error_messages={"required": _("Write down your view first.")},
    )


class AgreementForm(forms.Form):
    """Agrees to a later decision."""

    sure = forms.BooleanField(
        label=_("I agree that you may decide later."), error_messages={"required": _("Tick the box if you agree.")}
    )


class RateForm(forms.Form):
    """How satisfied somebody is with our handling of the application."""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you with how we handled your application?"),
        choices=[(str(value), label) for value, label in reversed(Satisfaction.Score.choices)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five answers.")},
    )
    remark = make_paragraphs_field(
        label=_("What could we do better?"),
        help_text=_("This is optional. Do not write anything about your health or your finances."),
        required=False,
    )


class WithdrawForm(forms.Form):
    """Withdraws an application."""

    reason = make_paragraphs_field(
        label=_("Why are you withdrawing it?"),
        help_text=_("It helps us to improve. You do not have to tell us."),
        required=False,
    )
    sure = forms.BooleanField(
        label=_("I want to withdraw this application."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )


class DefaultNoticeForm(forms.Form):
    """A notice of default for deciding late (ingebrekestelling, Awb 4:17(3))."""

    sure = forms.BooleanField(
        label=_("I hereby give notice of default: you are late, and I want a decision within two weeks."),
        error_messages={"required": _("Tick the box to send the notice of default.")},
    )


class DisputeForm(forms.Form):
    """What is wrong with the vehicle's data."""

    why = make_paragraphs_field(
        label=_("What is wrong, and what should it be?"),
        help_text=_("A caseworker will look at it. Keep your registration certificate to hand."),
        error_messages={"required": _("Tell us what is wrong, and what it should be.")},
    )
