"""Day exemptions of the year: asked by vehicles that come back, never more than the maximum in a place and year."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import User
from demo import names, plan, verdicts
from demo.case import Wish
from demo.rows import Rows
from demo.story import Story
from demo.world import ONE_DAY, World
from exemptions.models import Applicant
from zones.access import VehicleFacts
from zones.models import Municipality

CODE = "DAG"
AT_MOST_AHEAD = 6  # days between asking and using
A_SECOND = timedelta(seconds=1)


@dataclass
class Regular:
    """A vehicle that comes to a municipality, and how often it still will."""

    applicant: Applicant
    owner: User
    plate: str
    facts: VehicleFacts
    municipality: Municipality
    left: int
    days: list[date] = field(default_factory=list)


def tell(
    world: World,
    rows: Rows,
    asked: Sequence[datetime],
    *,
    pick: Callable[[], tuple[Applicant, User]],
    plates: dict[str, Iterator[str]],
) -> None:
    """A granted day exemption for each moment, in order, so that the ordinals follow each other."""
    classes = [name for name, count in plan.DAY_CLASSES.items() for _number in range(count)]
    world.rng.shuffle(classes)
    regulars: dict[str, list[Regular]] = {name: [] for name in plan.DAY_CLASSES}
    for at, name in zip(asked, classes, strict=True):
        known = regulars[name]
        if not known or world.rng.random() < plan.NEW_DAY_USER:
            known.append(newcomer(world, name, pick(), next(plates[name]), on=at.date()))
            place = len(known) - 1
        else:
            place = world.rng.randrange(len(known))
        grant(world, rows, known[place], at)
        if not known[place].left:
            known[place] = known[-1]
            known.pop()


def newcomer(world: World, name: str, who: tuple[Applicant, User], plate: str, *, on: date) -> Regular:
    """A vehicle that comes for the first time."""
    applicant, owner = who
    (times,) = world.rng.choices(range(1, len(plan.DAY_USE_WEIGHTS) + 1), plan.DAY_USE_WEIGHTS)
    facts = names.vehicle(world.rng, vehicle_class=name)
    return Regular(applicant, owner, plate, facts, world.town(on=max(on, plan.ZONES_BEGIN)), left=times)


def grant(world: World, rows: Rows, regular: Regular, at: datetime) -> None:
    """Asked and granted in the same moment."""
    day = free_day(world, regular, at)
    wish = Wish(
        applicant=regular.applicant,
        owner=regular.owner,
        kind=world.kind(CODE, on=day),
        plate=regular.plate,
        country=names.country(regular.plate),
        facts=regular.facts,
        municipality=regular.municipality,
        wanted_from=day,
        wanted_until=day,
    )
    story = Story(world, rows, wish, begun_at=at)
    story.file(at)
    regular.left -= 1
    regular.days.append(day)
    ordinal = sum(used.year == day.year for used in regular.days)
    verdicts.grant_at_once(story, at + A_SECOND, day=day, ordinal=ordinal)


def free_day(world: World, regular: Regular, at: datetime) -> date:
    """Today or one of the next days, and none that it has already."""
    day = max(at.date(), plan.ZONES_BEGIN) + world.rng.choice((0, 0, 0, 1, 1, 2, 3, AT_MOST_AHEAD)) * ONE_DAY
    while day in regular.days:
        day += ONE_DAY
    return day
