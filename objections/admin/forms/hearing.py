"""The forms about hearing the objector (Awb 7:2 to 7:7)."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.current_policy import term_from_today
from casework.desk.forms import DayField, LetterText, LongText, choose_from
from casework.models import EquatedDay
from exemptions.admin.fields import TermField
from exemptions.forms.papers import PapersField
from exemptions.steps.completion import least_answer_days
from exemptions.terms import AMSTERDAM
from objections.admin.fields import YesNoField, desk_workers, exclude_involved
from objections.admin.forms.handling import ObjectionForm, PapersForm
from objections.models import Hearing, Objection
from objections.steps.hearing import find_first_hearing_day

USUAL_HOUR = time(10)


class OfferForm(ObjectionForm):
    """Until when the objector can answer."""

    reply_until = TermField(least_days=least_answer_days, label=_("Last day to answer"))

    @staticmethod
    def usual(_objection: Objection) -> dict[str, Any]:
        return {"reply_until": term_from_today("hearing_reply_days")}


class AnswerForm(ObjectionForm):
    """What the objector said outside the portal."""

    wants = YesNoField(label=_("The objector wants to be heard"))
    reply = LongText(label=_("What the objector said about it"), required=False)


class PlanForm(ObjectionForm):
    """When, where, and before whom."""

    day = DayField(
        label=_("Day"),
        first=lambda _objection: find_first_hearing_day(),
        help_text=_("The objector needs time for papers, which come in until the eleventh day before (Awb 7:4)."),
    )
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place, or how to take part"), max_length=300)
    heard_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Heard by"),
        empty_label=_("Choose a colleague"),
        help_text=_("Who took or prepared the decision is not in the list (Awb 7:5)."),
    )
    members = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who else hears them"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    @staticmethod
    def usual(objection: Objection) -> dict[str, Any]:
        """The first possible day, led by the assigned colleague; or the earlier plan when rescheduling."""
        planned = objection.current_hearing
        usual = {"day": usual_day(), "hour": USUAL_HOUR, "heard_by": objection.assigned_to_id}
        if planned is None or planned.held_at is None:
            return usual
        return {
            "day": max(timezone.localdate(planned.held_at), usual_day()),
            "hour": timezone.localtime(planned.held_at).time(),
            "place": planned.place,
            "heard_by": planned.heard_by_id,
            "members": planned.members.all(),
        }

    def prepare(self) -> None:
        if self.objection.current_committee:
            return self.without("heard_by", "members")
        choose_from(self, "heard_by", exclude_involved(self.objection.handlers(), self.objection))
        choose_from(self, "members", exclude_involved(desk_workers(), self.objection))
        return None

    def clean(self) -> dict[str, Any]:
        """Remove the leader of the hearing from the members."""
        data = super().clean() or {}
        if members := data.get("members"):
            data["members"] = members.exclude(pk=data["heard_by"].pk) if data.get("heard_by") else members
        return data

    def detail(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        held_at = datetime.combine(values.pop("day"), values.pop("hour"), AMSTERDAM)
        return {**values, "held_at": held_at, "members": list(values.get("members", ()))}


def usual_day() -> date:
    """The first working day that leaves time for papers."""
    return EquatedDay.calendar().next_working_day(find_first_hearing_day())


class CancelForm(ObjectionForm):
    """Why it does not take place."""

    because = LetterText(label=_("Why the hearing does not take place"), help_text=_("The letter says it."))


class ReportForm(PapersForm):
    """What was said."""

    attended = YesNoField(label=_("The objector was there"))
    report = LetterText(
        label=_("Report (Awb 7:7)"), help_text=_("Who was there, and what was said. The objector reads it."), rows=10
    )
    documents = PapersField(label=_("Files that belong to the report"))


class WaiveForm(ObjectionForm):
    """On which ground there is no hearing."""

    ground = forms.ChoiceField(label=_("No hearing, because"), choices=())
    because = LetterText(label=_("Explanation"), help_text=_("The decision repeats it (Awb 7:12)."), required=False)

    def prepare(self) -> None:
        """Offer only grounds that can apply: two of them depend on what the objector answered, or on their silence."""
        grounds = possible_grounds(self.objection)
        self.fields["ground"] = forms.ChoiceField(
            label=_("No hearing, because"), choices=[(ground.value, ground.label) for ground in grounds]
        )


def possible_grounds(objection: Objection) -> list[Hearing.Skipped]:
    """The grounds that can apply, the likeliest first."""
    hearing, grounds = objection.current_hearing, Hearing.Skipped
    always = [grounds.UNFOUNDED, grounds.INADMISSIBLE, grounds.UPHELD]
    if hearing is None or hearing.is_done:
        return always
    if hearing.wanted is False:
        return [grounds.WAIVED, *always]
    lapsed = hearing.wanted is None and hearing.reply_until and hearing.reply_until < timezone.localdate()
    return [grounds.NO_REPLY, *always] if lapsed else always
