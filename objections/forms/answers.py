"""What the objector's side answers: what was missing, about the hearing, more papers; and taking the objection back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exemptions.forms.answer import make_paragraphs_field
from objections.forms.files import RequestedText, WithFiles
from objections.forms.objection import LONGEST


class RepairForm(WithFiles):
    """What was missing, in words or as files; the step itself looks whether there is either."""

    answer = RequestedText(
        label=_("Your answer"),
        help_text=_("Write down what we asked for. You may also add it as a file."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LONGEST,
    )
    field_order = ("answer", "added")


class PapersForm(WithFiles):
    """Papers that join the file."""


class HearingForm(forms.Form):
    """Does the objector want to be heard (Awb 7:2)?"""

    wants = forms.ChoiceField(
        label=_("Do you want to tell your side in a hearing?"),
        choices=[("yes", _("Yes, I want a hearing")), ("no", _("No, I do not need a hearing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    reply = make_paragraphs_field(
        label=_("Anything we should know?"),
        help_text=_("For instance days on which you cannot come, or that you need an interpreter or step-free access."),
        required=False,
    )


class DeclineHearingForm(forms.Form):
    """The invited objector does not want to be heard after all (Awb 7:3(c))."""

    sure = forms.BooleanField(
        label=_("I do not want a hearing any more."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
    reply = make_paragraphs_field(
        label=_("Anything we should know?"), help_text=_("You do not have to tell us why."), required=False
    )


class CostsForm(forms.Form):
    """Asking for the costs of the objection (Awb 7:15): nothing to fill in."""


class WithdrawForm(forms.Form):
    """Taking the objection back (Awb 6:21)."""

    reason = make_paragraphs_field(
        label=_("Why are you withdrawing your objection?"),
        help_text=_("It helps us to do better. You do not have to tell us."),
        required=False,
    )
    sure = forms.BooleanField(
        label=_("I want to withdraw this objection."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
