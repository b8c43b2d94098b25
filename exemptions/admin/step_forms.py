"""One form for each step: exactly what the step needs, with the usual values filled in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework.current_policy import term_from_today
from casework.desk.forms import BaseNoteForm, DayField, LetterText, LongText, StepForm, choose_from, get_today
from exemptions import doubts
from exemptions.admin.fields import GroundField, KindField, LongerTermField, TermField, explain_last_day
from exemptions.doubts import last_day_of
from exemptions.intake import registration
from exemptions.models import Application, EvidenceItem, Ground, TextBlock
from exemptions.models.decision import Outcome
from exemptions.steps.completion import least_completion_days
from zones.models import Municipality


class ApplicationForm(StepForm):
    """The form of a step of an application."""

    @property
    def application(self) -> Application:
        """The case, by a more telling name."""
        case: Application = self.case
        return case


class BesideCaseForm(ApplicationForm):
    """A form with the facts of the case next to it, and a preview of the resulting letter.

    `block_use`: the text blocks that are offered for its explanation.
    """

    beside_template = "desk/decision_panel.html"
    shows_letter = True
    takes_blocks = "explanation"
    block_use: TextBlock.Use | None = None


class ReasonAllTheSame(LongText):
    """Why it is decided despite doubts. Asked only then, so the page never calls it optional."""

    needed_sometimes = True

    def __init__(self) -> None:
        help_text = _("For colleagues, an objection and a court. It does not stand in the letter.")
        super().__init__(label=_("Why you decide so all the same"), help_text=help_text, required=False, rows=3)


class NoteForm(BaseNoteForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only: the applicant does not see it."))


class SometimesText(LetterText):
    """A text that another answer makes required, so the page never calls it optional."""

    needed_sometimes = True


class WhyText(SometimesText):
    """Why an item is asked for; required if the item is ticked."""

    def __init__(self, item: EvidenceItem, *, initial: str) -> None:
        label = format_html('{}<span class="visually-hidden">: {}</span>', gettext("Why"), item)
        super().__init__(label=label, required=False, rows=2)
        self.initial = initial


class JudgeForm(ApplicationForm):
    """The caseworker's judgement of one item of the checklist."""

    item = forms.ModelChoiceField(EvidenceItem.objects.none(), label=_("Item"), empty_label=_("Choose an item"))
    verdict = forms.ChoiceField(label=_("Judgement"), choices=EvidenceItem.Verdict.choices)
    because = SometimesText(
        label=_("Because"), help_text=_("The applicant reads this where it is not sufficient."), required=False, rows=2
    )

    def prepare(self) -> None:
        choose_from(self, "item", self.application.evidence_items.with_all())


class AskForm(BesideCaseForm):
    """Which items are asked for, why each of them, and until when."""

    block_use = TextBlock.Use.COMPLETION

    ends_on = TermField(least_days=least_completion_days)
    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        return {"ends_on": term_from_today("completion_days")}

    def prepare(self) -> None:
        """Add two fields for each item; missing and insufficient items are ticked."""
        self.items = list(self.application.evidence_items.with_all())
        asked: dict[str, forms.Field] = {}
        for item in self.items:
            why = why_to_ask(item, language=self.application.language)
            asked[f"item_{item.pk}"] = forms.BooleanField(label=str(item), required=False, initial=bool(why))
            asked[f"why_{item.pk}"] = WhyText(item, initial=why)
        self.fields = {**asked, **self.fields}
        with override(self.application.language):
            lines = [f"- {line}" for line in registration.list_missing(self.application)]
        self.fields["explanation"].initial = "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        """Require a reason for each item that is asked for; a reason without a tick counts as asking."""
        asked = {item: self.cleaned_data.get(f"why_{item.pk}", "") for item in self.items if self.is_asked(item)}
        for item, why in asked.items():
            if not why:
                self.add_error(f"why_{item.pk}", gettext("Say why you ask this: the applicant will read it."))
        if not asked and not self.cleaned_data.get("explanation", "").strip():
            message = gettext("Choose at least one item, or write in the explanation what you ask for.")
            self.add_error(None, message)
        return {**self.cleaned_data, "items": asked}

    def is_asked(self, item: EvidenceItem) -> bool:
        return bool(self.cleaned_data.get(f"item_{item.pk}"))

    def detail(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("items", "ends_on", "explanation")}


def why_to_ask(item: EvidenceItem, *, language: str) -> str:
    """The obvious reason to ask for an item, in the applicant's language; empty if nothing is wrong with it."""
    if item.verdict == EvidenceItem.Verdict.INSUFFICIENT:
        return item.because
    if item.requirement.required and not item.verdict and not item.documents.all():
        with override(language):
            return gettext("We have not received this yet.")
    return ""


class SupplyForm(ApplicationForm):
    """An answer that came by phone or post."""

    answer = LongText(
        label=_("What the applicant answered"), help_text=_("As it came in by phone, by post or at the counter.")
    )


class ViewForm(ApplicationForm):
    """What the applicant said."""

    view = LongText(
        label=_("View of the applicant"), help_text=_("As it was said by phone, by post or at the counter.")
    )


class DecidingForm(BesideCaseForm):
    """A decision, or a proposal for one. What speaks against it is shown above the fields and requires a reason."""

    doubts_reason = ReasonAllTheSame()

    def prepare(self) -> None:
        if not self.is_bound:
            self.weigh(self.initial)

    def clean(self) -> dict[str, Any]:
        """Require a reason if there are doubts."""
        data = super().clean() or {}
        self.weigh(data)
        if self.doubts and not data.get("doubts_reason", "").strip():
            self.add_error("doubts_reason", gettext("Say why you decide so all the same."))
        return data

    def weigh(self, values: Mapping[str, Any]) -> None:
        """Find the doubts for the values filled in; without doubts, remove the field for the reason."""
        self.doubts = self.find_doubts(doubts.known_of(self.application), values)
        if not self.doubts:
            self.fields.pop("doubts_reason", None)

    def find_doubts(self, known: doubts.CaseFacts, values: Mapping[str, Any]) -> list[str]:
        """What speaks against this decision."""
        raise NotImplementedError

    def detail(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class GrantForm(DecidingForm):
    """On which ground, from when and until when."""

    above = "desk/by_lot.html"
    block_use = TextBlock.Use.GRANT
    explained_anew = ("ends_on",)
    ground = GroundField(outcome=Ground.Outcome.GRANT)
    starts_on = DayField(label=_("First day"), first=get_today)
    ends_on = DayField(label=_("Last day of the exemption"))
    explanation = SometimesText(
        label=_("Explanation in the letter"),
        help_text=_("Needed if you grant less than was asked: why the rest is rejected (Awb 3:46)."),
        required=False,
    )
    on_other_data = forms.BooleanField(
        label=_("I grant less because of data other than the applicant's own"),
        help_text=_("Then the applicant must have had the chance to give a view (Awb 4:7)."),
        required=False,
    )

    field_order = ("doubts_reason", "ground", "starts_on", "ends_on", "explanation", "on_other_data")

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As requested, within what the kind allows and the answers justify."""
        first = max(application.wanted_from or date.min, timezone.localdate())
        return {"starts_on": first, "ends_on": last_day_of(application, starts_on=first).usual(starts_on=first)}

    def prepare(self) -> None:
        """Explain next to the last day how it was computed."""
        super().prepare()
        first = self.first_day
        explain_last_day(self.fields["ends_on"], last_day_of(self.application, starts_on=first), starts_on=first)

    @property
    def first_day(self) -> date:
        """The first day as typed if that is a date, or else the initial one."""
        typed: date | None = doubts.day_of(self.data.get("starts_on")) if self.is_bound else None
        return typed or self.initial["starts_on"]

    def find_doubts(self, known: doubts.CaseFacts, values: Mapping[str, Any]) -> list[str]:
        return doubts.against_grant(known, starts_on=values.get("starts_on"), ends_on=values.get("ends_on"))


class RejectForm(DecidingForm):
    """On which ground, and why in this case."""

    block_use = TextBlock.Use.REJECT
    ground = GroundField(outcome=Ground.Outcome.REJECT)
    explanation = LetterText(
        label=_("Explanation in the letter"), help_text=_("Why this ground applies in this applicant's case."), rows=6
    )

    field_order = ("doubts_reason", "ground", "explanation")

    def find_doubts(self, known: doubts.CaseFacts, values: Mapping[str, Any]) -> list[str]:
        return doubts.against_rejection(known, ground=values.get("ground"))


class ApproveForm(DecidingForm):
    """No fields, unless something speaks against a colleague's proposal, so that the letter comes first."""

    shows_letter = False

    def find_doubts(self, known: doubts.CaseFacts, values: Mapping[str, Any]) -> list[str]:
        proposal = self.application.proposals.select_related("ground").filter(settled_at=None).first()
        if proposal is None:
            return []
        if proposal.outcome == Outcome.REJECTED:
            return doubts.against_rejection(known, ground=proposal.ground)
        starts_on, ends_on = proposal.term
        return doubts.against_grant(known, starts_on=starts_on, ends_on=ends_on)


class AnnulForm(ApplicationForm):
    """On which ground, what the applicant said about it, and why."""

    ground = GroundField(outcome=Ground.Outcome.REJECT)
    view = LongText(
        label=_("View of the applicant"),
        help_text=_("Ask for it first, by phone or email (Awb 4:8). Could you not wait? Say why. It becomes a note."),
    )
    explanation = LetterText(
        label=_("Explanation in the letter"),
        help_text=_("What is not correct, and what you think of the view."),
        rows=6,
    )


class SetAsideForm(BesideCaseForm):
    """On which ground the application is set aside."""

    block_use = TextBlock.Use.SET_ASIDE
    ground = GroundField(outcome=Ground.Outcome.SET_ASIDE)
    explanation = SometimesText(
        label=_("Explanation in the letter"),
        help_text=_(
            "The letter tells what we asked, when and until when. If an answer came, write why it is not enough."
        ),
        required=False,
    )


class ReturnForm(ApplicationForm):
    """What the proposer should look at again."""

    remark = LongText(label=_("Remark"), help_text=_("For the colleague who proposed it."))


class ExtendForm(ApplicationForm):
    """Until when, and why."""

    until = LongerTermField()
    reason = LetterText(label=_("Reason in the letter"))


class ConvertForm(ApplicationForm):
    """To which kind, and why."""

    kind = KindField()
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality"),
        required=False,
        empty_label=_("None: a national kind"),
        help_text=_("For a municipal kind: which municipality it is for."),
    )
    reason = LetterText(label=_("Reason in the letter"))

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        return {"municipality": application.municipality_id}


class WithdrawForm(ApplicationForm):
    """What the applicant said."""

    reason = LongText(label=_("Reason, as the applicant gave it"), required=False)
