"""Screen 5: the kind's own questions. A question that depends on an answer appears once that answer is there.

What the kind asks to declare comes with the signature.
"""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions.forms.questions import QuestionsForm
from exemptions.intake import completeness, drafts
from exemptions.views.screens import Screen


class QuestionsScreen(Screen):
    """The questions that are relevant, given the other answers."""

    name = "questions"
    needs_kind = True

    @property
    def title(self) -> str:
        return _("Your situation")

    def respond(self) -> HttpResponse:
        """Skip this screen for a kind that asks nothing."""
        if self.draft.kind and not drafts.asks_questions(self.draft):
            drafts.assume_period(self.draft, today=timezone.localdate())
            return redirect(self.url(self.next_screen()))
        return super().respond()

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """A field for each question, without those that the answers just sent make irrelevant."""
        kept = {code: str(answer) for code, answer in self.draft.answers.items() if isinstance(answer, str)}
        read = drafts.suggest_answers(self.draft) if data is None else {}
        suggested = {code: one.answer for code, one in read.items()}
        sent = dict(data.items()) if data is not None else {}
        known = {**suggested, **kept, **kwargs.get("initial", {}), **sent}
        asked = [
            question
            for question in completeness.select_to_answer(self.draft.chosen_kind, known)
            if data is None or self.was_shown(question.code, data)
        ]
        initial = {code: answer for code, answer in known.items() if answer}
        among = self.draft.chosen_kind.questions.all()
        form = QuestionsForm(data, questions=asked, known=kept, among=among, initial=initial)
        form.mark_read({code: one.file for code, one in read.items() if known[code] == one.answer})
        return form

    def context(self) -> dict[str, Any]:
        """The parties to the contracts, and which contract to look at twice."""
        contracts, applicant = drafts.find_contracts(self.draft), self.draft.applicant
        doubts = [(one, one.find_doubt(applicant)) for one in contracts] if applicant else []
        doubt, why = next(((one, why) for one, why in doubts if why), (None, ""))
        return {"contracts": [one for one in contracts if one.names_somebody], "doubt": doubt, "why": why}

    def was_shown(self, code: str, data: QueryDict) -> bool:
        """Whether the question was on the submitted page, which lists its questions itself."""
        return code in data.getlist("shown")

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save the answers; if they bring new questions, show those first."""
        if isinstance(form, QuestionsForm):
            drafts.save_answers(self.draft, form.answers())
            asked = completeness.select_to_answer(self.draft.chosen_kind, self.draft.answers)
            if any(one.code not in form.fields and not self.draft.answers.get(one.code) for one in asked):
                return redirect(self.url(self.name))
        drafts.assume_period(self.draft, today=timezone.localdate())
        return None
