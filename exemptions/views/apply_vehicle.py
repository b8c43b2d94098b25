"""Screen 2: the vehicle. The register supplies its data; if it cannot, the applicant does."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.limits import is_within_lookups
from exemptions.forms.facts import TypedFactsForm
from exemptions.forms.plate import PlateForm
from exemptions.forms.vehicle import RIGHT, WRONG, ConfirmVehicleForm
from exemptions.intake import drafts, obstacles, summary
from exemptions.intake.access import with_typed
from exemptions.intake.drafts import Vehicle
from exemptions.intake.obstacles import Obstacle
from exemptions.models import Application, FactsRecord
from exemptions.views.screens import Screen
from zones.access import VehicleFacts
from zones.plates import spell_plate
from zones.register import Lookup, NotFound, RegisterDown, look_up

PLATE, TYPED, CONFIRM = "plate", "typed", "confirm"


class VehicleScreen(Screen):
    """Asks for the plate; then for confirmation of the register's data, or for the facts."""

    name = "vehicle"

    def __init__(self, request: HttpRequest, draft: Application) -> None:
        super().__init__(request, draft)
        self.record = draft.current_facts
        self.shown = self.part_to_show()
        self.is_unknown_plate = False
        self.is_too_often = False

    def part_to_show(self) -> str:
        """The part that the URL asks for, or else the one that fits what is known."""
        if self.record is None or self.part == PLATE:
            return PLATE
        return CONFIRM if self.record.source == FactsRecord.Source.REGISTER else TYPED

    @property
    def title(self) -> str:
        """The question of this part."""
        return {
            PLATE: _("Which vehicle is this about?"),
            CONFIRM: _("Is this your vehicle?"),
            TYPED: _("Tell us about the vehicle"),
        }[self.shown]

    @property
    def template(self) -> str:
        return f"portal/apply_vehicle_{self.shown}.html"

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """The form of this part."""
        facts = self.record.vehicle if self.record else VehicleFacts()
        if self.shown == CONFIRM:
            return ConfirmVehicleForm(data, known_category=facts.category, **{"initial": self.confirmed(), **kwargs})
        if self.shown == TYPED:
            return TypedFactsForm(data, for_application=True, **{"initial": facts.__dict__, **kwargs})
        plate = spell_plate(self.draft.plate, country=self.draft.country)
        return PlateForm(data, **{"initial": {"plate": plate, "country": self.draft.country}, **kwargs})

    def confirmed(self) -> dict[str, str]:
        """The earlier answer about the data."""
        wrong = self.draft.facts_disputed
        is_past = self.draft.draft_step not in drafts.SCREENS[:2]
        verdict = WRONG if wrong else RIGHT if is_past else ""
        return {"verdict": verdict, "wrong": wrong, "vehicle_class": self.draft.vehicle_class}

    def button(self) -> HttpResponse | None:
        """Handle the buttons for a vehicle without a plate yet, and for a plate that is right although unknown."""
        if "no_plate" in self.request.POST:
            return self.take(Vehicle("", "NL", VehicleFacts()))
        if "unknown_plate" in self.request.POST:
            form = PlateForm(self.request.POST)
            if form.is_valid():
                data = form.cleaned_data
                return self.take(Vehicle(data["plate"], data["country"], VehicleFacts()))
        return None

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save this part; a plate leads to the part with its data."""
        if isinstance(form, PlateForm):
            return self.look_up(form)
        if isinstance(form, ConfirmVehicleForm):
            vehicle_class = form.cleaned_data.get("vehicle_class", "")
            drafts.confirm_vehicle(self.draft, wrong=form.said_wrong(), vehicle_class=vehicle_class)
            return self.stop(form)
        if isinstance(form, TypedFactsForm):
            facts = with_typed(VehicleFacts(), form.typed())
            drafts.save_vehicle(self.draft, Vehicle(self.draft.plate, self.draft.country, facts), by=self.user)
            return self.stop(form)
        return None

    def stop(self, form: BaseForm) -> HttpResponse | None:
        """Show the page again if another exemption or vehicle is the only way forward."""
        is_refused = any(one.blocks and one.screen == self.name for one in self.obstacles())
        return self.show(form, is_refused=True) if is_refused else None

    def obstacles(self) -> list[Obstacle]:
        """What stands in the way of applying for this vehicle."""
        return obstacles.find_obstacles(self.draft, today=timezone.localdate()) if self.shown != PLATE else []

    def look_up(self, form: PlateForm) -> HttpResponse:
        """Look the plate up in the register, and say plainly what it could not tell."""
        plate, country = form.cleaned_data["plate"], form.cleaned_data["country"]
        if country != "NL":
            return self.take(Vehicle(plate, country, self.typed_before(plate, country)))
        if not is_within_lookups(self.request):
            return self.too_often(form)
        match look_up(plate):
            case Lookup() as lookup:
                return self.take(Vehicle(plate, country, lookup.facts, lookup))
            case NotFound():
                self.is_unknown_plate = True
                form.add_error("plate", _("The vehicle register does not know this plate. Check what you typed."))
                return self.show(form)
            case RegisterDown():
                messages.warning(
                    self.request,
                    _(
                        "The vehicle register is not responding at the moment. Fill in the details "
                        "yourself; we will check them later."
                    ),
                )
        return self.take(Vehicle(plate, country, self.typed_before(plate, country)))

    def too_often(self, form: PlateForm) -> HttpResponse:
        """Ask the user to wait a minute; the form keeps the plate."""
        self.is_too_often = True
        form.add_error(None, _("You have looked up many vehicles in a short time. Wait a minute and try again."))
        answer = self.show(form)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return answer

    def typed_before(self, plate: str, country: str) -> VehicleFacts:
        """Facts typed earlier for the same vehicle, so that they need not be typed again."""
        is_same = (plate, country) == (self.draft.plate, self.draft.country)
        is_typed = self.record is not None and self.record.source == FactsRecord.Source.APPLICANT
        return self.record.vehicle if self.record and is_same and is_typed else VehicleFacts()

    def take(self, vehicle: Vehicle) -> HttpResponse:
        """Save the vehicle and show the next part of this screen."""
        drafts.save_vehicle(self.draft, vehicle, by=self.user)
        drafts.save_draft(self.draft, draft_step=self.name)
        return redirect(self.url(self.name))

    def context(self) -> dict[str, Any]:
        """The data, what the rules say about them, and the link to another plate."""
        facts = self.record.vehicle if self.record else VehicleFacts()
        return {
            "plate": spell_plate(self.draft.plate, country=self.draft.country),
            "facts": summary.facts_rows(facts),
            "record": self.record,
            "obstacles": self.obstacles(),
            "begun": drafts.find_other_drafts(self.draft, by=self.user) if self.shown != PLATE else [],
            "is_unknown_plate": self.is_unknown_plate,
            "plate_url": self.url(self.name, part=PLATE),
        }

    def saved(self, own_answer: HttpResponse | None, *, is_later: bool) -> HttpResponse:
        """Keep showing the plate part, even for 'later', if the plate was not accepted."""
        if (self.is_unknown_plate or self.is_too_often) and own_answer is not None:
            return own_answer
        return super().saved(own_answer, is_later=is_later)

    def kept_as(self) -> str:
        """The form of each part is kept separately."""
        return f"{self.name}-{self.shown}"
