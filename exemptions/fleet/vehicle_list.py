"""The vehicles of a fleet, the most urgent first: those that lose access soonest. A few queries, whatever the size."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.current_policy import CurrentPolicy
from exemptions.fleet import access_labels
from exemptions.models import Applicant, Application, DayUse, Exemption, KindVersion, Vehicle
from exemptions.models.vehicle import VehicleQuerySet
from zones.models.book import find_announcements
from zones.plates import normalise, spell_plate

ONE_DAY = timedelta(days=1)
FILTERS = {
    "": _("all vehicles"),
    "no": _("may not enter now"),
    "soon": _("loses access within a year"),
    "exempt": _("has an exemption"),
    "unknown": _("no answer known yet"),
}


def find_running_exemptions(applicant: Applicant, *, now: datetime) -> models.QuerySet[Exemption]:
    """An applicant's exemptions in force at a moment; not another applicant's for the same plate."""
    return Exemption.objects.valid_at(now).filter(day_use=None, country="NL", application__applicant=applicant)


def urgent_first(applicant: Applicant, *, now: datetime) -> VehicleQuerySet:
    """Every vehicle, annotated with `exempt_until` and `loses_on`, the first day without any access.

    No access counts as today and unknown as tomorrow, so that those come first.
    """
    today = timezone.localdate(now)
    last = (
        find_running_exemptions(applicant, now=now)
        .filter(plate=OuterRef("plate"))
        .order_by("-ends_on")
        .values("ends_on")[:1]
    )
    loses = Case(
        When(allowed=True, until=None, then=Value(date.max)),
        When(allowed=True, then=Greatest(F("until"), Value(today))),
        When(allowed=False, then=Value(today)),
        default=Value(today + ONE_DAY),
        output_field=models.DateField(),
    )
    vehicles = Vehicle.objects.filter(applicant=applicant).annotate(exempt_until=Subquery(last))
    exempt_to = Coalesce(F("exempt_until") + Value(ONE_DAY), Value(today), output_field=models.DateField())
    return vehicles.annotate(loses_on=Greatest(loses, exempt_to)).order_by("loses_on", "plate")


def filter_vehicles(vehicles: VehicleQuerySet, *, filter: str, words: str, today: date) -> VehicleQuerySet:
    """The vehicles of a filter that have these words in plate or remark."""
    by_filter = {
        "no": Q(loses_on__lte=today),
        "soon": Q(loses_on__gt=today, loses_on__lte=today + access_labels.SOON) & ~Q(allowed=None, exempt_until=None),
        "exempt": Q(exempt_until__isnull=False),
        "unknown": Q(allowed=None),
    }
    found = vehicles.filter(by_filter.get(filter, Q()))
    if words:
        plate = normalise(words)
        found = found.filter(Q(remark__icontains=words) | (Q(plate__contains=plate) if plate else Q()))
    return found


@dataclass
class VehicleLine:
    """A vehicle as the page shows it."""

    vehicle: Any
    verdict: access_labels.Verdict
    plate: str
    exemptions: list[Exemption] = field(default_factory=list)
    open: list[Application] = field(default_factory=list)
    day_uses: list[tuple[str, int]] = field(default_factory=list)
    today: date = date.min

    @property
    def make(self) -> str:
        """Make and model."""
        facts = self.vehicle.known
        return f"{facts.make} {facts.model}".strip() if facts else ""

    @property
    def access_days(self) -> int | None:
        """Days until the last day of access by the rules; None if it does not end within a year."""
        until = self.vehicle.until
        if not self.vehicle.allowed or until is None or not self.today < until <= self.today + access_labels.SOON:
            return None
        return int((until - self.today - ONE_DAY).days)

    @property
    def needs_something(self) -> bool:
        """Whether there is no access without an exemption now or soon, or we do not know."""
        return not self.vehicle.may_enter(on=self.today) or self.access_days is not None

    @property
    def days_left(self) -> int:
        """Days until the last day of the longest exemption, as on 'My exemptions': 0 on that day itself."""
        return max(((one.ends_on - self.today).days for one in self.exemptions), default=0)


def build_vehicle_lines(applicant: Applicant, vehicles: Sequence[Any], *, now: datetime) -> list[VehicleLine]:
    """A page of vehicles with their exemptions, open applications and day exemptions, in four queries."""
    today, plates = timezone.localdate(now), [one.plate for one in vehicles]
    exemptions = by_plate(
        find_running_exemptions(applicant, now=now)
        .filter(plate__in=plates)
        .select_related("municipality", "application__kind")
    )
    waiting = by_plate(
        Application.objects.open()
        .filter(applicant=applicant, plate__in=plates, country="NL")
        .exclude(kind__scope=KindVersion.Scope.DAY)
        .select_related("dossier", "kind")
        .order_by("pk")
    )
    uses, announced = day_uses(applicant, plates, year=today.year), find_announcements(on=today)
    return [
        VehicleLine(
            one,
            access_labels.label_access(
                allowed=one.allowed, until=one.until, on=today, announcement=announced.get(one.rule)
            ),
            spell_plate(one.plate),
            exemptions[one.plate],
            waiting[one.plate],
            uses[one.plate],
            today,
        )
        for one in vehicles
    ]


def by_plate(rows: Any) -> dict[str, list[Any]]:
    """Group rows by their plate."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.plate].append(row)
    return found


def day_uses(applicant: Applicant, plates: Sequence[str], *, year: int) -> dict[str, list[tuple[str, int]]]:
    """How many day exemptions the applicant has had for each plate this year, by municipality."""
    own = DayUse.objects.filter(plate__in=plates, country="NL", year=year, exemption__application__applicant=applicant)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for plate, name, number in (
        own.values_list("plate", "municipality__name")
        .annotate(number=models.Count("pk"))
        .order_by("municipality__name")
    ):
        found[plate].append((name, number))
    return found


def most_days(today: date) -> int:
    """The maximum number of day exemptions for a vehicle in a municipality in a year."""
    return CurrentPolicy.on(today).number("day_exemption_max")
