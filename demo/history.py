"""The invented year: 13,302 applications, each with its own story, by the tables of `demo.plan`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from demo import courses as common
from demo import days, names, objection_courses, plan, renewal
from demo.case import Wish
from demo.courses import Course, Within, decide_grant, granted, taken_up
from demo.objection_courses import renewed
from demo.plan import FIRST, LAST, ZONES_BEGIN
from demo.rows import Rows
from demo.story import Story
from demo.world import ONE_DAY, World
from exemptions.models import Applicant, Kind, Mandate
from exemptions.terms import midnight

WEEKEND_SHARE = 0.2
AN_HOUR = timedelta(hours=1)
COURSES: dict[str, Course] = {**common.COURSES, **objection_courses.COURSES}
GRANTED = plan.Course("granted", 0)


@dataclass
class People:
    """The applicants of the year, each with the user who fills in; and plates that nobody has yet."""

    world: World
    rows: Rows
    pairs: dict[str, list[tuple[Applicant, User]]] = field(default_factory=dict)
    plates: dict[str, Iterator[str]] = field(default_factory=names.plates)

    def __post_init__(self) -> None:
        since = midnight(FIRST)
        for applicant, user in names.applicants(self.world.rng):
            applicant.created_at = user.date_joined = since
            for row in (user, applicant):
                self.rows.add(row)
            self.rows.add(Mandate(user=user, applicant=applicant, role=Mandate.Role.OWNER, since=since))
            self.pairs.setdefault(applicant.form, []).append((applicant, user))

    def pick(self, who: str) -> tuple[Applicant, User]:
        """Somebody who may ask."""
        form = who if who in self.pairs else self.world.rng.choice(sorted(self.pairs))
        return self.world.rng.choice(self.pairs[form])


def tell(world: World, rows: Rows) -> None:
    """The whole year."""
    people = People(world, rows)
    tell_national(world, rows, people)
    tell_local(world, rows, people)
    asked = [moment for span in plan.SPANS for moment in moments(world, span.first, span.last, span.days)]
    days.tell(world, rows, sorted(asked), pick=lambda: people.pick("anyone"), plates=people.plates)


def tell_national(world: World, rows: Rows, people: People) -> None:
    """4,102 applications; the last of them are decided only after the period."""
    asked = [moment for span in plan.SPANS for moment in moments(world, span.first, span.last, span.national)]
    asked.sort()
    pending = len(asked) - plan.PENDING
    courses = [(course, Within(last=LAST)) for course in assign(world.rng, asked[:pending], plan.NATIONAL)]
    later = Within(first=LAST + ONE_DAY)
    courses += [(course, later) for course in assign(world.rng, asked[pending:], plan.AFTER_THE_PERIOD)]
    codes, weights = zip(*plan.NATIONAL_KINDS.items(), strict=True)
    to_renew = []
    for at, (course, within) in zip(asked, courses, strict=True):
        (code,) = [course.kind] if course.kind else world.rng.choices(codes, weights)
        story = long_term(world, rows, people, at, code=code)
        follow(story, COURSES[course.name], within)
        if COURSES[course.name] is renewed:
            to_renew.append(story)
    renewal.tell(world, rows, to_renew)


def tell_local(world: World, rows: Rows, people: People) -> None:
    """849 applications."""
    asked = [moment for span in plan.SPANS for moment in moments(world, span.first, span.last, span.local)]
    codes = [code for code, count in plan.LOCAL_KINDS.items() for _number in range(count)]
    world.rng.shuffle(codes)
    for at, code, course in zip(asked, codes, assign(world.rng, asked, plan.LOCAL), strict=True):
        follow(long_term(world, rows, people, at, code=code), COURSES[course.name], Within())


def follow(story: Story, course: Course, within: Within) -> None:
    """Let the case go its way."""
    if course is granted and within.first > FIRST:
        decide_grant(story, taken_up(story, within=6), within)
    else:
        course(story, within)


def long_term(world: World, rows: Rows, people: People, at: datetime, *, code: str) -> Story:
    """An application that a person decides, filed."""
    kind = world.kind(code, on=at.date())
    applicant, owner = people.pick(kind.who)
    vehicle_class = world.rng.choice(kind.vehicles)
    wanted_from = max(at.date() + timedelta(days=world.rng.randint(14, 60)), ZONES_BEGIN)
    wish = Wish(
        applicant=applicant,
        owner=owner,
        kind=kind,
        plate=next(people.plates[vehicle_class]),
        facts=names.vehicle(world.rng, vehicle_class=vehicle_class, plug_in_hybrid=kind.plug_in_hybrid_only),
        municipality=world.town(on=ZONES_BEGIN) if kind.scope == Kind.Scope.LOCAL else None,
        wanted_from=wanted_from,
    )
    story = Story(world, rows, wish, begun_at=at - AN_HOUR)
    story.file(at)
    return story


def moments(world: World, first: date, last: date, count: int) -> list[datetime]:
    """So many moments in a span, most of them on working days, and not at night."""
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    weights = [WEEKEND_SHARE if world.calendar.is_off(day) else 1 for day in every]
    return [world.moment(day, 6, 23) for day in world.rng.choices(every, weights, k=count)]


def assign(rng: Random, asked: Sequence[datetime], courses: Iterable[plan.Course]) -> list[plan.Course]:
    """A course for each: the tables' own where they end in time, granted for the others."""
    free = list(range(len(asked)))
    chosen = [GRANTED] * len(asked)
    for course in courses:
        fitting = [place for place in free if course.filed_from <= asked[place].date() <= course.filed_by]
        for place in rng.sample(fitting, course.count):
            chosen[place] = course
            free.remove(place)
    return chosen
