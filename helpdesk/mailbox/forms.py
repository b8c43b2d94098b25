"""The forms of the mailbox: to ask something, and to handle it at the desk."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.desk import forward_form
from casework.desk.forms import LongText, StepForm, choose_from
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, check_upload, upload_limits
from exemptions.forms.evidence import FilesField
from helpdesk.mailbox import dossiers
from helpdesk.mailbox.attachments import Looked
from helpdesk.mailbox.desk_list import titled_topics
from helpdesk.models import Question, Topic

LONGEST = 10_000


class ContactForm(forms.Form):
    """A question to the editors. Once valid, `looked` has its checked files."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        help_text=gettext_lazy("We send the answer to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    question = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST,
        help_text=gettext_lazy("Do not send passwords or a copy of an identity card."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    dossier = forms.CharField(
        label=gettext_lazy("Number of your application"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Only if your question is about an application. For example: ZES-2026-000123."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    attachments = FilesField(label=gettext_lazy("Attachments"), required=False)
    website = forms.CharField(  # a honeypot: people neither see nor hear it
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["attachments"].help_text = upload_limits()
        self.looked: list[Looked] = []

    def clean_dossier(self) -> str:
        """A dossier number; a malformed one is an error, since the question would be filed nowhere."""
        typed = str(self.cleaned_data["dossier"]).strip()
        if typed and not dossiers.find_dossier_number(typed):
            raise forms.ValidationError(
                _(
                    "This is not the number of an application. It looks like ZES-2026-000123. You can also leave "
                    "it empty."
                )
            )
        return dossiers.find_dossier_number(typed)

    def clean_attachments(self) -> list[Any]:
        """Check each file, with an error for every one that is refused."""
        files = list(self.cleaned_data["attachments"])
        if len(files) > MAX_PER_ITEM:
            raise forms.ValidationError(_("At most %(count)s files.") % {"count": MAX_PER_ITEM})
        errors = []
        for upload in files:
            try:
                self.looked.append(check_upload(upload))
            except FileRefused as refused:
                errors += refused.messages
        if errors:
            raise forms.ValidationError(errors)
        return files

    @property
    def is_for_machines(self) -> bool:
        """Whether the honeypot was filled in."""
        return bool(self.cleaned_data["website"])


# --- At the desk ---------------------------------------------------------------------------------------


class TopicChoice(forms.ModelChoiceField[Topic]):
    """A frequent question, by its title. All titles take one query."""

    def __init__(self) -> None:
        super().__init__(
            Topic.objects.all(), label=gettext_lazy("Topic"), required=False, empty_label=gettext_lazy("No topic")
        )

    def label_from_instance(self, obj: Topic) -> str:
        """The question in Dutch, the language of the desk; its slug if it has no text yet."""
        return str(getattr(obj, "title", None) or obj.slug)


class SortForm(StepForm):
    """The topic and tone, as the editor chose them or as suggested."""

    prefix = "sort"
    use_required_attribute = False

    topic = TopicChoice()
    tone = forms.ChoiceField(label=gettext_lazy("Tone"), choices=[("", gettext_lazy("Choose")), *Question.Tone.choices])

    def prepare(self) -> None:
        """Load the topics by their titles."""
        choose_from(self, "topic", titled_topics())

    @staticmethod
    def usual(question: Question) -> dict[str, Any]:
        return {
            "topic": question.topic_id or question.suggested_topic_id,
            "tone": question.tone or question.suggested_tone,
        }


class AnswerForm(SortForm):
    """The answer, and the topic and tone as the editor sees them."""

    prefix = "answer"

    answer = LongText(
        rows=14,
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The salutation, the number, the closing and the question itself are put around it."),
    )

    field_order = ("answer", "topic", "tone")


class ForwardForm(forward_form.ForwardForm):
    """The body to forward to, and why."""

    prefix = "forward"
    use_required_attribute = False


class DossierForm(StepForm):
    """The dossier that it belongs to; empty takes it out."""

    prefix = "file"
    use_required_attribute = False

    dossier = forms.CharField(label=gettext_lazy("Number of the dossier"), required=False, max_length=30)

    @staticmethod
    def usual(question: Question) -> dict[str, Any]:
        """The current dossier, or else the number that the sender gave, to be confirmed."""
        return {"dossier": str(question.case_dossier or question.named_dossier)}

    def clean_dossier(self) -> Any:
        """The dossier; None for an empty number."""
        typed = str(self.cleaned_data["dossier"]).strip()
        if not typed:
            return None
        found = dossiers.find_dossier(typed)
        if found is None:
            raise forms.ValidationError(
                _("There is no dossier with this number. Check whether it has been typed correctly.")
            )
        return found
