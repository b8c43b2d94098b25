"""Whether a vehicle may enter today, as far as the asker may know: by the rules, or by its applicant's exemption.

Every page and letter that tells somebody that they may not enter takes its sentence from here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from casework import clock
from casework.deadline_words import format_day
from casework.reference_cache import read_once
from exemptions.models.exemption import Exemption, find_plate_holder
from zones.access import AccessDecision, access_per_zone, decide
from zones.models import Municipality, Zone
from zones.models.book import current_rule_book
from zones.rules import RuleBook
from zones.wording import describe_announcement

if TYPE_CHECKING:
    from exemptions.models.application import Application


@dataclass(frozen=True)
class AccessToday:
    """`by_rules`: None if we do not know the vehicle well enough; `exemption`: the longest-lasting one."""

    by_rules: AccessDecision | None
    exemption: Exemption | None

    @property
    def is_free(self) -> bool:
        """Whether the rules give access without an end."""
        return bool(self.by_rules and self.by_rules.allowed and self.by_rules.until is None)

    @property
    def last_day(self) -> date | None:
        """The last day with access; None if there is none today, or no last day."""
        by_rules = self.by_rules.until if self.by_rules and self.by_rules.allowed else None
        days = [by_rules - timedelta(days=1) if by_rules else None, self.exemption.ends_on if self.exemption else None]
        return None if self.is_free else max(filter(None, days), default=None)

    @property
    def title(self) -> str:
        """The title above the sentence, for somebody who waits for a decision."""
        if self.is_free or self.last_day:
            return _("You may still enter the zone")
        return _("You have no exemption yet")

    @property
    def sentence(self) -> str:
        """What holds today, and until when."""
        if self.is_free:
            return _("Under the rules, you may enter the zone with this vehicle without an exemption.")
        if self.last_day is None:
            return self._without_access()
        if self.exemption and self.exemption.ends_on == self.last_day:
            return self._by_exemption(self.exemption)
        message = _(
            "You may enter the zone with this vehicle without an exemption until %(day)s. After that only "
            "with an exemption."
        ) % {"day": format_day(self.last_day)}
        announcement = self.by_rules.announcement if self.by_rules else None
        return f"{message} {describe_announcement(announcement)}" if announcement else message

    def _by_exemption(self, exemption: Exemption) -> str:
        about = {"day": format_day(exemption.ends_on), "municipality": exemption.municipality}
        if exemption.municipality:
            return (
                _(
                    "Your exemption for this vehicle in %(municipality)s is valid until %(day)s. After that you "
                    "may enter only with a new exemption."
                )
                % about
            )
        return (
            _(
                "Your exemption for this vehicle is valid until %(day)s. After that you may enter only with a "
                "new exemption."
            )
            % about
        )

    def _without_access(self) -> str:
        if self.by_rules is None or self.by_rules.allowed is None:
            return _(
                "Without an exemption you may not enter the zone with this vehicle, unless the rules already give it "
                "access. You may get a fine."
            )
        return _("Without an exemption you may not enter the zone with this vehicle. You may get a fine.")


def find_access_today(application: "Application", *, without: Exemption | None = None) -> AccessToday:
    """Access today for the vehicle and the place of an application; five queries at most.

    `without`: an exemption to leave out, because it is about to end.
    """
    return AccessToday(by_rules(application), running_exemption(application, without=without))


def by_rules(application: "Application") -> AccessDecision | None:
    """What the rules say about verified facts; before a zone starts, everybody may enter it."""
    record, today = application.current_facts, clock.today()
    if record is None or not application.facts_verified:
        return None
    book = read_once((RuleBook, today), lambda: current_rule_book(on=today))
    zones = list_zones(application.municipality, on=today) if application.municipality else ()
    there = [one.decision for one in access_per_zone(record.vehicle, on=today, zones=zones, book=book)]
    return min(there, key=access_order) if there else decide(record.vehicle, on=today, book=book)


def list_zones(municipality: Municipality, *, on: date) -> list[Zone]:
    """The zones that a municipality has on a day."""
    return read_once((Zone, municipality.pk, on), lambda: list(municipality.zones.in_force(on=on)))


def access_order(decision: AccessDecision) -> tuple[bool, date]:
    """Sort key: no access first, then the access that ends first."""
    return bool(decision.allowed), decision.until or date.max


def running_exemption(application: "Application", *, without: Exemption | None = None) -> Exemption | None:
    """The applicant's exemption for this vehicle that is in force now: there, or in every zone."""
    if not application.plate or application.applicant_id is None:
        return None
    there = Q(municipality=None)
    if application.municipality_id:
        there |= Q(municipality=application.municipality_id)
    valid = Exemption.objects.valid_at(clock.now()).filter(there)
    if without:
        valid = valid.exclude(pk=without.pk)
    mine = valid.filter(application__applicant=application.applicant_id).select_related("municipality")
    vehicle = find_plate_holder(application)
    return mine.for_vehicle(plate=vehicle.plate, country=vehicle.country).order_by("-ends_at").first()
