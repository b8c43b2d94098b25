"""What the stories of the demo stand on: the reference rows, the staff, the calendar, and one source of chance."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from casework.calendar import Calendar
from casework.models import EquatedDay, LetterText
from casework.policy import CurrentPolicy
from casework.texts import placeholders
from demo.people import LOGINS
from demo.plan import CITIES
from exemptions.letters import about_desk
from exemptions.models import Application, EvidenceRequirement, Ground, Kind, ThresholdVersion
from exemptions.models.decision import REFERENCE_SIGNS
from exemptions.terms import AMSTERDAM
from zones.models import Municipality, Zone

ONE_DAY = timedelta(days=1)
OPENS, CLOSES = 9, 17
MAILS_KEPT_DAYS = 120
NATIONAL_STAFF = ("behandelaar", "behandelaar2")
SECOND_PAIR = "teamleider"
REVIEWER = "teamleider2"
OBJECTION_OFFICER = "bezwaar"


@dataclass
class World:
    """Everything that is read, read once."""

    rng: Random
    today: date
    is_live: bool = False
    calendar: Calendar = field(default_factory=EquatedDay.calendar)
    users: dict[str, User] = field(default_factory=dict)
    texts: dict[tuple[str, str], LetterText] = field(default_factory=dict)
    names: dict[int, set[str]] = field(default_factory=dict)
    desks: dict[tuple[object, ...], dict[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = {login.email: login.key for login in LOGINS}
        self.users |= {keys[user.email]: user for user in User.objects.filter(email__in=keys)}

    @property
    def mails_from(self) -> datetime:
        """From when on the outbox still knows the mails; of older letters only the letter is kept."""
        return datetime.combine(self.today - timedelta(days=MAILS_KEPT_DAYS), time.min, AMSTERDAM)

    def text(self, kind: str, language: str) -> LetterText:
        """The newest version of a letter text, read once."""
        if (kind, language) not in self.texts:
            self.texts[kind, language] = LetterText.objects.newest(kind=kind, language=language)
        return self.texts[kind, language]

    def names_in(self, text: LetterText) -> set[str]:
        """The placeholders that a text uses; to write out the others would cost as much again."""
        if text.pk not in self.names:
            self.names[text.pk] = placeholders(text.subject) | placeholders(text.body)
        return self.names[text.pk]

    def desk(self, application: Application) -> dict[str, object]:
        """Who writes and how to object, asked once for each language and authority."""
        place = application.municipality if application.chosen_kind.is_municipal else None
        key = (application.language, place)
        if key not in self.desks:
            self.desks[key] = about_desk(application)
        return self.desks[key]

    @cached_property
    def policy(self) -> CurrentPolicy:
        """The settings of today."""
        return CurrentPolicy.on(self.today)

    @cached_property
    def kinds(self) -> list[Kind]:
        """Every version of every kind, with its questions and evidence."""
        return list(Kind.objects.prefetch_related("questions", "evidence"))

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

    @cached_property
    def thresholds(self) -> list[ThresholdVersion]:
        """Every published version of the thresholds, the latest first."""
        return list(ThresholdVersion.objects.published().order_by("-valid_from"))

    def thresholds_on(self, day: date) -> ThresholdVersion | None:
        """The version in force on a day."""
        return next((version for version in self.thresholds if version.valid_from <= day), None)

    def kind(self, code: str, *, on: date) -> Kind:
        """The version of a kind on a day."""
        return next(
            kind
            for kind in self.kinds
            if kind.code == code and kind.valid_from <= on and (kind.valid_until is None or on < kind.valid_until)
        )

    def required(self, kind: Kind) -> list[EvidenceRequirement]:
        """The evidence that must be there."""
        return [requirement for requirement in kind.evidence.all() if requirement.required]

    def grounds_for(self, kind: Kind, outcome: Ground.Outcome, *, category: str | None = None) -> list[Ground]:
        """The grounds that fit, this kind's own first."""
        fitting = [
            ground
            for ground in self.grounds
            if ground.outcome == outcome
            and ground.kind_code in ("", kind.code)
            and (category is None or ground.category == category)
        ]
        return sorted(fitting, key=lambda ground: not ground.kind_code)

    def zones_on(self, day: date) -> set[str]:
        """The CBS codes of the municipalities that have a zone on a day."""
        return {zone.municipality.cbs_code for zone in self.zones if zone.starts_on <= day}

    def town(self, *, on: date) -> Municipality:
        """A municipality that has a zone on a day; the big ones more often."""
        codes = [code for code in CITIES if code in self.zones_on(on)]
        (code,) = self.rng.choices(codes, [CITIES[code] for code in codes])
        return self.municipalities[code]

    def handler(self, kind: Kind, municipality: Municipality | None) -> User:
        """Somebody who decides such cases: of the municipality where it has its own people, else of the desk."""
        own = list(municipality.staff.all()) if municipality and kind.scope == Kind.Scope.LOCAL else []
        return self.rng.choice(own or [self.users[key] for key in NATIONAL_STAFF])

    @property
    def second_pair(self) -> User:
        """Who approves."""
        return self.users[SECOND_PAIR]

    @property
    def reviewer(self) -> User:
        """The other team lead: reviews a run that the first one approves."""
        return self.users[REVIEWER]

    @property
    def officer(self) -> User:
        """Who decides on objections; never took a decision on an application."""
        return self.users[OBJECTION_OFFICER]

    def key(self) -> UUID:
        """A key that is the same each time the demo is built."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def reference(self) -> str:
        """A reference of a decision, likewise."""
        return "-".join("".join(self.rng.choices(REFERENCE_SIGNS, k=4)) for _group in range(3))

    def working_day(self, day: date, *, after: int = 0) -> date:
        """The day itself or the first working day after it, and then so many working days later."""
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
        """A working day: so many days ago, or just before."""
        return self.working_day_until(self.today - timedelta(days=days))

    def office(self, day: date) -> datetime:
        """A moment in office hours."""
        return self.moment(day, OPENS, CLOSES)

    def moment(self, day: date, first_hour: int, last_hour: int) -> datetime:
        """A moment of a day, the last hour not included."""
        at = time(self.rng.randrange(first_hour, last_hour), self.rng.randrange(60), self.rng.randrange(60))
        return datetime.combine(day, at, AMSTERDAM)

    def at_seven(self, day: date) -> datetime:
        """When the daily job runs."""
        return datetime.combine(day, time(7), AMSTERDAM)
