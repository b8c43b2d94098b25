"""The forms about an advisory committee (Awb 7:13)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import DayField, LetterText, LongText, get_today
from casework.uploads.upload_checks import CheckedFile
from exemptions.forms.papers import PapersField, keep_papers
from objections.admin.forms.handling import ObjectionForm
from objections.models import ObjectionDecision


class NamesField(LongText):
    """Names, one on each line."""

    def clean(self, value: Any) -> list[str]:
        """The names, without empty lines."""
        return [name.strip() for name in super().clean(value).splitlines() if name.strip()]


class CommitteeForm(ObjectionForm):
    """The chair and members of a committee."""

    chair = forms.CharField(label=_("Chair"), max_length=200, help_text=_("Stands in the letter to the objector."))
    members = NamesField(
        label=_("Members"), help_text=_("At least two, one on each line. They stand in the letter too.")
    )
    is_independent = forms.BooleanField(
        label=_("The chair is not one of us, and does not work for us (Awb 7:13)"),
        error_messages={"required": _("Only somebody from outside may chair the committee. Choose another chair.")},
    )


class AdviceForm(ObjectionForm):
    """What the committee advises, and the file."""

    advised_on = DayField(label=_("Date of the advice"), last=get_today)
    conclusion = forms.ChoiceField(label=_("The committee advises"), choices=ObjectionDecision.Outcome.choices)
    document = PapersField(label=_("The advice, with the report of the hearing"), required=True, most=1)

    def detail(self) -> dict[str, Any]:
        papers: list[CheckedFile] = self.cleaned_data["document"]
        [kept] = keep_papers(papers, dossier=self.objection.dossier, by=self.user)
        return {**self.cleaned_data, "document": kept}


class EndReferralForm(ObjectionForm):
    """Why there will be no advice."""

    because = LetterText(label=_("Why there will be no advice"), help_text=_("The letter says it."))
