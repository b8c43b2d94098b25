"""Forms for which mails somebody wants, at which addresses, and how letters reach them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from exemptions.forms.check import channel_field
from exemptions.letter_channel import Text
from exemptions.models import Applicant

LABELS = {
    "mail_expiry": gettext_lazy("Email me when an exemption is about to end."),
    "mail_progress": gettext_lazy("Email me when a caseworker starts work on an application."),
}


class MyMailForm(forms.ModelForm[User]):
    """Which mails go to the user's own address."""

    class Meta:
        model = User
        fields = ("mail_expiry", "mail_progress")
        labels: ClassVar[dict[str, Any]] = LABELS


class ApplicantMailForm(forms.ModelForm[Applicant]):
    """Which mails go to the addresses of an applicant; only organisations have a second address."""

    class Meta:
        model = Applicant
        fields = ("email", "second_email", "mail_expiry", "mail_progress")
        labels: ClassVar[dict[str, Any]] = {
            "email": gettext_lazy("Email address"),
            "second_email": gettext_lazy("Second email address"),
            "mail_expiry": gettext_lazy(
                "Email these addresses when an exemption, or the access of a vehicle in the fleet, is about to end."
            ),
            "mail_progress": gettext_lazy("Email these addresses when a caseworker starts work on an application."),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "second_email": gettext_lazy("For example, your accounts department. All emails will also go there.")
        }
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.EmailInput(attrs={"autocomplete": "email"}) for name in ("email", "second_email")
        }

    def __init__(self, *args: Any, manages: bool, **kwargs: Any) -> None:
        """`manages`: whether the user is one of the applicant's own people, who alone decide where its mails go."""
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        if not manages:
            del self.fields["email"]
        if self.instance.form != Applicant.Form.ORGANISATION:
            del self.fields["second_email"]

    def clean_second_email(self) -> str:
        """Refuse the first address."""
        second = str(self.cleaned_data["second_email"]).strip()
        first = str(self.cleaned_data.get("email") or self.instance.email)
        if second and second.lower() == first.lower():
            raise forms.ValidationError(_("This is already the first address. Fill in another one, or leave it empty."))
        return second


class ChannelForm(forms.Form):
    """Letters in the portal, or by post."""

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = channel_field(text)
        self.fields["channel"].help_text = ""
