"""What the cases of the demo need: reference data, staff, the calendar, and random numbers."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from casework.calendar import Calendar
from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay
from demo.agenda import ONE_DAY
from demo.people import LOGINS
from demo.plan import CITIES
from exemptions.models import EvidenceRequirement, Ground, KindVersion
from exemptions.terms import AMSTERDAM
from zones.models import Municipality, Zone

OPENS, CLOSES = 9, 17
NATIONAL_STAFF = ("behandelaar", "behandelaar2")
SECOND_PAIR = "teamleider"
REVIEWER = "teamleider2"
OBJECTION_OFFICER = "bezwaar"


@dataclass
class World:
    """Everything that cases need, read once."""

    rng: Random
    today: date
    is_live: bool = False
    calendar: Calendar = field(default_factory=EquatedDay.calendar)
    users: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = {login.email: login.key for login in LOGINS}
        self.users |= {keys[user.email]: user for user in User.objects.filter(email__in=keys)}
        for rows in ("policy", "kinds", "grounds", "municipalities", "zones"):
            getattr(self, rows)  # before the first copy is made

    def for_one_case(self) -> "World":
        """A copy with random numbers of its own: what happens to one case changes nothing for another."""
        own = copy(self)
        own.rng = Random(self.rng.getrandbits(64))
        return own

    @cached_property
    def policy(self) -> CurrentPolicy:
        """The settings of today."""
        return CurrentPolicy.on(self.today)

    @cached_property
    def kinds(self) -> list[KindVersion]:
        """Every version of every kind, with its questions and evidence."""
        return list(KindVersion.objects.prefetch_related("questions", "evidence"))

    @cached_property
    def grounds(self) -> list[Ground]:
        """Every ground."""
        return list(Ground.objects.order_by("pk"))

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        """By CBS code, with their caseworkers: not everybody of a municipality handles applications."""
        caseworkers = Prefetch("staff", User.objects.filter(groups__name="municipal caseworker"))
        return {row.cbs_code: row for row in Municipality.objects.prefetch_related(caseworkers)}

    @cached_property
    def zones(self) -> list[Zone]:
        """Every zone."""
        return list(Zone.objects.select_related("municipality"))

    def kind(self, code: str, *, on: date) -> KindVersion:
        """The version of a kind on a day."""
        return next(
            kind
            for kind in self.kinds
            if kind.code == code and kind.valid_from <= on and (kind.valid_until is None or on < kind.valid_until)
        )

    def required(self, kind: KindVersion) -> list[EvidenceRequirement]:
        """The evidence that is required."""
        return [requirement for requirement in kind.evidence.all() if requirement.required]

    def grounds_for(self, kind: KindVersion, outcome: Ground.Outcome, *, category: str | None = None) -> list[Ground]:
        """The grounds that fit, this kind's own first."""
        fitting = [
            ground
            for ground in self.grounds
            if ground.outcome == outcome
            and ground.fits(kind.code)
            and (category is None or ground.category == category)
        ]
        return sorted(fitting, key=lambda ground: ground.kind_id is None)

    def zones_on(self, day: date) -> set[str]:
        """The CBS codes of the municipalities that have a zone on a day."""
        return {zone.municipality.cbs_code for zone in self.zones if zone.starts_on <= day}

    def town(self, *, on: date) -> Municipality:
        """A municipality with a zone on a day; the large ones are more likely."""
        codes = [code for code in CITIES if code in self.zones_on(on)]
        (code,) = self.rng.choices(codes, [CITIES[code] for code in codes])
        return self.municipalities[code]

    def handler(self, kind: KindVersion, municipality: Municipality | None) -> User:
        """Somebody who decides such cases: of the municipality if it has own staff, else of the national desk."""
        own = list(municipality.staff.all()) if municipality and kind.scope == KindVersion.Scope.LOCAL else []
        return self.rng.choice(own or [self.users[key] for key in NATIONAL_STAFF])

    @property
    def second_pair(self) -> User:
        """The second pair of eyes."""
        return self.users[SECOND_PAIR]

    @property
    def reviewer(self) -> User:
        """The other team lead, who reviews a run that the first one approves."""
        return self.users[REVIEWER]

    @property
    def officer(self) -> User:
        """Who decides on objections, and never took a decision on an application."""
        return self.users[OBJECTION_OFFICER]

    def key(self) -> UUID:
        """A key that is the same each time the demo is built."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def working_day(self, day: date, *, after: int = 0) -> date:
        """The day itself or the first working day after it, plus a number of working days."""
        day = self.calendar.next_working_day(day)
        for _step in range(after):
            day = self.calendar.next_working_day(day + ONE_DAY)
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while self.calendar.is_off(day):
            day -= ONE_DAY
        return day

    def days_ago(self, days: int) -> date:
        """A working day: a number of days ago, or just before."""
        return self.working_day_until(self.today - timedelta(days=days))

    def office(self, day: date) -> datetime:
        """A moment in office hours."""
        return self.moment(day, OPENS, CLOSES)

    def moment(self, day: date, first_hour: int, last_hour: int) -> datetime:
        """A moment of a day, the last hour not included."""
        at = time(self.rng.randrange(first_hour, last_hour), self.rng.randrange(60), self.rng.randrange(60))
        return datetime.combine(day, at, AMSTERDAM)

    def morning(self, day: date) -> datetime:
        """When the daily jobs have run."""
        return datetime.combine(day, time(8), AMSTERDAM)

    def term(self, policy: str, *, sent_on: date) -> date:
        """The usual last day of a term that we set: as many days as the policy says, on a working day."""
        return self.working_day(sent_on + timedelta(days=self.policy.number(policy)))
