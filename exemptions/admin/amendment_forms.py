"""Forms of the steps after a grant: exactly what each step needs, with the current values filled in."""

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.desk.forms import DayField, LetterText, LongText, choose_from, get_today
from casework.models import EquatedDay
from exemptions import countries
from exemptions.admin.facts_form import CATEGORY
from exemptions.admin.fields import GroundField, TermField
from exemptions.admin.step_forms import ApplicationForm
from exemptions.intake import access
from exemptions.intake.prefill import AccessQuestion
from exemptions.models import Application, ChangeRequest, Channel, FactsRecord, Ground
from exemptions.models.decision import Change
from exemptions.steps.amendment import Vehicle, find_standing, first_day
from exemptions.steps.change_request import NOTED
from exemptions.steps.completion import least_answer_days
from zones.access import VehicleFacts
from zones.plates import find_plate_problem, normalise


class VehicleFields(ApplicationForm):
    """A vehicle by its plate, with the register's facts; for a foreign one, with those that the colleague saw."""

    vehicle: Vehicle | None = None

    plate = forms.CharField(label=_("New number plate"), max_length=20)
    country = forms.ChoiceField(label=_("Country of the plate"), choices=countries.list_country_choices, initial="NL")
    category = forms.ChoiceField(
        label=_("Kind of vehicle"),
        choices=CATEGORY[:3],
        required=False,
        help_text=_("Of a foreign vehicle only: what its papers say. The Dutch register says it itself."),
    )
    first_admission = DayField(
        label=_("First registration"),
        required=False,
        last=get_today,
        help_text=_("Of a foreign vehicle only, where the kind has a limit on its age."),
    )

    def clean(self) -> dict[str, Any]:
        """Normalise the plate, refuse an impossible one, and find the vehicle's facts."""
        data = super().clean() or {}
        if data.get("plate") and data.get("country"):
            data["plate"] = normalise(data["plate"])
            if wrong := find_plate_problem(data["plate"], country=data["country"]):
                self.add_error("plate", wrong)
            else:
                self.vehicle = self.find_vehicle(data)
        return data

    def find_vehicle(self, data: dict[str, Any]) -> Vehicle | None:
        """The vehicle with its facts from the register, or typed for a foreign one; None with an error at its field."""
        plate, country = data["plate"], data["country"]
        state, lookup = access.look_up_vehicle(AccessQuestion(plate=plate, country=country, on=timezone.localdate()))
        if lookup:
            return Vehicle(plate, country, lookup.facts, FactsRecord.Source.REGISTER)
        if state != "foreign":
            self.add_error("plate", NO_FACTS[state])
        elif not data.get("category"):
            self.add_error("category", gettext("Say what kind of vehicle it is: our register does not know it."))
        else:
            facts = VehicleFacts(category=data["category"], first_admission=data.get("first_admission"))
            return Vehicle(plate, country, facts, FactsRecord.Source.CASEWORKER)
        return None


NO_FACTS = {
    "unknown_plate": _("The vehicle register does not know this plate. Check what was typed."),
    "register_down": _(
        "The vehicle register does not answer. Try again later: without it the vehicle cannot be judged."
    ),
}


class AskedChange(ApplicationForm):
    """A form that shows the holder's open request for this type of change, and starts from its values."""

    above = "desk/change_asked.html"
    change: ClassVar[Change]

    @cached_property
    def asked(self) -> list[ChangeRequest]:
        """The open requests for this change; at most one."""
        return list(self.application.change_requests.open().filter(what=self.change))


def find_wish(application: Application, change: Change) -> ChangeRequest | None:
    """The holder's open request for a change, if any."""
    found: ChangeRequest | None = application.change_requests.open().filter(what=change).first()
    return found


class ReplaceForm(AskedChange, VehicleFields):
    """Which vehicle replaces the present one."""

    change = Change.VEHICLE

    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As the holder requested."""
        wish = find_wish(application, Change.VEHICLE)
        return {"plate": wish.plate, "country": wish.country} if wish else {}

    def detail(self) -> dict[str, Any]:
        return {"vehicle": self.vehicle, "explanation": self.cleaned_data["explanation"]}


class TemporaryForm(AskedChange, VehicleFields):
    """Which vehicle, from when and until when."""

    change = Change.LOAN

    starts_on = DayField(label=_("First day"), first=get_today)
    ends_on = DayField(label=_("Last day"), first=get_today)
    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    field_order = ("plate", "country", "starts_on", "ends_on", "explanation", "category", "first_admission")

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As the holder requested; a first day that has passed meanwhile becomes today."""
        today, wish = timezone.localdate(), find_wish(application, Change.LOAN)
        if wish is None or wish.starts_on is None:
            return {"starts_on": today}
        days = {"starts_on": max(today, wish.starts_on), "ends_on": wish.ends_on}
        return {"plate": wish.plate, "country": wish.country, **days}

    def detail(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "explanation")}
        return {**kept, "vehicle": self.vehicle}


class CorrectionForm(VehicleFields):
    """Correct what was recorded wrongly; anything left unchanged is right."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day of the exemption"))
    explanation = LetterText(
        label=_("Explanation in the letter"), help_text=_("What was wrong, and how it came about.")
    )

    field_order = ("plate", "country", "starts_on", "ends_on", "explanation", "category", "first_admission")

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As in the decision."""
        exemption = find_standing(application)
        if exemption is None:
            return {}
        days = {"starts_on": first_day(exemption), "ends_on": exemption.ends_on}
        return {"plate": exemption.plate, "country": exemption.country, **days}

    def prepare(self) -> None:
        self.fields["plate"].label = gettext("Number plate")

    def find_vehicle(self, data: dict[str, Any]) -> Vehicle | None:
        """Look a vehicle up only for a plate that differs from the one in the decision."""
        exemption = find_standing(self.application)
        if exemption and (exemption.plate, exemption.country) == (data["plate"], data["country"]):
            return None
        return super().find_vehicle(data)

    def detail(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "explanation")}
        return {**kept, "vehicle": self.vehicle}


class EndForm(ApplicationForm):
    """From when the exemption ends."""

    from_day = DayField(
        label=_("No longer valid from"),
        first=get_today,
        help_text=_("Today: the exemption ends immediately, not at midnight."),
    )
    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        return {"from_day": timezone.localdate()}


class CancelDayForm(ApplicationForm):
    """What the holder said."""

    explanation = LetterText(label=_("Explanation in the letter"), required=False)


class LastDayField(DayField):
    """Another last day for the exemption; its help text gives the present one."""

    def __init__(self) -> None:
        super().__init__(label=_("New last day of the exemption"), first=get_today)

    def offer_for(self, case: Any) -> None:
        """Say in the help text what the present last day is."""
        super().offer_for(case)
        if exemption := find_standing(case):
            self.help_text = gettext("The present last day is %(day)s.") % {"day": format_day(exemption.ends_on)}


class LengthenForm(AskedChange):
    """Until when, and why."""

    change = Change.LONGER

    ends_on = LastDayField()
    explanation = LetterText(label=_("Explanation in the letter"))

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As the holder requested."""
        wish = find_wish(application, Change.LONGER)
        return {"ends_on": wish.ends_on} if wish else {}


class RenameForm(AskedChange):
    """The holder's new name."""

    change = Change.NAME

    name = forms.CharField(
        label=_("New name"),
        max_length=200,
        help_text=_("As the trade register has it. For another person in law this is not the way: they apply anew."),
    )
    explanation = LetterText(label=_("Explanation in the letter"), required=False)

    @staticmethod
    def usual(application: Application) -> dict[str, Any]:
        """As the holder requested, or else the present name."""
        wish = find_wish(application, Change.NAME)
        return {"name": wish.name if wish else str(application.applicant or "")}


class NoteRequestForm(ApplicationForm):
    """A request from outside the portal: how and when it came in, and what it is about."""

    channel = forms.ChoiceField(
        label=_("Came in by"), choices=[(one.value, one.label) for one in NOTED], widget=forms.RadioSelect
    )
    came_in_on = DayField(label=_("Received"), last=get_today)
    what = forms.ChoiceField(
        label=_("What the holder asks"),
        choices=[
            (Change.VEHICLE.value, _("another vehicle")),
            (Change.LOAN.value, _("a temporary vehicle")),
            (Change.LONGER.value, _("a later last day")),
            (Change.NAME.value, _("another name of the holder")),
        ],
    )
    plate = forms.CharField(
        label=_("New number plate"), max_length=20, required=False, help_text=_("Of another or a temporary vehicle.")
    )
    country = forms.ChoiceField(
        label=_("Country of the plate"), choices=countries.list_country_choices, initial="NL", required=False
    )
    starts_on = DayField(label=_("First day"), required=False, help_text=_("Of a temporary vehicle."))
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Of a temporary vehicle, or the later last day.")
    )
    name = forms.CharField(
        label=_("New name"), max_length=200, required=False, help_text=_("If the holder has another name.")
    )
    explanation = LongText(label=_("What the holder said about it"), required=False)

    def prepare(self) -> None:
        for name in ("plate", "country", "starts_on", "ends_on", "name"):
            vars(self.fields[name])["needed_sometimes"] = True

    def clean(self) -> dict[str, Any]:
        """Require the fields that this wish needs, and drop those of other wishes."""
        data = super().clean() or {}
        needed = ASKED_FOR.get(data.get("what", ""), ())
        for name in needed:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, gettext("Fill this in for what the holder asks."))
        if data.get("plate") and "plate" in needed:
            data["plate"] = normalise(data["plate"])
            if wrong := find_plate_problem(data["plate"], country=data.get("country") or ""):
                self.add_error("plate", wrong)
        return data

    def detail(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = {name: data[name] for name in ("came_in_on", "explanation", *ASKED_FOR[data["what"]])}
        return {**kept, "what": Change(data["what"]), "channel": Channel(data["channel"])}


ASKED_FOR = {
    Change.VEHICLE.value: ("plate", "country"),
    Change.LOAN.value: ("plate", "country", "starts_on", "ends_on"),
    Change.LONGER.value: ("ends_on",),
    Change.NAME.value: ("name",),
}


class RefuseChangeForm(ApplicationForm):
    """Which request is refused, and why."""

    request = forms.ModelChoiceField(ChangeRequest.objects.none(), label=_("Request of the holder"), empty_label=None)
    explanation = LetterText(label=_("Why it cannot be"), help_text=_("The holder reads this in the letter."), rows=6)

    above = "desk/change_asked.html"

    def prepare(self) -> None:
        choose_from(self, "request", self.application.change_requests.open())

    @cached_property
    def asked(self) -> list[ChangeRequest]:
        """Every open request of the holder."""
        return list(self.application.change_requests.open())


class AskViewForm(ApplicationForm):
    """What we found and intend to do, and until when the holder can give a view."""

    intention = forms.ChoiceField(
        label=_("What you have in mind"),
        choices=[
            (Change.REVOCATION.value, _("revoke the exemption")),
            (Change.SUSPENSION.value, _("suspend the exemption")),
            (Change.SHORTER.value, _("let the exemption end earlier")),
        ],
    )
    found = LetterText(
        label=_("What you found, and where"), help_text=_("The holder reads this in the letter."), rows=6
    )
    ends_on = TermField(least_days=least_answer_days)

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        today = timezone.localdate()
        days = CurrentPolicy.on(today).number("view_days")
        return {"ends_on": EquatedDay.calendar().next_working_day(today + timedelta(days=days))}

    def detail(self) -> dict[str, Any]:
        return {**self.cleaned_data, "intention": Change(self.cleaned_data["intention"])}


class LeaveForm(ApplicationForm):
    """Why, if there is something to say."""

    explanation = LetterText(label=_("Explanation in the letter"), required=False)


class LiftForm(ApplicationForm):
    """Why the exemption is in force again."""

    explanation = LetterText(label=_("Explanation in the letter"))


class TakingAwayForm(ApplicationForm):
    """On which ground, why, and whether the holder was heard; the holder's view is shown above the fields."""

    above = "desk/holder_view.html"

    ground = GroundField(outcome=Ground.Outcome.REVOKE)
    explanation = LetterText(
        label=_("Explanation in the letter"), help_text=_("What you found, and what you think of the view."), rows=6
    )
    unheard_because = LetterText(
        label=_("Why the holder was not heard"),
        help_text=_("Only if you could not wait for a view: why (Awb 4:11). The holder reads this in the letter."),
        required=False,
        rows=2,
    )

    @property
    def views(self) -> list[Any]:
        """Requests for a view on a change, with what the holder said."""
        return list(self.application.view_requests.filter(about__isnull=False).order_by("-pk"))


class ShortenForm(TakingAwayForm):
    """The same, with the new last day."""

    ends_on = LastDayField()

    field_order = ("ground", "ends_on", "explanation", "unheard_because")
