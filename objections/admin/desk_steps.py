"""Objections at the desk: the form of each step, the usual next steps, and what prevents a step."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from casework import snooze_steps
from casework.desk import penalties
from casework.desk.files import exclude_claimed
from casework.desk.forms import AssignForm, LetterLanguage, StepForm
from casework.desk.forward_form import ForwardForm
from casework.desk.mail_form import MendMailForm
from casework.desk.penalty_forms import DefaultNoticeForm, PenaltyForm
from casework.desk.post_form import PostForm
from casework.desk.snoozes import SnoozeForm
from casework.desk.steps import CaseDesk, DeskStep, HinderedStep, Hindrance
from casework.desk.suspension_forms import InquiryForm, ProlongForm, ResumeForm, SuspendForm
from casework.models import Document, Letter
from exemptions import authority
from exemptions.admin.message_form import MessageForm
from objections.admin.forms import advice, handling, hearing, outcome
from objections.admin.timeliness import in_time
from objections.models import Appeal, Objection, ObjectionStatus
from objections.portal.files import not_sent

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Hearing

TOO_LATE_NOW = ("adjourn", "delay_further", "refer_to_committee")
"""Steps that extend the term, which is impossible once it has lapsed (Awb 7:10(5))."""


HEAR_FIRST = ("plan_hearing", "offer_hearing", "waive_hearing")
ADVICE_FIRST = ("receive_advice", "end_referral")
DECIDING = (
    *("uphold", "uphold_in_part", "uphold_and_reject", "uphold_penalty"),
    *("declare_unfounded", "declare_inadmissible"),
)
REPAIRS = {
    "receive_advice": HEAR_FIRST,
    "admit": ("ask_repair",),
    "uphold_in_part": HEAR_FIRST,
    "uphold_and_reject": HEAR_FIRST,
    "hold_hearing": ("plan_hearing",),
}
"""The steps that remove what prevents a step, by the prevented step."""


def hindrance_by_committee(name: str, case: Objection) -> str:
    """What a committee prevents: deciding before its advice, advice before its hearing, referral after our hearing."""
    if name in DECIDING and case.awaits_advice:
        return gettext("A committee advises: record its advice first, or end the referral (Awb 7:13).")
    if name == "receive_advice" and case.status == ObjectionStatus.HANDLING and not case.hearing_is_done:
        return gettext("First the hearing by the committee, or the ground on which it saw no need of one (Awb 7:13).")
    if name == "refer_to_committee" and (heard := case.current_hearing) and heard.report:
        return gettext("The objector was heard already: a committee hears them itself (Awb 7:13).")
    return ""


def hindrance_in_words(name: str, case: Objection, user: "User") -> str:
    """Why a step would be refused or change nothing; empty if it would not."""
    match name:
        case "take_up" if case.assigned_to_id == user.pk:
            return gettext("It is in your name already.")
        case "admit" if not case.grounds.strip():
            return gettext("The grounds are missing: ask the objector to add them first (Awb 6:6).")
        case "set_penalty" if penalties.still_runs(case):
            return gettext("The penalty still grows: set it once it has stopped.")
        case "hold_hearing" if not has_come(case.current_hearing):
            return gettext("The hearing is still to come. Plan it again if it took place earlier.")
        case "uphold_in_part" | "uphold_and_reject" if not case.hearing_is_done:
            return gettext("First the hearing, or the objector who says that they want none (Awb 7:2, 7:3).")
    if name in TOO_LATE_NOW and case.is_late:
        return gettext("The term to decide has ended: it can no longer be lengthened (Awb 7:10).")
    if name == "adjourn" and case.extended_to:
        return gettext("A later day was agreed, or a court set one: six weeks more would not move it.")
    return ""


class ObjectionDesk(CaseDesk[Objection]):
    """Objections at the desk."""

    model = Objection
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "take_up": StepForm,
        "admit": handling.AdmitForm,
        "ask_repair": handling.RepairForm,
        "repair": handling.RepairedForm,
        "remind_repair": StepForm,
        "let_repair_lapse": StepForm,
        "offer_hearing": hearing.OfferForm,
        "answer_hearing": hearing.AnswerForm,
        "plan_hearing": hearing.PlanForm,
        "hold_hearing": hearing.ReportForm,
        "cancel_hearing": hearing.CancelForm,
        "waive_hearing": hearing.WaiveForm,
        "uphold": outcome.UpholdForm,
        "uphold_in_part": outcome.UpholdInPartForm,
        "uphold_and_reject": outcome.UpholdAndRejectForm,
        "uphold_penalty": outcome.UpholdPenaltyForm,
        "declare_unfounded": outcome.UnfoundedForm,
        "declare_inadmissible": outcome.InadmissibleForm,
        "set_penalty": PenaltyForm,
        "ask_information": handling.InformationForm,
        "add_papers": handling.AddPapersForm,
        "refuse_direct_appeal": handling.ReasonForm,
        "agree_direct_appeal": handling.ForwardForm,
        "adjourn": handling.ReasonForm,
        "delay_further": handling.DelayForm,
        "refer_to_committee": advice.CommitteeForm,
        "receive_advice": advice.AdviceForm,
        "end_referral": advice.EndReferralForm,
        "inquire_abroad": InquiryForm,
        "suspend_decision_term": SuspendForm,
        "prolong_suspension": ProlongForm,
        "resume_decision_term": ResumeForm,
        "receive_default_notice": DefaultNoticeForm,
        "ask_relief": handling.ReliefForm,
        "judge_relief": handling.JudgeReliefForm,
        "ask_costs": StepForm,
        "contest_penalty": StepForm,
        "withdraw": handling.WithdrawForm,
        "forward": ForwardForm,
        "message_applicant": MessageForm,
        "settle_messages": StepForm,
        "post_letters": PostForm,
        "mend_mail": MendMailForm,
        "assign": AssignForm,
        "snooze": SnoozeForm,
        "wake": StepForm,
        "note": handling.NoteForm,
    }

    def seen(self, user: "User") -> QuerySet[Objection]:
        """Objections about applications that the user may see."""
        seen: QuerySet[Objection] = Objection.objects.at_desk_of(user).for_list()
        return seen

    def sort_steps(self, case: Objection, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """The buttons, with the usual next steps first."""
        ways_on = main_steps(case)
        offered, hindered = super().sort_steps(case, user)
        return [replace(step, main=step.name in ways_on) for step in offered], hindered

    def word_button(self, step: DeskStep, case: Objection, user: "User") -> DeskStep:
        """Call planning again a planned hearing 'moving' it."""
        moves = step.name == "plan_hearing" and case.status == ObjectionStatus.HEARING_PLANNED
        return replace(step, label=gettext("Move the hearing")) if moves else step

    def hindrance(self, step: DeskStep, case: Objection, user: "User") -> Hindrance | None:
        """What prevents a step: a committee, a near last day, or a reason of the step itself."""
        if about_committee := hindrance_by_committee(step.name, case):
            return Hindrance(about_committee, ADVICE_FIRST if step.name in DECIDING else REPAIRS.get(step.name, ()))
        if step.name == "snooze":
            why = snooze_steps.explain_hindrance(case)
            return Hindrance(why, moot=True) if why else None
        why, repairs = hindrance_in_words(step.name, case, user), REPAIRS.get(step.name, ())
        return Hindrance(why, repairs, moot=step.name == "take_up") if why else None

    def letter_language(self, case: Objection) -> LetterLanguage | None:
        """The language of the application."""
        return LetterLanguage(case.application.language)

    def list_gaps(self, case: Objection, letters: list[Letter], *, by: "User") -> list[str]:
        """What is missing in the details of the deciding authority."""
        return authority.list_gaps(case.application, letters, by=by)

    def title(self, case: Objection) -> str:
        """The title, with the number of the dossier."""
        return gettext("Objection %(number)s") % {"number": case.dossier}

    def line(self, case: Objection) -> list[str]:
        """Number, objector, kind, status."""
        application = case.application
        status = str(case.get_status_display())
        return [self.title(case), str(application.applicant), str(application.kind), status]

    def context(self, case: Objection) -> dict[str, Any]:
        """Show above every form whether the objection came in time."""
        return {"above": "desk/objection_above.html", "objection": case, "in_time": in_time(case)}

    def documents(self, case: Objection) -> QuerySet[Document]:
        """Everything in the dossier, except papers to and from a court, and what was not sent yet."""
        return exclude_claimed(super().documents(case), by=(Appeal.CASE_TYPE,)).exclude(pk__in=not_sent())


def main_steps(objection: Objection) -> tuple[str, ...]:
    """The usual next steps."""
    status = ObjectionStatus(objection.status)
    if status == ObjectionStatus.REGISTERED:
        return ("ask_repair",) if handling.list_missing(objection) else ("admit",)
    if status == ObjectionStatus.REPAIR:
        return ("let_repair_lapse",)
    if status == ObjectionStatus.HEARING_PLANNED:
        return ("hold_hearing",)
    if status == ObjectionStatus.HEARING_OFFERED:
        return ("answer_hearing",)
    if status == ObjectionStatus.HANDLING:
        return ways_on_in_hand(objection)
    return ("set_penalty",)


def ways_on_in_hand(objection: Objection) -> tuple[str, ...]:
    """The usual next steps while handling: a hearing or the reason for none, advice, then the decision."""
    last = objection.current_hearing
    if last is None:
        return ("offer_hearing",)
    if last.is_done and objection.awaits_advice:
        return ("receive_advice",)
    if last.is_done:
        return ("uphold", "uphold_penalty", "declare_unfounded")
    return ("waive_hearing",) if last.wanted is False else ("plan_hearing",)


def has_come(planned: "Hearing | None") -> bool:
    """Whether the hour of the hearing has passed."""
    return planned is not None and planned.held_at is not None and planned.held_at <= timezone.now()


OBJECTIONS = ObjectionDesk()
