"""Applications at the desk: the word on each step's button, its form, and whether a letter goes out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import penalties
from casework.desk.files import unclaimed, unclaimed_letters
from casework.desk.letter_language import LetterLanguage
from casework.desk.steps import CaseDesk, DeskStep, Hindrance
from casework.models import Document, Letter
from exemptions import files
from exemptions.admin import step_forms as forms
from exemptions.admin.facts_form import FactsForm
from exemptions.admin.hearing_form import HearingForm
from exemptions.admin.mail_form import MendMailForm
from exemptions.models import Application
from exemptions.steps import lawful

if TYPE_CHECKING:
    from accounts.models import User


STEPS = (
    DeskStep("take_up", _("Take up"), _("The application is yours from now on."), main=True),
    DeskStep(
        "approve_grant",
        _("Approve and grant"),
        _("The exemption is granted as proposed."),
        forms.ApproveForm,
        sends_letter=True,
        main=True,
    ),
    DeskStep(
        "approve_rejection",
        _("Approve and reject"),
        _("The application is rejected as proposed."),
        forms.ApproveForm,
        sends_letter=True,
        main=True,
    ),
    DeskStep(
        "grant",
        _("Grant"),
        _("The plate has access from the first until the last day."),
        forms.GrantForm,
        sends_letter=True,
        main=True,
    ),
    DeskStep(
        "propose_grant",
        _("Propose to grant"),
        _("A colleague looks at it before it is granted."),
        forms.GrantForm,
        rehearsed_as="grant",
        main=True,
    ),
    DeskStep("reject", _("Reject"), _("The applicant gets no exemption."), forms.RejectForm, sends_letter=True),
    DeskStep(
        "propose_rejection",
        _("Propose to reject"),
        _("A colleague looks at it before it is rejected."),
        forms.RejectForm,
        rehearsed_as="reject",
    ),
    DeskStep(
        "return_proposal",
        _("Send the proposal back"),
        _("The application is taken up again, and nothing has been decided."),
        forms.ReturnForm,
    ),
    DeskStep(
        "ask_completion",
        _("Ask for completion"),
        _("The decision period is suspended until the applicant answers."),
        forms.AskForm,
        sends_letter=True,
    ),
    DeskStep("remind", _("Remind"), _("The applicant is reminded of the open request, once."), sends_letter=True),
    DeskStep(
        "ask_again",
        _("Ask again"),
        _("The term has passed without an answer: the same is asked once more, with a new term."),
        sends_letter=True,
        main=True,
    ),
    DeskStep(
        "let_lapse",
        _("End the request"),
        _("The term has passed without an answer: from now on the application can be set aside, for four weeks."),
    ),
    DeskStep(
        "go_on_unanswered",
        _("Continue without an answer"),
        _("The term has passed without an answer: decide on what there is."),
        main=True,
    ),
    DeskStep(
        "supply", _("Note an answer"), _("Write down what the applicant answered outside the portal."), forms.SupplyForm
    ),
    DeskStep(
        "offer_hearing",
        _("Ask for a view"),
        _("Before a rejection on data that differ from the applicant's own (Awb 4:7)."),
        HearingForm,
        sends_letter=True,
    ),
    DeskStep(
        "give_view", _("Note a view"), _("Write down what the applicant said outside the portal."), forms.ViewForm
    ),
    DeskStep("close_hearing", _("Continue without a view"), _("The last day to give a view has passed.")),
    DeskStep(
        "judge",
        _("Judge an item"),
        _("Accepted, or not sufficient and why."),
        forms.JudgeForm,
        prefilled=("item", "verdict"),
    ),
    DeskStep(
        "correct_facts",
        _("Correct the vehicle data"),
        _("Put the data right, or confirm what the applicant typed. The case keeps every version."),
        FactsForm,
        rare=True,
    ),
    DeskStep(
        "annul",
        _("Revoke the day exemption"),
        _(
            "It was granted on the basis of incorrect data, or to somebody who does not use the vehicle. The applicant "
            "gets a decision and can object."
        ),
        forms.AnnulForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "set_aside",
        _("Set aside"),
        _("The application is incomplete, and the applicant had a chance to complete it (Awb 4:5)."),
        forms.SetAsideForm,
        sends_letter=True,
    ),
    DeskStep(
        "extend",
        _("Extend the term"),
        _("Once, while the term to decide still runs (Awb 4:14)."),
        forms.ExtendForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "convert",
        _("Convert to another kind"),
        _("A new case takes over, with the day of receipt of this one; this case ends."),
        forms.ConvertForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "withdraw",
        _("Withdraw for the applicant"),
        _("The applicant has told you that they are withdrawing the application."),
        forms.WithdrawForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "receive_default_notice",
        _("Note a notice of default"),
        _("The applicant tells us that we are late: two weeks later each day costs money (Awb 4:17)."),
        forms.DefaultNoticeForm,
        sends_letter=True,
        rare=True,
    ),
    DeskStep(
        "set_penalty",
        _("Set the penalty"),
        _("By decision, within two weeks after the last day that costs money (Awb 4:18)."),
        forms.PenaltyForm,
        sends_letter=True,
        main=True,
    ),
    DeskStep(
        "post_letters",
        _("Note letters as posted"),
        _("The applicant wants letters by post: these were printed and posted."),
        forms.PostForm,
        main=True,
    ),
    DeskStep(
        "mend_mail",
        _("Mend a failed email"),
        _("A letter must be announced within 48 hours (Awb 2:10). Nothing changes but how this email goes."),
        MendMailForm,
        prefilled=("message", "cure"),
    ),
    DeskStep("assign", _("Assign"), _("Give the application to a colleague."), forms.AssignForm, rare=True),
    DeskStep("note", _("Write a note"), _("A remark on the case."), forms.NoteForm),
)


def nothing(_application: Application) -> str:
    """No rule: nothing stands in the way."""
    return ""


def nothing_to_ask(application: Application) -> str:
    """A request names items of the checklist."""
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
    "ask_completion": (nothing_to_ask, ()),
    "judge": (nothing_to_ask, ()),
    "set_penalty": (penalty_grows, ()),
}
"""Step → what can stand in its way whatever is filled in, and the steps that take it away."""


class ApplicationDesk(CaseDesk[Application]):
    """Applications at the desk."""

    model = Application
    steps = STEPS

    def seen(self, user: "User") -> QuerySet[Application]:
        """Of the user's municipalities, or all."""
        seen: QuerySet[Application] = Application.objects.at_desk_of(user).for_list()
        return seen

    def is_spare(self, step: DeskStep, names: set[str]) -> bool:
        """A proposal where one person may decide: possible, and seldom wanted."""
        return step.name in ("propose_grant", "propose_rejection") and step.rehearsed_as in names

    def hindrance(self, step: DeskStep, case: Application, user: "User") -> Hindrance | None:
        """What the law asks first, in the words with which the step itself refuses."""
        rule, repair = RULES.get(step.name, (nothing, ()))
        why = rule(case)
        return Hindrance(why, repair) if why else None

    def letter_language(self, case: Application) -> LetterLanguage | None:
        """As the applicant chose."""
        return LetterLanguage(case.language)

    def address_after(self, case: Application, step: DeskStep, user: "User") -> str:
        """A conversion leads to the application that goes on in its place."""
        successors = Application.objects.at_desk_of(user).filter(converted_from=case)
        return self.case_address((successors.first() if step.name == "convert" else None) or case)

    def line(self, case: Application) -> list[str]:
        """Number, applicant, kind, status."""
        return [str(case), str(case.applicant), str(case.kind), case.stands_as]

    def context(self, case: Application) -> dict[str, Any]:
        """What a colleague has proposed stands above the form."""
        proposal = case.proposals.select_related("ground", "made_by").filter(settled_at=None).first()
        if proposal is None:
            return {}
        return {"proposal": proposal, "proof": case.relevant_evidence, "above": "desk/proposal.html"}

    def documents(self, case: Application) -> QuerySet[Document]:
        """Its own, and those of the case from which it was converted; not those of an objection or an appeal."""
        return unclaimed(files.of(case))

    def letters(self, case: Application) -> QuerySet[Letter]:
        """Its own: those of an objection or an appeal stand there, for who sees objections."""
        return unclaimed_letters(case.dossier.letters.all())


APPLICATIONS = ApplicationDesk()
