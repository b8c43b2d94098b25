"""To which address the mails about a plate go."""

from django import forms
from django.utils.translation import gettext_lazy


class WatchForm(forms.Form):
    """An address, and a field that only programs fill in."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        help_text=gettext_lazy("We send you a link first, to be sure that this address is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(  # for programs that fill in everything; people neither see nor hear it
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    use_required_attribute = False

    @property
    def is_for_machines(self) -> bool:
        """Whether a program filled in what nobody sees."""
        return bool(self.cleaned_data["website"])
