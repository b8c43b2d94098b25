"""Forms for a mobile number, and for the code that confirms it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phone_numbers import read_number


class NumberForm(forms.Form):
    """The number to which text messages go."""

    number = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=40,
        help_text=gettext_lazy("For example 06 12345678. A number from abroad begins with + and the country code."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_number(self) -> str:
        """Convert the number to international format."""
        number = read_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("This is not a mobile number. Fill it in as 06 12345678 or +31 6 12345678."))
        return number


class CodeForm(forms.Form):
    """The six digits from the text message."""

    code = forms.RegexField(
        r"^\s*[0-9]{3}\s*[0-9]{3}\s*$",
        label=gettext_lazy("Code"),
        max_length=20,
        error_messages={"invalid": gettext_lazy("The code has six digits. Type it as it stands in the text message.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """The digits without spaces."""
        return "".join(str(self.cleaned_data["code"]).split())

    def refuse(self, why: Any) -> None:
        """Add an error for a code that is wrong or no longer valid."""
        self.add_error("code", why)
