"""The form of an objection (Awb 6:5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from objections.forms.files import RequestedText, WithFiles
from objections.portal.drafts import WORDS

LONGEST = 20_000  # characters; about eight pages


class ObjectionForm(WithFiles):
    """Grounds, files, why it is late, and two wishes. Only `to_send` asks what an objection cannot do without."""

    grounds = RequestedText(
        label=gettext_lazy("Why do you disagree with the decision?"),
        help_text=gettext_lazy(
            "Write in your own words what is wrong with our decision, and what it should be. For instance: "
            "which fact is incorrect, what we did not know, or why your situation is different."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LONGEST,
    )
    pro_forma = forms.BooleanField(
        label=gettext_lazy("I will send my reasons later."),
        help_text=gettext_lazy(
            "If there is little time left, send your objection now. We will write to you until when you "
            "can send your reasons."
        ),
        required=False,
    )
    late_reason = RequestedText(
        label=gettext_lazy("Why are you late?"),
        help_text=gettext_lazy(
            "For instance: the letter reached you too late, or you were in hospital. You can add proof "
            "below. A person will look at your reason."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    direct_appeal_asked = forms.BooleanField(
        label=gettext_lazy("I want to go directly to the court, without a decision on my objection."), required=False
    )
    costs_asked = forms.BooleanField(label=gettext_lazy("I ask you to pay the costs of my objection."), required=False)

    field_order = ("grounds", "pro_forma", "late_reason", "added")

    def __init__(self, *args: Any, is_late: bool, to_send: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_send = to_send
        if not is_late:
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        """Reasons, or the wish to send them later; and why it is late."""
        data = super().clean() or {}
        if self.to_send:
            if not data.get("grounds") and not data.get("pro_forma") and "grounds" not in self.errors:
                self.add_error("grounds", _("Write down why you disagree, or choose to send your reasons later."))
            if "late_reason" in self.fields and not data.get("late_reason") and "late_reason" not in self.errors:
                self.add_error("late_reason", _("Tell us why you are late. Otherwise we cannot assess your reason."))
        return data

    def words(self) -> dict[str, Any]:
        """What is to be kept: all that could be read."""
        return {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}


class SendForm(forms.Form):
    """Nothing more is asked: a logged-in user signs by sending (Awb 2:15)."""
