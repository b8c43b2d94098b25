"""Forms of the last screen: the declaration and, once per applicant, how letters reach them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.letter_channel import ChannelAnswer, Text
from exemptions.models import KindQuestion

PORTAL, POST = "portal", "post"


class DeclarationForm(forms.Form):
    """The declaration that signs an application (Awb 4:2); the button that sends makes it, as the words above it say.

    `declarations`: what the kind asks to declare as well; `text`: given if we still have to ask how letters reach them.
    """

    declaration = forms.BooleanField(
        label=gettext_lazy(
            "By sending you declare that you have filled in everything truthfully,"
            " and that you are allowed to make this application."
        ),
        error_messages={"required": gettext_lazy("Press the button to sign and send your application.")},
    )

    def __init__(
        self, *args: Any, declarations: Sequence[KindQuestion] = (), text: Text | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.declarations = declarations
        if text:
            self.fields = {"channel": channel_field(text), **self.fields}

    def shown(self) -> list[str]:
        """The declarations on the submitted page, which lists them itself."""
        return self.data.getlist("declared") if isinstance(self.data, QueryDict) else []


def channel_field(text: Text) -> forms.ChoiceField:
    """A choice between the portal, with the words to agree to, and post (Awb 2:7, 2:8)."""
    return forms.ChoiceField(
        label=_("How would you like to receive our letters?"),
        help_text=_("We ask this once. You can change it at any time, under ‘My details’."),
        choices=[
            (PORTAL, _("In this portal. %(words)s") % {"words": text.words}),
            (POST, _("By post. You will also always find a copy in this portal.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to receive our letters.")},
    )


def read_channel(form: forms.BaseForm, text: Text | None) -> ChannelAnswer | None:
    """The answer to the question about letters; None if the form did not ask it."""
    choice = form.cleaned_data.get("channel")
    return ChannelAnswer(choice == PORTAL, text) if choice and text else None
