"""The forms for asking the assistant, and for leaving a question to a person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.assistant.replies import LONGEST_QUESTION
from helpdesk.models import LANGUAGES, Phrase

LONGEST_TEXT = 4000


class QuestionForm(forms.Form):
    """One question."""

    question = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_QUESTION,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": False, "autocomplete": "off", "enterkeyhint": "send"}),
        help_text=gettext_lazy("Do not enter names, telephone numbers or other personal data. A number plate is fine."),
        error_messages={
            "required": gettext_lazy("Type your question."),
            "max_length": gettext_lazy(
                "Your question is longer than %(limit_value)d characters. Make it shorter, or ask a person."
            ),
        },
    )

    def clean_question(self) -> str:
        """Require a letter or digit."""
        question = str(self.cleaned_data["question"])
        if not any(sign.isalnum() for sign in question):
            raise ValidationError(_("Type your question in words."))
        return question


class HandOverForm(forms.Form):
    """The address to answer to, and what was meant."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        help_text=gettext_lazy("We will send our answer there."),
        error_messages={"required": gettext_lazy("Fill in your email address, so that we can answer.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Type your question.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class PhraseForm(forms.Form):
    """A visitor's question that becomes a phrase of a topic."""

    phrase = forms.CharField(label=gettext_lazy("Way of asking"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), error_messages={"required": gettext_lazy("Choose a topic.")})

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"] = forms.ChoiceField(
            label=_("Topic"),
            choices=[("", _("Choose a topic")), *topics],
            error_messages={"required": _("Choose a topic.")},
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a phrase that belongs to another topic."""
        data = super().clean() or {}
        same = Phrase.objects.filter(language=data.get("language"), phrase=data.get("phrase")).select_related("topic")
        if (other := same.first()) and other.topic.slug != data.get("topic"):
            self.add_error("phrase", _("This is already a way to ask for '%(topic)s'.") % {"topic": other.topic})
        return data
