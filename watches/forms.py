"""The form for the address that receives the mails about a plate."""

from django import forms
from django.utils.translation import gettext_lazy


class WatchForm(forms.Form):
    """An address, and a honeypot field."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        help_text=gettext_lazy("We send you a link first, to be sure that this address is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(  # a honeypot: people neither see nor hear it
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    use_required_attribute = False

    @property
    def is_for_machines(self) -> bool:
        """Whether the honeypot was filled in."""
        return bool(self.cleaned_data["website"])
