"""The form for a complaint that came in by post, by email, by phone or at the counter."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.desk.forms import DayField, LongText, StepForm, get_today
from casework.models.letter import LANGUAGES
from complaints.models import Complaint
from exemptions.models import Application

CHANNELS = [one for one in Complaint.Channel.choices if one[0] != Complaint.Channel.PORTAL]
ABOUT = (
    "channel",
    "name",
    "email",
    "address",
    "by_post",
    "language",
    "about",
    "happened_on",
    "about_whom",
    "application",
)


class ApplicationField(forms.CharField):
    """The number of an application that the colleague may see."""

    user: User | None = None

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(
            label=_("Number of the application"),
            max_length=20,
            required=required,
            help_text=_("If it is about one. For example: ZES-2026-000123."),
        )

    def clean(self, value: Any) -> Any:
        """The application; None if empty. An unknown number is an error."""
        typed = str(super().clean(value)).strip().upper()
        if not typed:
            return None
        seen = Application.objects.at_desk_of(self.user) if self.user else Application.objects.none()
        found = seen.filter(dossier__number=typed).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(gettext("There is no application with this number that you may see."))
        return found


class SenderForm(StepForm):
    """The sender, how and when it came in, and how we reply. There is no case yet."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label=_("Came in by"), choices=CHANNELS)
    received_on = DayField(label=_("Received"), help_text=_("The day it came in."), last=get_today)
    name = forms.CharField(label=_("Name of the sender"), max_length=100)
    address = LongText(label=_("Postal address"), required=False, rows=3)
    email = forms.EmailField(label=_("Email address"), required=False)
    by_post = forms.BooleanField(
        label=_("Letters by post"),
        required=False,
        help_text=_("Leave it empty only if the sender wants to be answered by email (Awb 2:8)."),
    )
    language = forms.ChoiceField(label=_("Language of our letters"), choices=LANGUAGES)

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"key": uuid4(), "channel": Complaint.Channel.POST.value, "by_post": True}

    def clean(self) -> dict[str, Any]:
        """Require the address of the chosen way of replying."""
        data = super().clean() or {}
        if data.get("by_post") and not data.get("address") and "address" not in self.errors:
            self.add_error("address", gettext("Give the postal address, or answer by email."))
        if not data.get("by_post") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Give the email address, or answer by post."))
        return data

    def row(self) -> dict[str, Any]:
        """The fields of the new case."""
        raise NotImplementedError


class RegisterForm(SenderForm):
    """The form for registering a complaint."""

    received_on = DayField(
        label=_("Received"), help_text=_("The day it came in: the six weeks are counted from it."), last=get_today
    )
    about = LongText(
        label=_("What happened"),
        help_text=_("In the words of the complainant. They read it in our letters."),
        rows=8,
    )
    happened_on = DayField(label=_("When it happened"), required=False, last=get_today)
    about_whom = forms.CharField(
        label=_("Who it was"), required=False, max_length=200, help_text=_("As the complainant says.")
    )
    application = ApplicationField()

    def row(self) -> dict[str, Any]:
        """The fields of the new complaint."""
        return {name: self.cleaned_data[name] for name in ABOUT}
