"""The invented year: 13,302 applications, each played through the product's steps, by the tables of `demo.plan`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from casework import clock
from demo import courses as common
from demo import days, measures, names, objection_courses, plan, thresholds
from demo.agenda import ONE_DAY, Agenda, Life
from demo.case import Case
from demo.courses import Course, Within
from demo.people import choose_portal
from demo.plan import FIRST, LAST, MONTHS_GRANTED, SEED, ZONES_BEGIN
from demo.wish import Wish
from demo.world import World
from exemptions.models import Applicant, KindVersion, Mandate
from exemptions.terms import months_later, start_of_day

WEEKEND_SHARE = 0.2
AN_HOUR = timedelta(hours=1)
COURSES: dict[str, Course] = {**common.COURSES, **objection_courses.COURSES}
GRANTED = plan.Course("granted", 0)


@dataclass
class People:
    """The applicants of the year, each with their user; and unused plates."""

    world: World
    pairs: dict[str, list[tuple[Applicant, User]]] = field(default_factory=dict)
    plates: dict[str, Iterator[str]] = field(default_factory=names.make_plates)

    def __post_init__(self) -> None:
        with clock.at(start_of_day(FIRST)):
            pairs = names.make_applicants(self.world.rng)
            for _applicant, user in pairs:
                user.date_joined = clock.now()
            User.objects.bulk_create([user for _applicant, user in pairs])
            Applicant.objects.bulk_create([applicant for applicant, _user in pairs])
            Mandate.objects.bulk_create(
                [Mandate(user=user, applicant=applicant, role=Mandate.Role.OWNER) for applicant, user in pairs]
            )
        choose_portal(Applicant.objects.filter(names.OF_THE_YEAR))
        for applicant, user in pairs:
            self.pairs.setdefault(applicant.form, []).append((applicant, user))

    def pick(self, who: str) -> tuple[Applicant, User]:
        """Somebody who may apply."""
        form = who if who in self.pairs else self.world.rng.choice(sorted(self.pairs))
        return self.world.rng.choice(self.pairs[form])


def live_year() -> None:
    """The whole year, and the weeks after it until everything has been decided."""
    world = World(Random(SEED), LAST)
    agenda, people = Agenda(first=FIRST), People(world)
    for version in plan.THRESHOLDS:
        agenda.put(thresholds.change_thresholds(world, version))
    for life in [*live_national_cases(world, people), *live_local_cases(world, people)]:
        agenda.put(life)
    asked = [moment for span in plan.SPANS for moment in pick_moments(world, span.first, span.last, span.days)]
    own = world.for_one_case()
    agenda.put(days.live_day_exemptions(own, sorted(asked), pick=lambda: people.pick("anyone"), plates=people.plates))
    agenda.live()


def live_national_cases(world: World, people: People) -> Iterator[Life]:
    """4,102 applications; the last of them are decided after the period."""
    asked = [moment for span in plan.SPANS for moment in pick_moments(world, span.first, span.last, span.national)]
    asked.sort()
    pending = len(asked) - plan.PENDING
    chosen = [(course, Within(last=LAST)) for course in assign_courses(world.rng, asked[:pending], plan.NATIONAL)]
    later = Within(first=LAST + ONE_DAY)
    chosen += [(course, later) for course in assign_courses(world.rng, asked[pending:], plan.AFTER_THE_PERIOD)]
    codes, weights = zip(*plan.NATIONAL_KINDS.items(), strict=True)
    for at, (course, within) in zip(asked, chosen, strict=True):
        (code,) = [course.kind] if course.kind else world.rng.choices(codes, weights)
        yield long_term(world, people, at, course, within, code=code)


def live_local_cases(world: World, people: People) -> Iterator[Life]:
    """849 applications."""
    asked = [moment for span in plan.SPANS for moment in pick_moments(world, span.first, span.last, span.local)]
    codes = [code for code, count in plan.LOCAL_KINDS.items() for _number in range(count)]
    world.rng.shuffle(codes)
    for at, code, course in zip(asked, codes, assign_courses(world.rng, asked, plan.LOCAL), strict=True):
        yield long_term(world, people, at, course, Within(), code=code)


def long_term(world: World, people: People, at: datetime, course: plan.Course, within: Within, *, code: str) -> Life:
    """An application of a kind other than the day exemption: begun, filed within the hour, and then its course."""
    own = world.for_one_case()
    asked = measures.measure_vehicle(make_wish(own, people, own.kind(code, on=at.date()), on=at.date()), course.name)
    yield at - AN_HOUR
    case = Case.begin(own, asked)
    yield at
    case.application.file(by=asked.owner)
    yield from COURSES[course.name](case, within)


def make_wish(world: World, people: People, kind: KindVersion, *, on: date) -> Wish:
    """What somebody applies for on a day: for a period that fits the kind."""
    applicant, owner = people.pick(kind.who)
    vehicle_class = world.rng.choice(kind.vehicles)
    wanted_from = max(on + timedelta(days=world.rng.randint(14, 60)), ZONES_BEGIN)
    return Wish(
        applicant=applicant,
        owner=owner,
        kind=kind,
        plate=next(people.plates[vehicle_class]),
        facts=names.invent_vehicle(world.rng, vehicle_class=vehicle_class, plug_in_hybrid=kind.plug_in_hybrid_only),
        municipality=world.town(on=ZONES_BEGIN) if kind.scope == KindVersion.Scope.LOCAL else None,
        wanted_from=wanted_from,
        needed_until=months_later(wanted_from, world.rng.randint(*MONTHS_GRANTED[kind.code])) - ONE_DAY,
    )


def pick_moments(world: World, first: date, last: date, count: int) -> list[datetime]:
    """A number of moments in a period, mostly on working days, and not at night."""
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    weights = [WEEKEND_SHARE if world.calendar.is_off(day) else 1 for day in every]
    return [world.moment(day, 6, 23) for day in world.rng.choices(every, weights, k=count)]


def assign_courses(rng: Random, asked: Sequence[datetime], courses: Iterable[plan.Course]) -> list[plan.Course]:
    """A course for each: the one in the tables if it ends in time, granted for the others."""
    free = list(range(len(asked)))
    chosen = [GRANTED] * len(asked)
    for course in courses:
        fitting = [place for place in free if course.filed_from <= asked[place].date() <= course.filed_by]
        for place in rng.sample(fitting, course.count):
            chosen[place] = course
            free.remove(place)
    return chosen
