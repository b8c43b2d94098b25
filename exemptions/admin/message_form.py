"""The form for a message to the applicant's side about any type of case."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from casework.desk.case_messages import list_unanswered
from casework.desk.forms import LongText, StepForm
from exemptions.forms.papers import PapersField, keep_papers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from casework.models import CaseMessage


class MessageForm(StepForm):
    """A text with optional files, below the messages that wait for an answer."""

    above = "desk/messages_unanswered.html"
    text = LongText(
        label=_("Message"),
        help_text=_("This is read in the portal. It decides nothing: a decision is a letter."),
        rows=6,
    )
    documents = PapersField(label=_("Files"))

    @property
    def unanswered(self) -> "QuerySet[CaseMessage]":
        """The messages that it answers."""
        return list_unanswered(self.case)

    def detail(self) -> dict[str, Any]:
        papers = keep_papers(self.cleaned_data["documents"], dossier=self.case.dossier, by=self.user)
        return {**self.cleaned_data, "documents": papers}
