"""Objections at the desk: the word on each step's button, its form, and whether a letter goes out."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import penalties
from casework.desk.files import unclaimed
from casework.desk.letter_language import LetterLanguage
from casework.desk.penalty_forms import DefaultNoticeForm, PenaltyForm
from casework.desk.steps import CaseDesk, DeskStep, Hindered, Hindrance
from casework.models import Document
from exemptions.admin.mail_form import MendMailForm
from objections.admin.forms import handling, hearing, outcome
from objections.admin.in_time import in_time
from objections.models import Appeal, Objection, ObjectionStatus
from objections.portal.files import not_sent

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Hearing

INTAKE = (
    DeskStep("take_up", _("Put it in your name"), _("The objection is yours from now on.")),
    DeskStep(
        "admit",
        _("Handle it"),
        _("It is complete, and it came in time or its lateness is excused: from now on you look into it."),
        handling.AdmitForm,
    ),
    DeskStep(
        "ask_repair",
        _("Ask for what is missing"),
        _("The objector gets a chance to repair it; the term to decide stands still (Awb 6:6, 7:10)."),
        handling.RepairForm,
        sends_letter=True,
    ),
    DeskStep(
        "repair",
        _("Note what was added"),
        _("What the objector sent outside the portal: the term to decide runs again from tomorrow."),
        handling.RepairedForm,
    ),
    DeskStep("remind_repair", _("Remind"), _("The objector is reminded of the open request, once."), sends_letter=True),
    DeskStep(
        "let_repair_lapse",
        _("End the request"),
        _("The term has passed in silence: declare it inadmissible, or go on with what there is."),
    ),
)
HEARING = (
    DeskStep(
        "offer_hearing",
        _("Offer a hearing"),
        _("Before a decision the objector can tell their side (Awb 7:2)."),
        hearing.OfferForm,
        sends_letter=True,
    ),
    DeskStep(
        "answer_hearing",
        _("Note the answer about the hearing"),
        _("What the objector said by post or by phone."),
        hearing.AnswerForm,
    ),
    DeskStep(
        "plan_hearing",
        _("Plan the hearing"),
        _("The objector is invited; papers until ten days before, the file lies open a week before (Awb 7:4)."),
        hearing.PlanForm,
        sends_letter=True,
    ),
    DeskStep(
        "hold_hearing",
        _("Write the report"),
        _("The hearing has been held: its report joins the file (Awb 7:7)."),
        hearing.ReportForm,
    ),
    DeskStep(
        "waive_hearing",
        _("No hearing"),
        _("Only on a ground of the law (Awb 7:3); the decision repeats it."),
        hearing.WaiveForm,
    ),
)
DECIDING = (
    DeskStep(
        "uphold",
        _("Uphold"),
        _("The objector is right: the exemption is granted after all, in place of the decision under attack."),
        outcome.UpholdForm,
        sends_letter=True,
    ),
    DeskStep(
        "uphold_in_part",
        _("Uphold in part"),
        _("An exemption, but not all that was asked."),
        outcome.UpholdInPartForm,
        sends_letter=True,
    ),
    DeskStep(
        "uphold_and_reopen",
        _("Uphold and take the application up again"),
        _("It should not have been set aside: the term to decide on the application begins anew."),
        outcome.ReopenForm,
        sends_letter=True,
    ),
    DeskStep(
        "declare_unfounded",
        _("Declare unfounded"),
        _("The decision stands, with the reasons (Awb 7:12)."),
        outcome.UnfoundedForm,
        sends_letter=True,
    ),
    DeskStep(
        "declare_inadmissible",
        _("Declare inadmissible"),
        _("It is not looked at, and you judge so (Awb 6:6, 6:11)."),
        outcome.InadmissibleForm,
        sends_letter=True,
    ),
    DeskStep(
        "set_penalty",
        _("Set the penalty"),
        _("By decision, within two weeks after the last day that costs money (Awb 4:18)."),
        PenaltyForm,
        sends_letter=True,
    ),
)
BESIDE = (
    DeskStep("add_papers", _("Add files"), _("They join the file of the objection."), handling.AddPapersForm),
    DeskStep(
        "refuse_direct_appeal",
        _("Refuse direct appeal"),
        _("We decide on the objection ourselves first (Awb 7:1a)."),
        handling.ReasonForm,
        sends_letter=True,
    ),
    DeskStep(
        "agree_direct_appeal",
        _("Forward to the court"),
        _("Direct appeal: the court gets the objection at once, with its day of receipt (Awb 7:1a)."),
        handling.ForwardForm,
        sends_letter=True,
    ),
    DeskStep(
        "adjourn",
        _("Adjourn by six weeks"),
        _("Once, told before the term lapses (Awb 7:10, paragraph 3)."),
        handling.ReasonForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "delay_further",
        _("Delay further"),
        _("To a later day, with consent, told before the term lapses (Awb 7:10, paragraph 4)."),
        handling.DelayForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "refer_to_committee",
        _("Ask a committee"),
        _("An advisory committee: twelve weeks to decide in place of six (Awb 7:13)."),
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "receive_default_notice",
        _("Note a notice of default"),
        _("The objector tells us that we are late: two weeks later each day costs money (Awb 7:14, 4:17)."),
        DefaultNoticeForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "ask_relief",
        _("Note preliminary relief"),
        _("The court informs us that preliminary relief was requested (Awb 8:81)."),
        handling.ReliefForm,
        rare=True,
    ),
    DeskStep(
        "judge_relief",
        _("Note the outcome of preliminary relief"),
        _("The judge has spoken, or the request was withdrawn."),
        handling.JudgeReliefForm,
    ),
    DeskStep(
        "ask_costs",
        _("Note that costs are asked"),
        _("The objector asks us to pay the costs of the objection: possible until we decide (Awb 7:15)."),
        rare=True,
    ),
    DeskStep(
        "withdraw",
        _("Withdraw for the objector"),
        _("The objector has told you that they are withdrawing the objection (Awb 6:21)."),
        handling.WithdrawForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "post_letters",
        _("Note letters as posted"),
        _("The applicant wants letters by post: these were printed and posted."),
        handling.PostForm,
    ),
    DeskStep(
        "mend_mail",
        _("Mend a failed email"),
        _("A letter must be announced within 48 hours (Awb 2:10). Nothing changes but how this email goes."),
        MendMailForm,
        prefilled=("message", "cure"),
    ),
    DeskStep("assign", _("Assign"), _("Give the objection to a colleague."), handling.AssignForm, rare=True),
    DeskStep("note", _("Write a note"), _("A remark on the objection."), handling.NoteForm),
)
TOO_LATE_NOW = ("adjourn", "delay_further", "refer_to_committee")
"""What lengthens a term can no longer do so once it has lapsed (Awb 7:10(5))."""


REPAIRS = {
    "admit": ("ask_repair",),
    "uphold_in_part": ("plan_hearing", "offer_hearing", "waive_hearing"),
    "hold_hearing": ("plan_hearing",),
}
"""Step → the steps that take away what stands in its way."""


def hindrance_in_words(name: str, case: Objection, user: "User") -> str:
    """Why a step of an objection would only be refused or change nothing; empty where it would not."""
    match name:
        case "take_up" if case.assigned_to_id == user.pk:
            return gettext("It is in your name already.")
        case "admit" if not case.grounds.strip():
            return gettext("The grounds are missing: ask the objector to add them first (Awb 6:6).")
        case "set_penalty" if penalties.still_runs(case):
            return gettext("The penalty still grows: set it once it has stopped.")
        case "hold_hearing" if not has_come(case.current_hearing):
            return gettext("The hearing is still to come. Plan it again if it took place earlier.")
        case "uphold_in_part" if not case.hearing_is_done:
            return gettext("First the hearing, or the objector who says that they want none (Awb 7:2, 7:3).")
    if name in TOO_LATE_NOW and case.is_late:
        return gettext("The term to decide has ended: it can no longer be lengthened (Awb 7:10).")
    if name == "adjourn" and case.extended_to:
        return gettext("A later day was agreed, or a court set one: six weeks more would not move it.")
    return ""


class ObjectionDesk(CaseDesk[Objection]):
    """Objections at the desk."""

    model = Objection
    steps = (*INTAKE, *HEARING, *DECIDING, *BESIDE)

    def seen(self, user: "User") -> QuerySet[Objection]:
        """Those about applications that the user may see."""
        seen: QuerySet[Objection] = Objection.objects.at_desk_of(user).for_list()
        return seen

    def sorted_out(self, case: Objection, user: "User") -> tuple[list[DeskStep], list[Hindered]]:
        """The buttons, with the way on from here before the others."""
        ways_on = main_steps(case)
        offered, hindered = super().sorted_out(case, user)
        return [replace(step, main=step.name in ways_on) for step in offered], hindered

    def hindrance(self, step: DeskStep, case: Objection, user: "User") -> Hindrance | None:
        """Taken up already; a term that lapsed or has a new day; a penalty that grows; a hearing that is to come."""
        why = hindrance_in_words(step.name, case, user)
        return Hindrance(why, REPAIRS.get(step.name, ()), moot=step.name == "take_up") if why else None

    def letter_language(self, case: Objection) -> LetterLanguage | None:
        """That of the application."""
        return LetterLanguage(case.application.language)

    def title(self, case: Objection) -> str:
        """Its number is that of its dossier."""
        return gettext("Objection %(number)s") % {"number": case.dossier}

    def line(self, case: Objection) -> list[str]:
        """Number, objector, kind, status."""
        application = case.application
        status = str(case.get_status_display())
        return [self.title(case), str(application.applicant), str(application.kind), status]

    def context(self, case: Objection) -> dict[str, Any]:
        """Whether it came in time stands above every form."""
        return {"above": "desk/objection_above.html", "objection": case, "in_time": in_time(case)}

    def documents(self, case: Objection) -> QuerySet[Document]:
        """Everything in the dossier but what goes to and fro between us and a court, and what was not sent yet."""
        return unclaimed(super().documents(case), by=(Appeal.CASE_TYPE,)).exclude(pk__in=not_sent())


def main_steps(objection: Objection) -> tuple[str, ...]:
    """The way on from here, when all is well."""
    status = ObjectionStatus(objection.status)
    if status == ObjectionStatus.REGISTERED:
        return ("ask_repair",) if handling.missing_of(objection) else ("admit",)
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
    """Hear the objector first, or say why not; then decide."""
    last = objection.current_hearing
    if last is None:
        return ("offer_hearing",)
    if last.is_done:
        return ("uphold", "declare_unfounded")
    return ("waive_hearing",) if last.wanted is False else ("plan_hearing",)


def has_come(planned: "Hearing | None") -> bool:
    """Whether the hour of the hearing has passed."""
    return planned is not None and planned.held_at is not None and planned.held_at <= timezone.now()


OBJECTIONS = ObjectionDesk()
