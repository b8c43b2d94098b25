"""Day exemptions of the year, by vehicles that return, never above the maximum per place and year."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import User
from casework import clock
from demo import names, plan
from demo.agenda import ONE_DAY, Life
from demo.case import Case
from demo.wish import Wish
from demo.world import World
from exemptions.models import Applicant
from zones.access import VehicleFacts
from zones.models import Municipality

CODE = "DAG"
AT_MOST_AHEAD = 6  # days between applying and using


@dataclass
class Regular:
    """A vehicle that visits a municipality, and how many visits remain."""

    applicant: Applicant
    owner: User
    plate: str
    facts: VehicleFacts
    municipality: Municipality
    left: int
    days: list[date] = field(default_factory=list)


def live_day_exemptions(
    world: World,
    asked: Sequence[datetime],
    *,
    pick: Callable[[], tuple[Applicant, User]],
    plates: dict[str, Iterator[str]],
) -> Life:
    """A granted day exemption at each moment, for a known vehicle or a new one."""
    classes = [name for name, count in plan.DAY_CLASSES.items() for _number in range(count)]
    world.rng.shuffle(classes)
    regulars: dict[str, list[Regular]] = {name: [] for name in plan.DAY_CLASSES}
    for at, name in zip(asked, classes, strict=True):
        known = regulars[name]
        if not known or world.rng.random() < plan.NEW_DAY_USER:
            known.append(make_regular(world, name, pick(), next(plates[name]), on=at.date()))
            place = len(known) - 1
        else:
            place = world.rng.randrange(len(known))
        yield at
        ask_for_a_day(world, known[place])
        if not known[place].left:
            known[place] = known[-1]
            known.pop()


def make_regular(world: World, name: str, who: tuple[Applicant, User], plate: str, *, on: date) -> Regular:
    """A vehicle that comes for the first time."""
    applicant, owner = who
    (times,) = world.rng.choices(range(1, len(plan.DAY_USE_WEIGHTS) + 1), plan.DAY_USE_WEIGHTS)
    facts = names.invent_vehicle(world.rng, vehicle_class=name)
    return Regular(applicant, owner, plate, facts, world.town(on=max(on, plan.ZONES_BEGIN)), left=times)


def ask_for_a_day(world: World, regular: Regular) -> None:
    """Applied for and granted at the same moment."""
    day = free_day(world, regular)
    wish = Wish(
        applicant=regular.applicant,
        owner=regular.owner,
        kind=world.kind(CODE, on=day),
        plate=regular.plate,
        country=names.choose_country(regular.plate),
        facts=regular.facts,
        municipality=regular.municipality,
        wanted_from=day,
    )
    application = Case.begin(world, wish, wanted_until=day).application
    application.file(by=wish.owner, decided_at_once=True)
    regular.left -= 1
    regular.days.append(day)
    ordinal = sum(used.year == day.year for used in regular.days)
    application.grant_at_once(by=None, day=day, ordinal=ordinal)


def free_day(world: World, regular: Regular) -> date:
    """Today or one of the next days, but none that it has already."""
    ahead = world.rng.choice((0, 0, 0, 1, 1, 2, 3, AT_MOST_AHEAD))
    day = max(clock.today(), plan.ZONES_BEGIN) + ahead * ONE_DAY
    while day in regular.days:
        day += ONE_DAY
    return day
