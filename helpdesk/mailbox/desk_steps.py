"""Questions at the desk: the form of each step, and the message after it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk, DeskStep
from casework.desk.timeline import build_wording
from casework.models import OtherBody
from helpdesk.mailbox.forms import AnswerForm, DossierForm, ForwardForm, SortForm
from helpdesk.mailbox.statuses import QuestionStatus
from helpdesk.mailbox.steps import ANSWER
from helpdesk.models import Question

if TYPE_CHECKING:
    from accounts.models import User

STAYS = ("sort", "file", "reopen")
"""After these steps the editor stays on the question; after the others they return to the list."""
DONE = {
    "answer": _("The answer to %(number)s is on its way."),
    "forward": _("The sender of %(number)s is told. Send the question itself on today."),
    "sort": _("Topic and tone of %(number)s have been saved."),
    "file": _("The dossier of %(number)s has been saved."),
    "close": _("%(number)s is closed without an answer."),
    "mark_as_spam": _("%(number)s is marked as spam."),
    "reopen": _("%(number)s waits for an answer again."),
}
WORDING = build_wording(Question, sorts={"body": OtherBody.objects.all}, codes={"tone": Question.Tone})


class QuestionDesk(CaseDesk[Question]):
    """Questions at the desk of the editors."""

    model = Question
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "answer": AnswerForm,
        "forward": ForwardForm,
        "sort": SortForm,
        "file": DossierForm,
        "close": StepForm,
        "reopen": StepForm,
        "mark_as_spam": StepForm,
    }
    """Each form is on the page of the question, so none has an explanation of its own."""
    back = _("Back without sending")
    changed = _("This question has changed")

    def seen(self, user: "User") -> "QuerySet[Question]":
        """All questions, for those who answer them."""
        people = ("topic", "suggested_topic", "dossier", "case_dossier", "conversation", "handled_by")
        seen: QuerySet[Question] = Question.objects.at_desk_of(user).select_related(*people)
        return seen

    def offered(self, case: Question, user: "User") -> list[DeskStep]:
        no_spam = _("Not spam: to answer") if case.status == QuestionStatus.SPAM else _("Reopen")
        return [replace(one, label=no_spam) if one.name == "reopen" else one for one in super().offered(case, user)]

    def address_after(self, case: Question, step: DeskStep, user: "User") -> str:
        """Back to the question, or to the waiting ones."""
        return self.case_address(case) if step.name in STAYS else reverse("questions")

    def case_address(self, case: Question) -> str:
        return reverse("question", args=[case.number])

    def step_address(self, case: Question, name: str) -> str:
        return reverse("question_step", args=[case.number, name])

    @property
    def permission(self) -> str:
        return ANSWER


QUESTIONS_DESK = QuestionDesk()
