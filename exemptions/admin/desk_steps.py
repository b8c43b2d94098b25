"""The steps of applications at the desk: the form of each, and what prevents it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext
from django_fsm import TransitionNotAllowed, can_proceed

from casework import snooze_steps
from casework.desk import penalties
from casework.desk.files import exclude_claimed, unclaimed_letters
from casework.desk.forms import AssignForm, LetterLanguage, StepForm
from casework.desk.forward_form import ForwardForm
from casework.desk.mail_form import MendMailForm
from casework.desk.penalty_forms import DefaultNoticeForm, PenaltyForm
from casework.desk.post_form import PostForm
from casework.desk.snoozes import SnoozeForm
from casework.desk.steps import CaseDesk, DeskStep, HinderedStep, Hindrance
from casework.desk.suspension_forms import (
    AgreementForm,
    DelayProposalForm,
    InquiryForm,
    ProlongForm,
    ResumeForm,
    SuspendForm,
)
from casework.models import Document, Letter
from exemptions import authority, files
from exemptions.admin import amendment_forms, register_changes, step_forms
from exemptions.admin.facts_form import FactsForm
from exemptions.admin.hearing_form import HearingForm
from exemptions.admin.message_form import MessageForm
from exemptions.admin.registration_forms import RepairForm
from exemptions.models import Application
from exemptions.steps import amendment, lawful, revocation
from exemptions.steps.permissions import may_decide

if TYPE_CHECKING:
    from accounts.models import User


def allow_always(_application: Application) -> str:
    """No rule: nothing prevents the step."""
    return ""


def nothing_to_judge(application: Application) -> str:
    """Judging needs an item in the checklist."""
    return "" if application.evidence_items.exists() else gettext("This kind asks for no evidence.")


def penalty_grows(application: Application) -> str:
    """A penalty is set once it has stopped growing."""
    return gettext("The penalty still grows: set it once it has stopped.") if penalties.still_runs(application) else ""


Rule = Callable[[Application], str]
GRANTING: tuple[Rule, tuple[str, ...]] = (lawful.hindrance_to_grant, ("correct_facts",))
RULES: Mapping[str, tuple[Rule, tuple[str, ...]]] = {
    "grant": GRANTING,
    "propose_grant": GRANTING,
    "approve_grant": GRANTING,
    "set_aside": (lawful.hindrance_to_setting_aside, ("ask_completion", "let_lapse", "go_on_unanswered")),
    "extend": (lawful.hindrance_to_extension, ()),
    "annul": (lawful.hindrance_to_annulment, ("correct_facts",)),
    **dict.fromkeys(
        ("replace_vehicle", "allow_temporary_vehicle", "correct_decision", "lengthen", "end_on_request"),
        (
            amendment.hindrance_to_amendment,
            ("post_letters", "lift_suspension", "end_temporary_vehicle", "approve_change", "return_change"),
        ),
    ),
    **dict.fromkeys(
        ("suspend_exemption", "shorten", "propose_suspension", "propose_shortening"),
        (revocation.hindrance_to_curbing, ("post_letters", "end_temporary_vehicle", "approve_change", "return_change")),
    ),
    **dict.fromkeys(
        ("revoke", "propose_revocation"),
        (revocation.hindrance_to_taking_away, ("post_letters", "approve_change", "return_change")),
    ),
    "ask_view_on_change": (revocation.hindrance_to_hearing, ("post_letters", "leave_exemption")),
    "lift_suspension": (lawful.describe_waiting_letter, ("post_letters",)),
    "judge": (nothing_to_judge, ()),
    "snooze": (snooze_steps.explain_hindrance, ()),
    "set_penalty": (penalty_grows, ()),
}
"""By step: what can prevent it regardless of the input, and the steps that remove that obstacle."""


class ApplicationDesk(CaseDesk[Application]):
    """The desk of applications."""

    model = Application
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "take_up": StepForm,
        "approve_grant": step_forms.ApproveForm,
        "approve_rejection": step_forms.ApproveForm,
        "grant": step_forms.GrantForm,
        "propose_grant": step_forms.GrantForm,
        "reject": step_forms.RejectForm,
        "propose_rejection": step_forms.RejectForm,
        "return_proposal": step_forms.ReturnForm,
        "ask_completion": step_forms.AskForm,
        "remind": StepForm,
        "ask_again": StepForm,
        "let_lapse": StepForm,
        "go_on_unanswered": StepForm,
        "supply": step_forms.SupplyForm,
        "offer_hearing": HearingForm,
        "give_view": step_forms.ViewForm,
        "close_hearing": StepForm,
        "judge": step_forms.JudgeForm,
        "correct_facts": FactsForm,
        "annul": step_forms.AnnulForm,
        "approve_change": StepForm,
        "return_change": step_forms.ReturnForm,
        "lift_suspension": amendment_forms.LiftForm,
        "give_view_on_change": step_forms.ViewForm,
        "leave_exemption": amendment_forms.LeaveForm,
        "settle_register_finding": register_changes.RegisterForm,
        "replace_vehicle": amendment_forms.ReplaceForm,
        "end_temporary_vehicle": amendment_forms.LeaveForm,
        "allow_temporary_vehicle": amendment_forms.TemporaryForm,
        "correct_decision": amendment_forms.CorrectionForm,
        "lengthen": amendment_forms.LengthenForm,
        "end_on_request": amendment_forms.EndForm,
        "cancel_day": amendment_forms.CancelDayForm,
        "ask_change": amendment_forms.NoteRequestForm,
        "rename_holder": amendment_forms.RenameForm,
        "refuse_change": amendment_forms.RefuseChangeForm,
        "ask_view_on_change": amendment_forms.AskViewForm,
        "shorten": amendment_forms.ShortenForm,
        "propose_shortening": amendment_forms.ShortenForm,
        "suspend_exemption": amendment_forms.TakingAwayForm,
        "propose_suspension": amendment_forms.TakingAwayForm,
        "revoke": amendment_forms.TakingAwayForm,
        "propose_revocation": amendment_forms.TakingAwayForm,
        "set_aside": step_forms.SetAsideForm,
        "extend": step_forms.ExtendForm,
        "inquire_abroad": InquiryForm,
        "suspend_decision_term": SuspendForm,
        "prolong_suspension": ProlongForm,
        "resume_decision_term": ResumeForm,
        "propose_delay": DelayProposalForm,
        "agree_to_delay": AgreementForm,
        "convert": step_forms.ConvertForm,
        "withdraw": step_forms.WithdrawForm,
        "forward": ForwardForm,
        "receive_default_notice": DefaultNoticeForm,
        "set_penalty": PenaltyForm,
        "message_applicant": MessageForm,
        "settle_messages": StepForm,
        "post_letters": PostForm,
        "mend_mail": MendMailForm,
        "repair_channel": RepairForm,
        "assign": AssignForm,
        "snooze": SnoozeForm,
        "wake": StepForm,
        "note": step_forms.NoteForm,
    }

    def seen(self, user: "User") -> QuerySet[Application]:
        """Applications of the user's municipalities, or all."""
        seen: QuerySet[Application] = Application.objects.at_desk_of(user).for_list()
        return seen

    def is_spare(self, step: DeskStep, names: set[str]) -> bool:
        """A proposal is a secondary step if the user may decide alone: possible, but seldom wanted."""
        return step.name.startswith("propose_") and step.rehearsed_as in names

    def hindrance(self, step: DeskStep, case: Application, user: "User") -> Hindrance | None:
        """What the law requires first, in the same words in which the step itself refuses."""
        rule, repair = RULES.get(step.name, (allow_always, ()))
        why = rule(case)
        return Hindrance(why, repair, moot=step.name == "snooze") if why else None

    def sort_steps(self, case: Application, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """The buttons. If taking up is still to be done, it is the only one that stands out."""
        offered, hindered = super().sort_steps(case, user)
        if any(step.name == "take_up" and step.main for step in offered):
            offered = [replace(step, main=step.name == "take_up") for step in offered]
        return offered, hindered

    def word_button(self, step: DeskStep, case: Application, user: "User") -> DeskStep:
        """On the user's own proposal, returning it is called withdrawing it."""
        proposal = case.waiting_proposal if step.name == "return_proposal" else None
        own = proposal is not None and proposal.made_by_id == user.pk
        return replace(step, label=gettext("Withdraw the proposal")) if own else step

    def find_instead(self, case: Application, step: DeskStep, *, by: "User") -> str:
        """Draw the lot first for a user who wants to grant alone, before they fill in anything."""
        if step.name != "grant" or not can_proceed(case.propose_grant) or not may_decide(case, by):
            return ""
        if case.awaits_lot():
            with suppress(TransitionNotAllowed):  # it was just drawn in another tab
                case.draw_lot(by=by)
        return "propose_grant" if case.second_pair_by_lot else ""

    def letter_language(self, case: Application) -> LetterLanguage | None:
        """The language that the applicant chose."""
        return LetterLanguage(case.language)

    def list_gaps(self, case: Application, letters: list[Letter], *, by: "User") -> list[str]:
        """What is still to be filled in about the deciding authority."""
        return authority.list_gaps(case, letters, by=by)

    def address_after(self, case: Application, step: DeskStep, user: "User") -> str:
        """After a conversion, the page of the application that succeeds it."""
        if step.name != "convert":
            return super().address_after(case, step, user)
        successors = Application.objects.at_desk_of(user).filter(converted_from=case)
        return self.case_address(successors.first() or case)

    def line(self, case: Application) -> list[str]:
        """Number, applicant, kind and status."""
        return [str(case), str(case.applicant), str(case.kind), case.stands_as]

    def context(self, case: Application) -> dict[str, Any]:
        """A colleague's proposal, shown above the form."""
        proposal = case.proposals.select_related("ground", "made_by").filter(settled_at=None).first()
        if proposal is None:
            return {}
        return {"proposal": proposal, "proof": case.relevant_evidence, "above": "desk/proposal.html"}

    def documents(self, case: Application) -> QuerySet[Document]:
        """Files of the case and of the one it was converted from; not those of an objection or appeal."""
        return exclude_claimed(files.find_desk_files(case))

    def letters(self, case: Application) -> QuerySet[Letter]:
        """Letters of the case; those of an objection or appeal are shown there, to users who may see objections."""
        return unclaimed_letters(case.dossier.letters.all())


APPLICATIONS = ApplicationDesk()
