"""Inviting somebody to act for an applicant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exemptions.models import Mandate

COLLEAGUE = (Mandate.Role.COLLEAGUE, _("a colleague, or somebody of my own household: may do everything that I may"))
REPRESENTATIVE = (
    Mandate.Role.REPRESENTATIVE,
    _("an authorised representative, such as an adviser: may apply and answer, but not invite others"),
)
OWNER = (Mandate.Role.OWNER, _("the applicant itself: it then decides who may act"))


class InviteForm(forms.Form):
    """Whom, and in which capacity."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We mail a link. Only who logs in with this address can use it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill in the e-mail address of who you invite.")},
    )
    role = forms.ChoiceField(
        label=_("Whom do you invite?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you invite.")},
    )

    def __init__(self, *args: Any, has_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [COLLEAGUE, REPRESENTATIVE] if has_owner else [OWNER, COLLEAGUE, REPRESENTATIVE]

    def role_chosen(self) -> Mandate.Role:
        """The capacity."""
        return Mandate.Role(self.cleaned_data["role"])
