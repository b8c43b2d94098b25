"""Some ninety cases around today: something on every worklist and 'My' page, all outside the letter's year."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from casework import clock, outbox
from casework.models import Message
from connections.remote_service import DEMO
from demo import complaints, late_scenes, measures, names, objection_scenes, scenes, thresholds
from demo.agenda import ONE_DAY, Agenda, Life
from demo.case import Case
from demo.days import CODE
from demo.live_plan import (
    DRAFTS,
    LATE_DAY,
    NEARLY_ALL_DAYS,
    SCENES,
    UNVERIFIED_DAYS,
    UTRECHT,
    WRONG_DAY,
    Scene,
)
from demo.people import FLORIST, MANDATES
from demo.wish import Wish
from demo.world import World
from exemptions import day_exemptions, letter_channel
from exemptions.intake.drafts import choose_kind
from exemptions.models import Applicant, Application, FactsRecord, KindVersion, Mandate, Registration
from zones.access import VehicleFacts
from zones.register import VEHICLE_REGISTER, Lookup, look_up

SEED = 60
TELLERS = {**scenes.SCENES, **objection_scenes.SCENES, **late_scenes.SCENES}
FIRST_KEY = uuid5(NAMESPACE_URL, "https://example.org/demo/first-draft")
DAY_PLATE = "VAN03E"
DAYS_BETWEEN = 3
BOUGHT = date(2022, 3, 11)
"""Since when the mover had the van that was sold after the grant."""
A_MINUTE = timedelta(minutes=1)
NEEDED_DAYS = 330
ENDS_IN = {
    "granted_for_60_days": 60,
    "granted_for_30_days": 30,
    "granted_for_7_days": 7,
    "viewed_after_grant": 90,
    "asked_after_grant": 90,
    "unanswered_after_grant": 90,
    "sold_after_grant": 90,
}


@dataclass
class Cast:
    """Who applies, and with which plates."""

    world: World
    plates: dict[str, Iterator[str]] = field(default_factory=lambda: names.make_plates(van="B", truck="R"))

    def __post_init__(self) -> None:
        users = self.world.users
        demo = {name: users[key] for name, key, role in MANDATES if role == Mandate.Role.OWNER}
        demo |= {name: users[key] for name, key, _role in MANDATES if name not in demo}
        self.known = {row.name: (row, demo[row.name]) for row in Applicant.objects.filter(name__in=demo)}
        owners = Mandate.objects.filter(applicant__email__startswith="aanvrager-").select_related("applicant", "user")
        self.others = iter([(owner.applicant, owner.user) for owner in owners.order_by("pk")[:400]])

    def who(self, scene: Scene, kind: KindVersion) -> tuple[Applicant, User]:
        """One of the demo's people, or an applicant of the year who may apply for this kind."""
        if scene.who:
            return self.known[scene.who]
        return next(pair for pair in self.others if kind.who in (KindVersion.Who.ANYONE, pair[0].form))

    def facts(self, world: World, scene: Scene, plate: str, kind: KindVersion) -> VehicleFacts:
        """What the demo's register says; for any other plate, something invented."""
        answer = look_up(plate, service=VEHICLE_REGISTER.at(DEMO)) if scene.plate and scene.verified else None
        if isinstance(answer, Lookup):
            is_sold = scene.shows == "sold_after_grant"
            return replace(answer.facts, name_since=BOUGHT) if is_sold else answer.facts
        return names.invent_vehicle(world.rng, vehicle_class=scene.vehicle, plug_in_hybrid=kind.plug_in_hybrid_only)


def live_scenes(*, today: date) -> None:
    """All scenes, and the changes of thresholds in between; each mail is sent a minute after it was written."""
    world = World(Random(SEED), today, is_live=True)
    cast, agenda = Cast(world), Agenda(first=today - timedelta(days=max(scene.days_ago for scene in SCENES) + 1))
    for place, scene in enumerate(DRAFTS):
        agenda.put(begin_draft(world.for_one_case(), cast, scene, **({} if place else {"key": FIRST_KEY})))
    for scene in SCENES:
        agenda.put(file_and_live(world.for_one_case(), cast, scene))
    agenda.put(florist_days(world.for_one_case(), cast))
    for days_later, scene in enumerate(UNVERIFIED_DAYS, start=2):
        agenda.put(unverified_day(world.for_one_case(), cast, scene, days_later=days_later))
    agenda.put(thresholds.around_today(world))
    for life in complaints.live_complaints(world):
        agenda.put(life)
    agenda.put(unverified_day(world.for_one_case(), cast, LATE_DAY, days_later=4))
    agenda.put(wrong_day(world.for_one_case(), cast))
    agenda.live()
    send_mails()


def send_mails() -> None:
    """Do what the worker does, but without a mail server: the demo sends nobody a mail."""
    for mail in Message.objects.filter(sent_at=None, given_up_at=None):
        with clock.at(mail.not_before + A_MINUTE):
            outbox.record_outcome(mail, None)


def begin_draft(world: World, cast: Cast, scene: Scene, **about: Any) -> Life:
    """A draft that was not finished."""
    asked = make_wish(world, cast, scene)
    yield came_in(world, scene)
    case = Case.begin(world, asked, with_proof=False, draft_step="questions", answers={}, **about)
    choose_kind(case.application, asked.kind)


def file_and_live(world: World, cast: Cast, scene: Scene) -> Life:
    """A case that was filed, and what happened to it."""
    asked, at = make_wish(world, cast, scene), came_in(world, scene)
    if scene.on_paper:
        yield from register_and_live(world, asked, scene)
        return
    if scene.by_post:
        yield at - ONE_DAY
        choose_post(asked)
    yield at - timedelta(minutes=40)
    case = Case.begin(world, asked)
    yield at
    case.application.file(by=asked.owner)
    yield from TELLERS[scene.shows](case)


def register_and_live(world: World, asked: Wish, scene: Scene) -> Life:
    """The same for one by post, at the counter or by phone: registered on the next working day."""
    received = world.days_ago(scene.days_ago)
    by = world.handler(asked.kind, asked.municipality)
    yield world.office(min(world.working_day(received + ONE_DAY), world.days_ago(0)))
    case = Case.begin(world, replace(asked, owner=by), channel=scene.on_paper)
    Registration.objects.create(application=case.application, came_in_on=received)
    case.application.register(by=by)
    yield from TELLERS[scene.shows](case)


def choose_post(asked: Wish) -> None:
    """Choose letters by post."""
    text = letter_channel.text_on(clock.today())
    if text is not None:
        letter_channel.choose_channel(asked.applicant, electronic=False, by=asked.owner, text=text)


def came_in(world: World, scene: Scene) -> datetime:
    """Before the offices opened, so that most of the day is still to come."""
    return world.moment(world.today - timedelta(days=scene.days_ago), 6, 9)


def make_wish(world: World, cast: Cast, scene: Scene) -> Wish:
    """What the scene's applicant applies for."""
    on = world.today - timedelta(days=scene.days_ago)
    kind = world.kind(scene.kind, on=on)
    applicant, owner = cast.who(scene, kind)
    plate = scene.plate or next(cast.plates[scene.vehicle])
    ends_in = ENDS_IN.get(scene.shows)
    asked = Wish(
        applicant=applicant,
        owner=owner,
        kind=kind,
        plate=plate,
        facts=cast.facts(world, scene, plate, kind),
        municipality=world.municipalities[scene.municipality] if scene.municipality else None,
        wanted_from=on + timedelta(days=30),
        needed_until=world.today + timedelta(days=ends_in) if ends_in else on + timedelta(days=NEEDED_DAYS),
        country=scene.country,
        language=owner.language,
        verified=scene.verified,
    )
    return measures.measure_vehicle(asked, scene.shows)


def unverified_day(world: World, cast: Cast, scene: Scene, *, days_later: int) -> Life:
    """Granted at once on typed data, for a day that is still to come."""
    on = world.today - timedelta(days=scene.days_ago)
    asked = make_wish(world, cast, scene)
    yield world.moment(on, 10, 22)
    ask_day(asked, day=on + timedelta(days=days_later))


def wrong_day(world: World, cast: Cast) -> Life:
    """The same, for a vehicle that a colleague found not to be a van."""
    asked = make_wish(world, cast, WRONG_DAY)
    yield world.moment(world.today - timedelta(days=WRONG_DAY.days_ago), 10, 22)
    application = ask_day(asked, day=clock.today() + ONE_DAY)
    yield world.office(world.days_ago(5))
    application.correct_facts(
        by=world.handler(asked.kind, None),
        facts=VehicleFacts(category="other", emission_class="6"),
        reason="Het kentekenregister geeft weer antwoord: het is een personenauto.",
        found_wrong=True,
    )


def florist_days(world: World, cast: Cast) -> Life:
    """The florist's van has nearly used up its day exemptions in Utrecht."""
    days = [world.today - timedelta(days=1 + number * DAYS_BETWEEN) for number in range(NEARLY_ALL_DAYS)]
    scene = Scene("", CODE, 0, FLORIST, municipality=UTRECHT, plate=DAY_PLATE)
    asked = make_wish(world, cast, scene)
    for day in sorted(day for day in days if day.year == world.today.year):
        yield world.moment(day, 6, 9)
        ask_day(asked, day=day)


def ask_day(asked: Wish, *, day: date) -> Application:
    """Applied for and granted at the same moment."""
    if asked.municipality is None:
        raise ValueError("a day exemption is for one municipality")
    return day_exemptions.ask_day_exemption(
        by=asked.owner,
        applicant=asked.applicant,
        facts=asked.facts,
        source=FactsRecord.Source.REGISTER if asked.verified else FactsRecord.Source.APPLICANT,
        plate=asked.plate,
        country=asked.country,
        municipality=asked.municipality,
        day=day,
        language=asked.language,
    )
