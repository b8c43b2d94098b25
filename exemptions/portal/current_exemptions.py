"""The exemptions of those for whom a user acts: how long they are valid, and the day exemptions used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from casework.current_policy import CurrentPolicy
from exemptions.intake import extension
from exemptions.intake.extension import Extension
from exemptions.models import Applicant, Application, DayUse, Exemption
from exemptions.portal.letterbox import find_applications
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User

VALID, LATER, OVER, SUSPENDED = range(4)


@dataclass(frozen=True)
class HeldExemption:
    """One exemption as the list shows it."""

    exemption: Exemption
    extension: Extension
    now: datetime

    @property
    def plate(self) -> str:
        """The plate as on the vehicle; empty if there was none yet."""
        bare = self.exemption.plate
        return spell_plate(bare, country=self.exemption.country) if bare else ""

    @property
    def state(self) -> int:
        """Valid now, valid later, over, or suspended."""
        if self.exemption.revoked_at or self.exemption.ends_at <= self.now:
            return OVER
        if self.is_suspended:
            return SUSPENDED
        return LATER if self.exemption.starts_at > self.now else VALID

    @property
    def is_valid(self) -> bool:
        """Whether it is valid at this moment."""
        return self.state == VALID

    @property
    def is_suspended(self) -> bool:
        """Whether it is suspended at this moment."""
        listed = self.exemption.suspensions.all()
        return any(one.starts_at <= self.now and (one.ends_at is None or one.ends_at > self.now) for one in listed)

    @property
    def is_over(self) -> bool:
        """Whether it has ended or was revoked."""
        return self.state == OVER

    @property
    def is_day(self) -> bool:
        """Whether it is a day exemption."""
        return self.exemption.application.chosen_kind.is_day

    @property
    def days_left(self) -> int:
        """The number of days until the last day."""
        return (self.exemption.ends_on - timezone.localdate(self.now)).days


def find_exemptions(user: "User", *, now: datetime, applicant: Applicant | None = None) -> QuerySet[Exemption]:
    """Current and future exemptions, those that end first on top; then those that are over, latest first."""
    over = Case(
        When(revoked_at__isnull=False, then=Value(1)),
        When(ends_at__lte=now, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    mine = Exemption.objects.filter(application__any_of=find_applications(user, applicant).values("pk"))
    standing = mine.filter(Q(decision__replaced_by=None) | Q(revoked_at=None))
    soonest = Case(When(revoked_at=None, ends_at__gt=now, then=F("ends_at")), default=None)
    return (
        extension.with_all(standing)
        .prefetch_related("suspensions")
        .annotate(over=over)
        .order_by("over", soonest.asc(), "-ends_at", "-pk")
    )


def build_current_exemptions(page: Iterable[Exemption], *, now: datetime) -> list[HeldExemption]:
    """The exemptions of one page as the list shows them, in three more queries."""
    answers = extension.find_extensions(page, today=timezone.localdate(now))
    return [HeldExemption(answer.exemption, answer, now) for answer in answers]


def find_ending_exemptions(user: "User", *, today: date) -> list[Extension]:
    """Exemptions that end within the time of the first mail about it and can be extended now. Four queries."""
    notice = max(CurrentPolicy.on(today).numbers("expiry_notice_days"), default=0)
    running = Exemption.objects.long_term().filter(
        application__any_of=Application.objects.of_applicant(user).values("pk"),
        ends_on__range=(today, today + timedelta(days=notice)),
        decision__replaced_by=None,
    )
    listed = extension.with_all(running).select_related("application__applicant").order_by("ends_on", "pk")[:50]
    return [one for one in extension.find_extensions(listed, today=today) if one.begun is None]


@dataclass(frozen=True)
class DayCount:
    """The number of day exemptions of the user's side for a vehicle, in a municipality and a year."""

    plate: str
    municipality: str
    year: int
    used: int
    most: int


def day_counts(user: "User", *, today: date, applicant: Applicant | None = None) -> list[DayCount]:
    """The counts of this year and later, in two queries, without what others had for the same plate."""
    mine = DayUse.objects.filter(exemption__application__any_of=find_applications(user, applicant).values("pk"))
    rows = (
        mine.filter(year__gte=today.year)
        .values("plate", "country", "municipality__name", "year")
        .annotate(used=Count("pk"))
        .order_by("plate", "municipality__name", "year")
    )
    most = CurrentPolicy.on(today).number("day_exemption_max")
    return [
        DayCount(
            spell_plate(row["plate"], country=row["country"]), row["municipality__name"], row["year"], row["used"], most
        )
        for row in rows
    ]
