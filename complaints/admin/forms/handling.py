"""The forms for handling a complaint."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.current_policy import term_from_today
from casework.deadlines import MOST_ADJOURNED
from casework.desk.forms import (
    BaseNoteForm,
    DayField,
    LetterText,
    LongText,
    StepForm,
    choose_from,
    get_today,
    get_tomorrow,
)
from complaints.admin.forms.registration import ApplicationField
from complaints.models import Complaint
from complaints.steps.ending import Declined, Outcome
from complaints.steps.hearing import Waived
from exemptions.admin.fields import LongerTermField
from exemptions.terms import AMSTERDAM

USUAL_HOUR = time(10)


class NoteForm(BaseNoteForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only: the complainant does not see it."))


class PersonForm(StepForm):
    """The person whose conduct the complaint is about."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Whose conduct it is about"),
        empty_label=_("Choose a colleague"),
        help_text=_("They get an email with a copy of the complaint."),
    )

    def prepare(self) -> None:
        choose_from(self, "person", User.objects.filter(is_active=True, is_staff=True).order_by("name", "email"))


class LinkForm(StepForm):
    """The application that the complaint is about."""

    application = ApplicationField(required=True)

    def full_clean(self) -> None:
        """Limit the choice to applications that the colleague may see."""
        field = self.fields["application"]
        if isinstance(field, ApplicationField):
            field.user = self.user
        super().full_clean()


class OfferForm(StepForm):
    """The last day for the complainant to answer the offer."""

    reply_until = DayField(label=_("Last day to answer"), first=get_tomorrow)

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        return {"reply_until": term_from_today("hearing_reply_days")}


class PlanForm(StepForm):
    """When and where the hearing is."""

    day = DayField(label=_("Day"), first=get_tomorrow)
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place, or how to take part"), max_length=200)

    @staticmethod
    def usual(complaint: Complaint) -> dict[str, Any]:
        planned = timezone.localtime(complaint.hearing_at) if complaint.hearing_at else None
        hour = planned.time() if planned else USUAL_HOUR
        return {"hour": hour, "place": complaint.hearing_place, "day": planned.date() if planned else None}

    def detail(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"held_at": datetime.combine(data["day"], data["hour"], AMSTERDAM), "place": data["place"]}


class ReportForm(StepForm):
    """When the complainant was heard, and what was said."""

    heard_on = DayField(label=_("Heard on"), last=get_today)
    report = LongText(label=_("Report"), help_text=_("Who was there, and what each said (Awb 9:10)."), rows=8)


class WaiveForm(StepForm):
    """The ground for not hearing the complainant."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Waived.choices, widget=forms.RadioSelect)
    because = LetterText(label=_("Explanation in the letter"), required=False)


class AdviserForm(StepForm):
    """The adviser."""

    adviser = forms.CharField(
        label=_("Who advises"), max_length=200, help_text=_("The person or committee by name. The letter says it.")
    )


class AdviceForm(StepForm):
    """What the adviser reported."""

    advised_on = DayField(label=_("Date of the advice"), last=get_today)
    advice = LetterText(label=_("The advice"), help_text=_("It goes with the outcome (Awb 9:16)."), rows=6)


class AdjournForm(StepForm):
    """The number of weeks, and the reason."""

    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=MOST_ADJOURNED, initial=MOST_ADJOURNED)
    reason = LetterText(label=_("Reason in the letter"))


class DelayForm(StepForm):
    """The new last day, and the reason."""

    until = LongerTermField()
    reason = LetterText(label=_("Reason in the letter"))


class ConcludeForm(StepForm):
    """Findings, judgment and conclusions."""

    outcome = forms.ChoiceField(label=_("Judgment of the complaint"), choices=Outcome.choices, widget=forms.RadioSelect)
    findings = LetterText(label=_("Findings"), help_text=_("What happened, as you found."), rows=6)
    judgment = LetterText(
        label=_("Judgment with reasons"),
        help_text=_("Was it proper, and why? Where an adviser said otherwise, say why you deviate (Awb 9:16)."),
        rows=6,
    )
    conclusions = LetterText(label=_("Conclusions"), help_text=_("What we do about it, if anything."), required=False)


class SettleForm(StepForm):
    """How the complaint was settled."""

    how = LetterText(label=_("How it was settled"), help_text=_("The letter says it."))


class DeclineForm(StepForm):
    """The ground, and the reason."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Declined.choices, widget=forms.RadioSelect)
    because = LetterText(label=_("Explanation in the letter"))
