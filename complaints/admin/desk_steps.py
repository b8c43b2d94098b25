"""Complaints at the desk: the form of each step, the way on, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext

from casework import snooze_steps
from casework.desk.forms import AssignForm, LetterLanguage, StepForm
from casework.desk.forward_form import ForwardForm
from casework.desk.mail_form import MendMailForm
from casework.desk.post_form import PostForm
from casework.desk.snoozes import SnoozeForm
from casework.desk.steps import CaseDesk, DeskStep, HinderedStep, Hindrance
from complaints.admin.forms import handling
from complaints.models import Complaint
from complaints.steps.hearing import is_unheard
from complaints.steps.statuses import ComplaintStatus
from exemptions.admin.message_form import MessageForm

if TYPE_CHECKING:
    from accounts.models import User

HEAR_FIRST = ("offer_hearing", "plan_hearing", "hold_hearing", "waive_hearing")


class ComplaintDesk(CaseDesk[Complaint]):
    """The desk's rules for complaints."""

    model = Complaint
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "take_up": StepForm,
        "name_person": handling.PersonForm,
        "offer_hearing": handling.OfferForm,
        "plan_hearing": handling.PlanForm,
        "hold_hearing": handling.ReportForm,
        "waive_hearing": handling.WaiveForm,
        "receive_advice": handling.AdviceForm,
        "conclude": handling.ConcludeForm,
        "settle": handling.SettleForm,
        "decline": handling.DeclineForm,
        "forward": ForwardForm,
        "take_as_objection": StepForm,
        "ask_adviser": handling.AdviserForm,
        "adjourn": handling.AdjournForm,
        "delay_further": handling.DelayForm,
        "link_application": handling.LinkForm,
        "withdraw": StepForm,
        "message_applicant": MessageForm,
        "settle_messages": StepForm,
        "post_letters": PostForm,
        "mend_mail": MendMailForm,
        "assign": AssignForm,
        "snooze": SnoozeForm,
        "wake": StepForm,
        "note": handling.NoteForm,
    }

    def seen(self, user: "User") -> QuerySet[Complaint]:
        seen: QuerySet[Complaint] = Complaint.objects.at_desk_of(user).for_list()
        return seen.select_related("complainant", "forwarded_to")

    def is_withheld(self, case: Complaint, user: "User") -> bool:
        """Withheld from the person complained about (Awb 9:7)."""
        return case.is_about(user)

    def hindrance(self, step: DeskStep, case: Complaint, user: "User") -> Hindrance | None:
        """Why a step cannot be taken: taken up already, not heard yet, or a term that has lapsed."""
        match step.name:
            case "take_up" if case.assigned_to_id == user.pk:
                return Hindrance(gettext("It is in your name already."), moot=True)
            case "snooze" if why := snooze_steps.explain_hindrance(case):
                return Hindrance(why, moot=True)
            case "conclude" if is_unheard(case):
                return Hindrance(
                    gettext("First the hearing, or the ground on which there is none (Awb 9:10)."), HEAR_FIRST
                )
            case "adjourn" if case.is_late:
                return Hindrance(
                    gettext("The term has ended: only a later day that the complainant agrees with is left.")
                )
            case "take_as_objection" if case.application_id is None:
                return Hindrance(gettext("Note first which application it is about."), ("link_application",))
        return None

    def sort_steps(self, case: Complaint, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """The buttons, with the usual next step as the main one."""
        offered, hindered = super().sort_steps(case, user)
        return [replace(step, main=step.name == find_way_on(case)) for step in offered], hindered

    def letter_language(self, case: Complaint) -> LetterLanguage | None:
        return LetterLanguage(case.language)

    def title(self, case: Complaint) -> str:
        """A complaint has the number of its dossier."""
        return gettext("Complaint %(number)s") % {"number": case.dossier}

    def line(self, case: Complaint) -> list[str]:
        """Number, complainant and status, for a list."""
        return [self.title(case), case.name, str(case.get_status_display())]


def find_way_on(complaint: Complaint) -> str:
    """The name of the usual next step."""
    if complaint.status == ComplaintStatus.RECEIVED:
        return "take_up"
    if not is_unheard(complaint):
        return "conclude"
    if complaint.hearing_at:
        return "hold_hearing"
    return "plan_hearing" if complaint.reply_until else "offer_hearing"


COMPLAINTS_DESK = ComplaintDesk()
