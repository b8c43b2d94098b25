"""The form for a message about a case, from the applicant's side."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.case_message import LONGEST_MESSAGE
from exemptions.forms.papers import PapersField


class MessageForm(forms.Form):
    """A text, with optional files."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your message first.")},
    )
    documents = PapersField(label=_("Files"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].by = by  # type: ignore[attr-defined]  # it is a PapersField
