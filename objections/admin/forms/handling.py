"""The forms of an objection being handled: admit, ask, receive, move the term, withdraw, relief."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.current_policy import term_from_today
from casework.desk.forms import BaseNoteForm, DayField, LetterText, LongText, StepForm, choose_from, get_today
from casework.uploads.upload_checks import CheckedFile
from exemptions.admin.fields import LongerTermField, TermField
from exemptions.forms.papers import PapersField, keep_papers
from exemptions.steps.completion import least_answer_days
from objections.admin.fields import CourtField
from objections.models import Objection, PreliminaryRelief, RepairRequest
from objections.steps.ending import Withdrawn, is_being_heard
from objections.steps.term import Consent

Item = RepairRequest.Item


class ObjectionForm(StepForm):
    """A step of an objection."""

    @property
    def objection(self) -> Objection:
        """The case as an objection."""
        case: Objection = self.case
        return case

    def without(self, *names: str) -> None:
        """Remove fields that this objection does not need."""
        for name in names:
            self.fields.pop(name, None)


class PapersForm(ObjectionForm):
    """A step to which files may be added."""

    def detail(self) -> dict[str, Any]:
        papers: list[CheckedFile] = self.cleaned_data["documents"]
        return {**self.cleaned_data, "documents": keep_papers(papers, dossier=self.objection.dossier, by=self.user)}


class NoteForm(BaseNoteForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only: the objector does not see it."))


class AdmitForm(ObjectionForm):
    """Nothing to fill in if in time or already excused; for a late objection, whether and why it is excused."""

    excused = forms.BooleanField(
        label=_("There was a good reason to be late (Awb 6:11)"),
        error_messages={"required": _("Tick this if it is excused. If not: declare it inadmissible.")},
    )
    because = LongText(label=_("Why it is excused"), help_text=_("Stands in the file."))

    def prepare(self) -> None:
        if self.objection.is_in_time or self.objection.excused:
            self.without("excused", "because")


class RepairForm(ObjectionForm):
    """What is missing, and until when it can be added."""

    items = forms.MultipleChoiceField(
        label=_("What is missing"),
        choices=Item.choices,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Choose what is missing.")},
    )
    ends_on = TermField(least_days=least_answer_days)
    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(objection: Objection) -> dict[str, Any]:
        return {"items": list_missing(objection), "ends_on": term_from_today("repair_days")}


class InformationForm(ObjectionForm):
    """What we need to know, and until when."""

    question = LetterText(label=_("What you need to know, or which proof"), help_text=_("The letter says it."), rows=6)
    ends_on = TermField(least_days=least_answer_days)

    @staticmethod
    def usual(_objection: Objection) -> dict[str, Any]:
        return {"ends_on": term_from_today("repair_days")}


def list_missing(objection: Objection) -> list[str]:
    """The items that are evidently missing."""
    late_and_silent = objection.needs_excuse and not objection.late_reason.strip()
    seen = {
        Item.GROUNDS: not objection.grounds.strip(),
        Item.SIGNATURE: not objection.signed,
        Item.LATE: late_and_silent,
    }
    return [item.value for item, is_missing in seen.items() if is_missing]


class RepairedForm(PapersForm):
    """What the objector sent outside the portal."""

    answer = LongText(
        label=_("What the objector added"),
        help_text=_("As it came in by post, at the counter or by phone. Or write ‘see the files’."),
        required=False,
    )
    documents = PapersField(label=_("Files"))


class AddPapersForm(PapersForm):
    """Files for the dossier of the objection."""

    documents = PapersField(label=_("Files"), required=True)


class ReasonForm(ObjectionForm):
    """The reason for a step."""

    reason = LetterText(label=_("Reason in the letter"))


class DelayForm(ObjectionForm):
    """Until when to delay, on what basis, and why."""

    until = LongerTermField()
    consent = forms.ChoiceField(label=_("What the delay is based on"), choices=Consent.choices)
    reason = LetterText(label=_("Reason in the letter"))


class WithdrawForm(ObjectionForm):
    """How it was taken back, and what was said."""

    how = forms.ChoiceField(label=_("Withdrawn"), choices=Withdrawn.choices)
    reason = LongText(
        label=_("Reason, as the objector gave it"), help_text=_("Kept as a note for colleagues."), required=False
    )

    def prepare(self) -> None:
        """Offer oral withdrawal only at a hearing (Awb 6:21)."""
        if not is_being_heard(self.objection):
            self.fields["how"] = forms.ChoiceField(label=_("Withdrawn"), choices=Withdrawn.choices[:1])


class ForwardForm(ObjectionForm):
    """Which court and, while the term to object runs, that no other objections are expected."""

    court = CourtField()
    none_to_come = forms.BooleanField(
        label=_("No other objections to this decision are to be expected (Awb 7:1a)"),
        error_messages={"required": _("Tick this if it is so. If not: wait until the term to object has passed.")},
    )

    def prepare(self) -> None:
        if not self.objection.term_to_object_runs:
            self.without("none_to_come")


class ReliefForm(ObjectionForm):
    """What the court reports."""

    court = CourtField()
    asked_on = DayField(label=_("Asked on"), last=get_today)
    case_number = forms.CharField(label=_("Case number"), max_length=50, required=False)


class JudgeReliefForm(ObjectionForm):
    """What the judge decided about a request."""

    relief = forms.ModelChoiceField(PreliminaryRelief.objects.none(), label=_("Request"), empty_label=None)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=PreliminaryRelief.Outcome.choices)
    decided_on = DayField(label=_("Decided on"), last=get_today)
    explanation = LongText(label=_("What it means"), required=False)

    def prepare(self) -> None:
        choose_from(self, "relief", self.objection.reliefs.filter(outcome=""))
