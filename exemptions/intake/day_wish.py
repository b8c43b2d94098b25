"""What a day exemption is asked for, with the register's answer, and what the same people asked before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from casework import clock
from exemptions import day_exemptions
from exemptions.intake.eligibility import CLASSES
from exemptions.models import Applicant, Application
from exemptions.models.application_query import ApplicationQuerySet
from zones.access import AccessDecision, VehicleFacts, decide
from zones.models import Municipality, current_rule_book
from zones.plates import find_sidecode
from zones.register import Lookup

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class DayWish:
    """A valid form with the register's answer; `lookup` is None if the register does not know the vehicle."""

    applicant: Applicant
    plate: str
    country: str
    municipality: Municipality
    days: list[date]
    facts: VehicleFacts
    lookup: Lookup | None
    state: str

    @property
    def day(self) -> date:
        """The first, and usually only, day."""
        return self.days[0]

    @property
    def vehicle(self) -> dict[str, Any]:
        """The vehicle and the municipality, as keyword arguments."""
        return {"plate": self.plate, "country": self.country, "municipality": self.municipality}

    @property
    def place(self) -> dict[str, Any]:
        """What the yearly maximum applies to, as keyword arguments."""
        return {**self.vehicle, "day": self.day}

    @property
    def years(self) -> list["YearCount"]:
        """For each year of these days, how many the applicant has had and how many this wish adds."""
        asked, first = Counter(one.year for one in self.days), {one.year: one for one in reversed(self.days)}
        return [
            YearCount(
                year,
                day_exemptions.count_used(self.applicant, year=year, **self.vehicle),
                asked[year],
                day_exemptions.get_day_maximum(first[year]),
            )
            for year in asked
        ]

    @property
    def looks_dutch(self) -> bool:
        """Whether the plate has the form of a Dutch one, although another country was chosen or left as it was."""
        return self.state == "foreign" and find_sidecode(self.plate) is not None

    @property
    def is_verified(self) -> bool:
        """Whether the register itself says that the vehicle is a van or a truck."""
        return self.lookup is not None and self.lookup.facts.category in CLASSES

    @property
    def free_days(self) -> list[date]:
        """The requested days on which the vehicle may enter without an exemption."""
        book = current_rule_book(on=clock.today())
        return [one for one in self.days if decide(self.facts, on=one, book=book).allowed]

    @property
    def access(self) -> AccessDecision:
        """The access decision without an exemption: for the first day on which the vehicle may not enter, if any."""
        book = current_rule_book(on=clock.today())
        answers = [decide(self.facts, on=one, book=book) for one in self.days]
        return next((answer for answer in answers if not answer.allowed), answers[0])


@dataclass(frozen=True)
class YearCount:
    """How many of a year's maximum an applicant has used for a vehicle and place, and how many are asked for now."""

    year: int
    used: int
    asked: int
    most: int

    @property
    def after(self) -> int:
        """The number used if these are granted."""
        return self.used + self.asked


def find_granted_before(user: "User", wish: DayWish) -> Application | None:
    """The first of the applications, if all requested days were granted before, such as by a second click."""
    found = find_standing_days(user, **wish.vehicle).filter(exemptions__day_use__day__in=wish.days)
    granted = list(found.order_by("exemptions__day_use__day"))
    return granted[0] if len(granted) == len(wish.days) else None


def find_awaited_before(user: "User", wish: DayWish) -> Application | None:
    """A pending application of the user's side for a decision on the same day."""
    mine = Application.objects.of_applicant(user)
    return day_exemptions.find_awaited_applications(**wish.place).filter(pk__in=mine.values("pk")).first()


def find_standing_days(user: "User", **vehicle: Any) -> ApplicationQuerySet:
    """The standing day exemptions of the user's side for a vehicle in a municipality."""
    use = {f"exemptions__day_use__{name}": value for name, value in vehicle.items()}
    mine: ApplicationQuerySet = Application.objects.of_applicant(user).filter(exemptions__revoked_at=None, **use)
    return mine
