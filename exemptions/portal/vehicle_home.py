"""The page of one vehicle in a fleet, with everything of its applicant: how long it has access, and what to do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from casework.models import Letter, Message
from exemptions.fleet import vehicle_list
from exemptions.models import Applicant, Vehicle
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.portal import letterbox, overview, progress
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User

ONE_DAY = timedelta(days=1)
SHOWN = 5
"""The number of letters, mails and earlier applications on the page, and of vehicles on 'My applications'; the others
are one click away."""


@dataclass(frozen=True)
class Countdown:
    """How long the vehicle has access, by the rules or an exemption; `last_day` is the last day with access."""

    last_day: date
    days: int

    @property
    def badge(self) -> str:
        """The colour: urgent from the time of the first mail about the end."""
        return "error" if self.days < 60 else "warning"


@dataclass(frozen=True)
class DaysLeft:
    """The day exemptions used this year in a municipality."""

    municipality: str
    used: int
    most: int

    @property
    def left(self) -> int:
        """The number still available."""
        return max(self.most - self.used, 0)


@dataclass(frozen=True)
class VehicleHome:
    """What the page of a vehicle shows."""

    line: vehicle_list.VehicleLine
    countdown: Countdown | None
    tasks: list[overview.Card]
    days: list[DaysLeft]
    most_days: int
    letters: list[Letter]
    mails: list[Message]
    earlier: list[progress.Case]


def build_vehicle_home(vehicle: Vehicle, *, user: "User", now: datetime) -> VehicleHome:
    """Everything about one vehicle that is its applicant's, in a constant number of queries.

    Another applicant's cases for the same plate are not shown, not even to users who act for both.
    """
    today = timezone.localdate(now)
    line = vehicle_list.build_vehicle_lines(vehicle.applicant, [vehicle], now=now)[0]
    most_days = vehicle_list.most_days(today)
    every = overview.find_applications(user, now=now)
    mine = every.filter(applicant=vehicle.applicant, plate=vehicle.plate, country="NL")
    tasks = list_tasks(mine, vehicle, user=user, today=today)
    over = mine.filter(Q(group=overview.OVER)).exclude(pk__in=[one.about for one in tasks if one.about])
    dossiers = mine.filed().order_by().values("dossier_id")
    return VehicleHome(
        line,
        count_down(line, today=today),
        tasks,
        [DaysLeft(place, used, most_days) for place, used in line.day_uses],
        most_days,
        list(letterbox.find_letters(user).filter(dossier__any_of=dossiers)[:SHOWN]),
        list(letterbox.find_mails(user).filter(dossier__any_of=dossiers)[:SHOWN]),
        progress.build_cases(over[:SHOWN], today=today),
    )


@dataclass(frozen=True)
class VehicleStatus:
    """A vehicle on 'My applications': its line, and how long it has access."""

    line: vehicle_list.VehicleLine
    countdown: Countdown | None


def list_urgent_vehicles(applicant: Applicant, *, now: datetime) -> list[VehicleStatus]:
    """The vehicles of an applicant that lose access first, in a constant number of queries."""
    first = list(vehicle_list.urgent_first(applicant, now=now)[:SHOWN])
    lines = vehicle_list.build_vehicle_lines(applicant, first, now=now) if first else []
    today = timezone.localdate(now)
    return [VehicleStatus(one, count_down(one, today=today)) for one in lines]


def list_tasks(mine: ApplicationQuerySet, vehicle: Vehicle, *, user: "User", today: date) -> list[overview.Card]:
    """The tasks about this vehicle by their last day, as on 'My applications'."""
    plate = spell_plate(vehicle.plate)
    besides = [
        one
        for one in overview.collect_cards(user, today=today)
        if one.group == overview.TO_DO and one.plate == plate and one.applicant_pk == vehicle.applicant_id
    ]
    return sorted([*besides, *overview.own_tasks(mine, today=today, known=besides)], key=lambda one: one.order)


def count_down(line: vehicle_list.VehicleLine, *, today: date) -> Countdown | None:
    """The time until the last day with access; None without access, if it is unknown, or if it does not end."""
    vehicle = line.vehicle
    if vehicle.allowed and vehicle.until is None:
        return None
    by_rule = [vehicle.until - ONE_DAY] if vehicle.allowed else []
    last = max([*by_rule, *(one.ends_on for one in line.exemptions if one.municipality_id is None)], default=None)
    return Countdown(last, (last - today).days) if last and last >= today else None
