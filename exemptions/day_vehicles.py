"""For how many different vehicles an account can apply for day exemptions within a period.

Nobody has to prove whose a plate is, and exemptions count per vehicle: without a limit, a stranger could use up the
yearly maximum of a whole town. Applicants known to the desk, by a longer exemption that a person granted on evidence,
are not limited, so fleets are unaffected.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.steps import StepRefused
from exemptions.models import Applicant, Application, KindVersion

Vehicle = tuple[str, str]
"""A plate and its country."""


class TooManyVehicles(StepRefused):
    """One vehicle more than an account can apply for."""


@dataclass(frozen=True)
class Room:
    """The vehicles that count, the period in days, and the maximum; `most` is None without a limit."""

    counted: Set[Vehicle] = frozenset()
    most: int | None = None
    days: int = 0

    def fits(self, vehicles: Set[Vehicle]) -> bool:
        """Whether these can be applied for; a vehicle that already counts always can."""
        return self.most is None or vehicles <= self.counted or len(self.counted | vehicles) <= self.most

    def with_one(self, vehicle: Vehicle) -> "Room":
        """The room that is left after one more vehicle."""
        return replace(self, counted=self.counted | {vehicle})

    @property
    def too_many(self) -> str:
        """The message for somebody who reached the limit, with what to do."""
        return _(
            "You can apply for day exemptions for at most %(most)s different vehicles in %(days)s days, and you have "
            "reached that number. Wait until some of those days have passed, apply for a longer exemption, or ask us a "
            "question."
        ) % {"most": self.most, "days": self.days}


def measure_room(by: User, applicant: Applicant, *, today: date) -> Room:
    """What one account can still apply for in the name of an applicant."""
    if Applicant.objects.known().filter(pk=applicant.pk).exists():
        return Room()
    policy = CurrentPolicy.on(today)
    days = policy.number("day_vehicles_days")
    counted = applied_for(by, since=clock.now() - timedelta(days=days))
    return Room(counted, policy.number("day_vehicles_max"), days)


def applied_for(by: User, *, since: datetime) -> frozenset[Vehicle]:
    """The vehicles of an account's recent day exemptions, except for applicants whom the desk knows."""
    filed = Application.objects.filed().filter(owner=by, kind__scope=KindVersion.Scope.DAY, received_at__gte=since)
    strange = filed.exclude(applicant__in=Applicant.objects.known())
    return frozenset(strange.values_list("plate", "country").distinct())


def refuse_too_many(by: User, applicant: Applicant, *, vehicle: Vehicle) -> None:
    """Refuse one vehicle too many. Raises TooManyVehicles."""
    left = measure_room(by, applicant, today=clock.today())
    if not left.fits({vehicle}):
        raise TooManyVehicles(left.too_many, field="plate")
