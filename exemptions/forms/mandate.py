"""The form that invites somebody to act for an applicant."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exemptions.forms.fields import day_field, refuse_far
from exemptions.models import Mandate

COLLEAGUE = (Mandate.Role.COLLEAGUE, _("a colleague, or someone in my household: can do everything that I can do"))
REPRESENTATIVE = (
    Mandate.Role.REPRESENTATIVE,
    _("an authorised representative, such as an adviser: can apply and answer, but not invite others"),
)
OWNER = (Mandate.Role.OWNER, _("the applicant themselves: they then decide who can act"))


class InviteForm(forms.Form):
    """Whom to invite, and in which capacity."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("We email a link. Only someone who logs in with this address can use it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill in the email address of the person you are inviting.")},
    )
    role = forms.ChoiceField(
        label=_("Who are you inviting?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are inviting.")},
    )

    ends_on = day_field(
        label=_("Until which day?"),
        help_text=_("The last day on which this person may act. Leave it empty if there is none: until you end it."),
        required=False,
    )

    def __init__(self, *args: Any, has_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [COLLEAGUE, REPRESENTATIVE] if has_owner else [OWNER, COLLEAGUE, REPRESENTATIVE]

    def clean_ends_on(self) -> date | None:
        """Refuse a day that is over or implausibly far ahead."""
        day: date | None = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(gettext("This day is over. Choose today or a later day."), code="past")
        return refuse_far(day) if day else None

    def clean(self) -> dict[str, Any]:
        """Refuse a last day for the applicant's first user: somebody must be left to act."""
        data = super().clean() or {}
        if data.get("ends_on") and data.get("role") == Mandate.Role.OWNER:
            self.add_error("ends_on", gettext("The applicant itself has no last day. Leave this empty."))
        return data

    def role_chosen(self) -> Mandate.Role:
        """The chosen capacity."""
        return Mandate.Role(self.cleaned_data["role"])
