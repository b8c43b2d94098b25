"""The form on which a mail that failed is mended."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import StepForm, choose_from
from casework.models import Message
from casework.shared_steps import Cure, find_failed_mails


class MailField(forms.ModelChoiceField[Message]):
    """A mail that failed, by its subject and address."""

    def label_from_instance(self, message: Message) -> str:
        return f"{message.subject} → {message.to}"


class OtherAddress(forms.EmailField):
    """Needed only where the mail is to go elsewhere, so the page does not call it 'not required'."""

    needed_sometimes = True


class MendMailForm(StepForm):
    """Which mail, what to do, and to which address."""

    message = MailField(Message.objects.none(), label=_("Which email"), empty_label=_("Choose an email"))
    cure = forms.ChoiceField(label=_("What to do"), choices=Cure.choices, widget=forms.RadioSelect)
    to = OtherAddress(
        label=_("Other address"),
        required=False,
        help_text=_(
            "Only this email goes there. Later emails go to the address that the applicant has filled in: "
            "ask them to put it right under ‘My details’."
        ),
    )

    def prepare(self) -> None:
        """The failed mails of the dossier; the only one is chosen beforehand."""
        failed = find_failed_mails(self.case).order_by("created_at", "pk")
        choose_from(self, "message", failed)
        if failed.count() == 1:
            self.fields["message"].initial = failed.first()

    def clean(self) -> dict[str, Any]:
        """Another address is required if that option is chosen, and kept if it is not."""
        cure, to = self.cleaned_data.get("cure"), self.cleaned_data.get("to", "")
        if cure == Cure.ADDRESS and not to and "to" not in self.errors:
            self.add_error("to", gettext("Give the other address."))
        if cure and cure != Cure.ADDRESS and to:
            self.add_error("to", gettext("You gave another address: choose to send it there, or leave this empty."))
        return self.cleaned_data
