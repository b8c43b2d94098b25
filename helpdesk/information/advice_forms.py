"""The form with which an entrepreneur asks for advice."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk.information.adviser_requests import AdviceEnquiry

LONGEST = 4000


class AdviceForm(forms.Form):
    """Who asks, and what about."""

    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    company = forms.CharField(
        label=_("Your company"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("The adviser answers at this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    question = forms.CharField(
        label=_("What would you like advice about?"),
        max_length=LONGEST,
        help_text=_("For example: how many vehicles you have, where you deliver, and what you have tried already."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(  # for programs that fill in everything; people neither see nor hear it
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def is_for_machines(self) -> bool:
        """Whether a program filled in what nobody sees."""
        return bool(self.cleaned_data["website"])

    @property
    def asked(self) -> AdviceEnquiry:
        """What is asked; only where the form is valid."""
        data = self.cleaned_data
        return AdviceEnquiry(
            name=data["name"],
            company=data["company"],
            email=data["email"],
            phone=data["phone"],
            question=data["question"].replace("\r\n", "\n"),
            key=data["key"] or uuid4(),
        )
