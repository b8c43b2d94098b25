"""Some ninety cases around today: something on every worklist and every 'My' page. None touches the letter's year."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from demo import late_scenes, names, objection_scenes, scenes, verdicts
from demo.case import Wish
from demo.days import CODE
from demo.live_plan import DRAFTS, NEARLY_ALL_DAYS, SCENES, UNVERIFIED_DAYS, UTRECHT, Scene
from demo.people import FLORIST, MANDATES
from demo.rows import Rows
from demo.scenes import undelivered
from demo.story import Story
from demo.world import World
from exemptions.models import Applicant, Kind, Mandate
from zones.access import VehicleFacts
from zones.demo_register import DEMO_URL, DemoRegister
from zones.register import Lookup, Register

SEED = 60
TELLERS = {**scenes.SCENES, **objection_scenes.SCENES, **late_scenes.SCENES}
FIRST_KEY = uuid5(NAMESPACE_URL, "https://example.org/demo/first-draft")
DAY_PLATE = "VAN03E"
DAYS_BETWEEN = 3
FAILED = 2
A_SECOND = timedelta(seconds=1)


@dataclass
class Cast:
    """Who asks, and with which plates."""

    world: World
    register: Register = field(default_factory=lambda: Register(DEMO_URL, transport=DemoRegister()))
    plates: dict[str, Iterator[str]] = field(default_factory=lambda: names.plates(van="B", truck="R"))

    def __post_init__(self) -> None:
        users = self.world.users
        demo = {name: users[key] for name, key, role in MANDATES if role == Mandate.Role.OWNER}
        demo |= {name: users[key] for name, key, _role in MANDATES if name not in demo}
        self.known = {row.name: (row, demo[row.name]) for row in Applicant.objects.filter(name__in=demo)}
        owners = Mandate.objects.filter(applicant__email__startswith="aanvrager-").select_related("applicant", "user")
        self.others = iter([(owner.applicant, owner.user) for owner in owners.order_by("pk")[:400]])

    def who(self, scene: Scene, kind: Kind) -> tuple[Applicant, User]:
        """The demo's own, or somebody of the year who may ask this kind."""
        if scene.who:
            return self.known[scene.who]
        return next(pair for pair in self.others if kind.who in (Kind.Who.ANYONE, pair[0].form))

    def facts(self, scene: Scene, plate: str, kind: Kind) -> VehicleFacts:
        """What the demo's register says; of any other plate something invented."""
        answer = self.register.look_up(plate) if scene.plate and scene.verified else None
        if isinstance(answer, Lookup):
            return answer.facts
        return names.vehicle(self.world.rng, vehicle_class=scene.vehicle, plug_in_hybrid=kind.plug_in_hybrid_only)


def tell(world: World, rows: Rows) -> None:
    """All of them: the drafts first, of which one is known by its key."""
    cast = Cast(world)
    drafts = [begun(world, rows, cast, scene) for scene in DRAFTS]
    drafts[0].application.key = FIRST_KEY
    stories = [filed(world, rows, cast, scene) for scene in SCENES]
    for scene, story in zip(SCENES, stories, strict=True):
        TELLERS[scene.shows](story)
    for story in stories[:FAILED]:
        undelivered(story)
    tell_days(world, rows, cast)
    for days_later, scene in enumerate(UNVERIFIED_DAYS, start=2):
        tell_unverified_day(world, rows, cast, scene, days_later=days_later)


def begun(world: World, rows: Rows, cast: Cast, scene: Scene) -> Story:
    """A draft that stopped half way."""
    story = Story(world, rows, wish(world, cast, scene), begun_at=came_in(world, scene))
    story.application.draft_step = "questions"
    story.application.answers = {}
    return story


def filed(world: World, rows: Rows, cast: Cast, scene: Scene) -> Story:
    """A case that came in."""
    at = came_in(world, scene)
    story = Story(world, rows, wish(world, cast, scene), begun_at=at - timedelta(minutes=40))
    story.file(at)
    return story


def came_in(world: World, scene: Scene) -> datetime:
    """Before the offices opened, so that the same day is still long."""
    return world.moment(world.today - timedelta(days=scene.days_ago), 6, 9)


def wish(world: World, cast: Cast, scene: Scene) -> Wish:
    """What the scene asks."""
    on = world.today - timedelta(days=scene.days_ago)
    kind = world.kind(scene.kind, on=on)
    applicant, owner = cast.who(scene, kind)
    plate = scene.plate or next(cast.plates[scene.vehicle])
    return Wish(
        applicant=applicant,
        owner=owner,
        kind=kind,
        plate=plate,
        facts=cast.facts(scene, plate, kind),
        municipality=world.municipalities[scene.municipality] if scene.municipality else None,
        wanted_from=on + timedelta(days=30),
        country=scene.country,
        language=owner.language,
        verified=scene.verified,
    )


def tell_unverified_day(world: World, rows: Rows, cast: Cast, scene: Scene, *, days_later: int) -> None:
    """Granted at once on what was typed, for a day that is still to come."""
    on = world.today - timedelta(days=scene.days_ago)
    day = on + timedelta(days=days_later)
    asked = replace(wish(world, cast, scene), kind=world.kind(CODE, on=day), wanted_from=day, wanted_until=day)
    at = world.moment(on, 10, 22)
    story = Story(world, rows, asked, begun_at=at)
    story.file(at)
    verdicts.grant_at_once(story, at + A_SECOND, day=day, ordinal=1)


def tell_days(world: World, rows: Rows, cast: Cast) -> None:
    """The florist's van has nearly used up its day exemptions in Utrecht."""
    applicant, owner = cast.known[FLORIST]
    scene = Scene("", CODE, 0, FLORIST, municipality=UTRECHT, plate=DAY_PLATE)
    days = [world.today - timedelta(days=1 + number * DAYS_BETWEEN) for number in range(NEARLY_ALL_DAYS)]
    this_year = sorted(day for day in days if day.year == world.today.year)
    for ordinal, day in enumerate(this_year, start=1):
        kind = world.kind(CODE, on=day)
        at = world.moment(day, 6, 9)
        facts = cast.facts(scene, DAY_PLATE, kind)
        asked = Wish(applicant, owner, kind, DAY_PLATE, facts, world.municipalities[UTRECHT], day, day)
        story = Story(world, rows, asked, begun_at=at)
        story.file(at)
        verdicts.grant_at_once(story, at + A_SECOND, day=day, ordinal=ordinal)
