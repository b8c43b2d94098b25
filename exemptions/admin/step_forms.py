"""One form for each step: exactly what the step asks, with the usual values filled in."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.desk.forms import LongText, StepForm, choose_from, day_input
from casework.desk.penalty_forms import DefaultNoticeForm, PenaltyForm
from casework.models import Letter
from exemptions import terms
from exemptions.admin.fields import GroundField, KindField, handlers_of
from exemptions.models import Application, EvidenceItem, Ground
from exemptions.steps.completion import term_from_today
from exemptions.steps.post import to_post
from zones.models import Municipality

__all__ = ["DefaultNoticeForm", "PenaltyForm"]


class ApplicationForm(StepForm):
    """A step of an application."""

    @property
    def application(self) -> Application:
        """The case, by its name."""
        case: Application = self.case
        return case


class PostForm(ApplicationForm):
    """Which letters were posted, and when."""

    letters = forms.ModelMultipleChoiceField(
        Letter.objects.none(), label=_("Letters"), widget=forms.CheckboxSelectMultiple
    )
    posted_on = forms.DateField(label=_("Posted on"), widget=day_input())

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        return {"posted_on": timezone.localdate()}

    def prepare(self) -> None:
        """Those that wait, all of them ticked beforehand."""
        waiting = Letter.objects.filter(pk__in=to_post(self.application).values("letter")).order_by("placed_at", "pk")
        choose_from(self, "letters", waiting)
        self.fields["letters"].initial = waiting


class NoteForm(ApplicationForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only: the applicant does not see it."))


class AssignForm(ApplicationForm):
    """To whom."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), empty_label=_("Choose a colleague"))

    def prepare(self) -> None:
        choose_from(self, "to", handlers_of(self.application))


class JudgeForm(ApplicationForm):
    """What the caseworker thinks of one item of the checklist."""

    item = forms.ModelChoiceField(EvidenceItem.objects.none(), label=_("Item"), empty_label=_("Choose an item"))
    verdict = forms.ChoiceField(label=_("Judgement"), choices=EvidenceItem.Verdict.choices)
    because = LongText(
        label=_("Because"), help_text=_("The applicant reads this where it is not sufficient."), required=False, rows=2
    )

    def prepare(self) -> None:
        choose_from(self, "item", self.application.evidence_items.with_all())


class WhyText(LongText):
    """Why an item is asked. Needed only where the item is ticked, so the page does not call it 'not required'."""

    needed_sometimes = True

    def __init__(self, item: EvidenceItem, *, initial: str) -> None:
        label = format_html('{}<span class="visually-hidden">: {}</span>', gettext("Why"), item)
        super().__init__(label=label, required=False, rows=2)
        self.initial = initial


class AskForm(ApplicationForm):
    """Which items are asked, each with its why, and until when."""

    ends_on = forms.DateField(
        label=_("Last day"), widget=day_input(), help_text=_("A working day, at least a week from now.")
    )
    explanation = LongText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        return {"ends_on": term_from_today()}

    def prepare(self) -> None:
        """Two fields for each item; what is missing or was found insufficient is ticked beforehand."""
        self.items = list(self.application.evidence_items.with_all())
        asked: dict[str, forms.Field] = {}
        for item in self.items:
            why = why_to_ask(item, language=self.application.language)
            asked[f"item_{item.pk}"] = forms.BooleanField(label=str(item), required=False, initial=bool(why))
            asked[f"why_{item.pk}"] = WhyText(item, initial=why)
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Each item that is asked has its why; a why without a tick counts as asked."""
        asked = {item: self.cleaned_data.get(f"why_{item.pk}", "") for item in self.items if self.is_asked(item)}
        for item, why in asked.items():
            if not why:
                self.add_error(f"why_{item.pk}", gettext("Tell why you ask this: the applicant reads it."))
        if not asked:
            self.add_error(None, gettext("Choose at least one item to ask for."))
        return {**self.cleaned_data, "items": asked}

    def is_asked(self, item: EvidenceItem) -> bool:
        """Ticked."""
        return bool(self.cleaned_data.get(f"item_{item.pk}"))

    def detail(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("items", "ends_on", "explanation")}


def why_to_ask(item: EvidenceItem, *, language: str) -> str:
    """The why that goes without saying, in the applicant's language; empty where nothing is wrong with the item."""
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


class GrantForm(ApplicationForm):
    """On which ground, from when until when."""

    ground = GroundField(outcome=Ground.Outcome.GRANT)
    starts_on = forms.DateField(label=_("First day"), widget=day_input())
    ends_on = forms.DateField(label=_("Last day of the exemption"), widget=day_input())
    explanation = LongText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As was asked, within what the kind allows."""
        first = max(application.wanted_from or date.min, timezone.localdate())
        latest = terms.latest_end(application.chosen_kind, facts=application.current_facts, starts_on=first)
        last = min(filter(None, [application.wanted_until, latest]), default=None)
        return {"starts_on": first, "ends_on": last}


class RejectForm(ApplicationForm):
    """On which ground, and why in this case."""

    ground = GroundField(outcome=Ground.Outcome.REJECT)
    explanation = LongText(
        label=_("Explanation in the letter"), help_text=_("Why this ground holds in this applicant's own case."), rows=6
    )


class SetAsideForm(ApplicationForm):
    """On which ground."""

    ground = GroundField(outcome=Ground.Outcome.SET_ASIDE)
    explanation = LongText(label=_("Explanation in the letter"), required=False)


class ReturnForm(ApplicationForm):
    """What the proposer is to look at."""

    remark = LongText(label=_("Remark"), help_text=_("For the colleague who proposed it."))


class ExtendForm(ApplicationForm):
    """Until when, and why."""

    until = forms.DateField(
        label=_("New last day"), widget=day_input(), help_text=_("A working day, later than the present last day.")
    )
    reason = LongText(label=_("Reason in the letter"))


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
    reason = LongText(label=_("Reason in the letter"))

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        return {"municipality": application.municipality_id}


class WithdrawForm(ApplicationForm):
    """What the applicant said."""

    reason = LongText(label=_("Reason, as the applicant gave it"), required=False)
