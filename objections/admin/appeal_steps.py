"""Cases before a court at the desk: the form of each step, and the usual next step."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext

from casework.desk.forms import LetterLanguage, StepForm
from casework.desk.steps import CaseDesk, DeskStep, HinderedStep, Hindrance
from casework.models import Document
from objections.admin.forms import court
from objections.models import Appeal
from objections.steps.statuses import AppealStatus

if TYPE_CHECKING:
    from accounts.models import User


GRANTS = ("win_with_grant", "win_with_court_grant")


class AppealDesk(CaseDesk[Appeal]):
    """Cases before a court at the desk."""

    model = Appeal
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "send_papers": court.SendPapersForm,
        "receive_paper": court.PaperForm,
        "take_number": court.NumberForm,
        "find_unfounded": court.EndForm,
        "find_inadmissible": court.EndForm,
        "win_with_grant": court.GrantForm,
        "win_with_court_grant": court.CourtGrantForm,
        "win_with_order": court.OrderForm,
        "win_without_change": court.EndForm,
        "settle": court.SettledForm,
        "withdraw": court.TakenBackForm,
        "note": court.AppealNoteForm,
        "report_decision": court.DecisionTakenForm,
        "receive_interim_judgment": court.InterimForm,
        "answer_interim_judgment": court.AnswerForm,
        "report_repair": court.RepairForm,
        "accept_judgment": StepForm,
        "oppose_judgment": court.OppositionForm,
    }

    def seen(self, user: "User") -> QuerySet[Appeal]:
        """Appeals about applications that the user may see."""
        seen: QuerySet[Appeal] = Appeal.objects.at_desk_of(user).for_list()
        return seen.select_related("objection__dossier", "objection__decision__application", "higher_than")

    def hindrance(self, step: DeskStep, case: Appeal, user: "User") -> Hindrance | None:
        """Why nothing can be granted: the appeal is ours, or about silence, so that there is no decision to replace."""
        if step.name in ("win_with_order", *GRANTS) and case.by_us:
            return Hindrance(gettext("The appeal is ours: upheld, it gives the objector nothing."), moot=True)
        if step.name in GRANTS and case.objection is None:
            return Hindrance(gettext("It is about our silence, so there is no decision to replace."), moot=True)
        if step.name in GRANTS and not case.contested.has_ended:
            return Hindrance(gettext("We have not decided on the objection yet, so there is no decision to replace."))
        return None

    def sort_steps(self, case: Appeal, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """Mark one step as the usual one: first our papers, then the court's case number, then the court's papers."""
        offered, hindered = super().sort_steps(case, user)
        way = find_usual_step(case)
        return [replace(step, main=step.name == way) for step in offered], hindered

    def letter_language(self, case: Appeal) -> LetterLanguage | None:
        """The language of the application."""
        return LetterLanguage(case.application.language)

    def title(self, case: Appeal) -> str:
        """The title, with the number of the dossier."""
        is_higher = case.instance == Appeal.Instance.HIGHER
        named = gettext("Higher appeal %(number)s") if is_higher else gettext("Appeal %(number)s")
        return named % {"number": case.dossier}

    def line(self, case: Appeal) -> list[str]:
        """Number, court, objector, status."""
        return [self.title(case), str(case), str(case.application.applicant), str(case.get_status_display())]

    def documents(self, case: Appeal) -> QuerySet[Document]:
        """The files of the appeal's papers."""
        keys = case.papers.exclude(document=None).values("document")
        return Document.objects.filter(pk__in=keys, removed_at=None)


def find_usual_step(appeal: Appeal) -> str:
    """The name of the step that usually comes next."""
    if appeal.has_ended:
        return "accept_judgment"
    if appeal.has_decision_to_report():
        return "report_decision"
    if appeal.status != AppealStatus.PENDING:
        return "send_papers"
    return "receive_paper" if appeal.case_number else "take_number"


APPEALS = AppealDesk()
