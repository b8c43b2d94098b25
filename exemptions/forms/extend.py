"""The form to extend an exemption: what must be given again and the signature, on one page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from exemptions.forms.check import DeclarationForm
from exemptions.forms.evidence import FilesForm
from exemptions.forms.questions import QuestionsForm, add_day_errors, as_text
from exemptions.intake import completeness
from exemptions.models import KindQuestion


class ExtendForm(FilesForm, DeclarationForm):
    """A field for each question and each piece of evidence, the signature, and the question about letters."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[KindQuestion],
        known: Mapping[str, object],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = QuestionsForm(questions=questions).fields
        self.questions = {question.code: question for question in questions}
        self.known = known
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Skip questions that another answer makes irrelevant, and count evidence that is already there."""
        data = super().clean()
        answers = {code: as_text(data.get(code)) for code in self.questions}
        for code, question in self.questions.items():
            if not completeness.is_asked(question, answers) and question.only_if_code in self.questions:
                self.errors.pop(code, None)
        add_day_errors(self, self.questions.values(), {**self.known, **data}, among=self.questions.values())
        for name, item in self.items.items():
            has_file = self.checked[name] or item.documents.all()
            if not has_file and name not in self.errors:
                self.add_error(name, _("Add a file: %(item)s") % {"item": item.requirement})
        return data

    def answers(self) -> dict[str, str]:
        """The valid answers, by the code of the question."""
        return {code: as_text(self.cleaned_data[code]) for code in self.questions if code in self.cleaned_data}
