"""The forms about submissions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.desk.forms import BaseNoteForm, LetterText, LongText, StepForm
from complaints.admin.forms.registration import SenderForm

ABOUT = ("channel", "name", "email", "address", "by_post", "language", "about")


class RegisterForm(SenderForm):
    """What came in but is not our case."""

    about = LongText(label=_("What it is about"), help_text=_("In a few words: what is asked, and of whom."), rows=5)

    def row(self) -> dict[str, Any]:
        """The field values of the new submission."""
        return {name: self.cleaned_data[name] for name in ABOUT}


class ReturnForm(StepForm):
    """Why it goes back."""

    because = LetterText(label=_("Why it goes back"), help_text=_("The letter says it."))


class NoteForm(BaseNoteForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only: the sender does not see it."))
