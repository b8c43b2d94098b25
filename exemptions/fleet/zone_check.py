"""Whether each vehicle of a fleet may enter on one day in one municipality, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exemptions.fleet import access_labels
from exemptions.models import Applicant, Exemption, Vehicle
from exemptions.terms import AMSTERDAM
from zones.access import access_per_zone
from zones.models import Municipality, Zone, current_rule_book
from zones.plates import spell_plate

MIDDAY = time(12, 0)
"""An exemption that is valid at noon is valid that day: exemptions begin and end at midnight, or end at six."""


@dataclass(frozen=True)
class CheckedVehicle:
    """The answer for one vehicle."""

    vehicle: Any
    plate: str
    verdict: access_labels.Verdict
    is_allowed: bool | None

    @property
    def state(self) -> str:
        """The answer as a word, for counting."""
        return {True: "yes", False: "no", None: "unknown"}[self.is_allowed]


def check_vehicles(applicant: Applicant, municipality: Municipality, *, day: date, today: date) -> list[CheckedVehicle]:
    """All vehicles, those that may not enter first, in four queries."""
    zones = list(Zone.objects.in_force(on=day).filter(municipality=municipality))
    book, exempt = current_rule_book(on=today), exempt_on(applicant, municipality, day=day)
    found = [
        check_vehicle(vehicle, zones, exempt.get(vehicle.plate), day=day, book=book)
        for vehicle in Vehicle.objects.filter(applicant=applicant).order_by("plate")
    ]
    return sorted(found, key=lambda one: {"no": 0, "unknown": 1, "yes": 2}[one.state])


def exempt_on(applicant: Applicant, municipality: Municipality, *, day: date) -> dict[str, Exemption]:
    """The applicant's own exemption for each plate that is valid there on that day."""
    here = Q(municipality=None) | Q(municipality=municipality)
    moment = datetime.combine(day, MIDDAY, AMSTERDAM)
    own = Exemption.objects.valid_at(moment).filter(here, application__applicant=applicant, country="NL")
    return {one.plate: one for one in own.select_related("application__dossier", "application__kind")}


def check_vehicle(
    vehicle: Vehicle, zones: list[Zone], exemption: Exemption | None, *, day: date, book: Any
) -> CheckedVehicle:
    """By the rules, or else by its exemption."""
    facts, plate = vehicle.known, spell_plate(vehicle.plate)
    decisions = [one.decision for one in access_per_zone(facts, on=day, zones=zones, book=book)] if facts else []
    allowed = None if not facts else pick_strictest([one.allowed for one in decisions])
    if exemption and not allowed:
        words = _("may enter, by exemption %(number)s") % {"number": exemption.application.dossier}
        return CheckedVehicle(vehicle, plate, access_labels.Verdict(words, "ok", until_words(exemption)), True)
    worst = next((one for one in decisions if one.allowed == allowed), None)
    if worst is None:
        sentence = unknown_words(vehicle) if facts is None else _("There is no zero-emission zone here on that day.")
        words = _("no answer known yet") if facts is None else _("may enter")
        return CheckedVehicle(
            vehicle, plate, access_labels.Verdict(words, "neutral" if facts is None else "ok", sentence), allowed
        )
    return CheckedVehicle(vehicle, plate, access_labels.describe_decision(worst, on=day), allowed)


def pick_strictest(answers: list[bool | None]) -> bool | None:
    """The strictest answer for several zones in one municipality; without zones, everybody may enter."""
    if False in answers:
        return False
    return None if None in answers else True


def until_words(exemption: Exemption) -> str:
    """The kind of an exemption and its last day."""
    day = date_format(exemption.ends_on)
    return _("%(kind)s, until %(day)s.") % {"kind": exemption.application.kind, "day": day}


def unknown_words(vehicle: Vehicle) -> str:
    """Why there is no answer."""
    if vehicle.is_unknown:
        return _("The vehicle register does not know this plate.")
    return _("The vehicle register has given no answer yet.")


def build_export_rows(found: Iterable[CheckedVehicle]) -> Iterator[list[str]]:
    """Rows for a file."""
    for one in found:
        yield [one.plate, one.vehicle.remark, one.verdict.words, one.verdict.because]
