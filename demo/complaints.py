"""Complaints about how somebody was treated: a new one, one in hand, and one for each way to end."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from casework import clock
from casework.models import Dossier
from complaints.models import Complaint
from complaints.steps.ending import Outcome
from complaints.steps.hearing import Waived
from demo.agenda import Life
from demo.courses import Part
from demo.world import World
from exemptions.models import Application

Channel = Complaint.Channel
TALKED = "Wij hebben de klager aan de telefoon gesproken. Ook de medewerker heeft zijn kant verteld."
FOUND = "Er is drie keer gebeld. Twee keer is niet teruggebeld, hoewel dat was afgesproken."
JUDGED = "Dit had niet zo mogen gaan: wie een afspraak maakt om terug te bellen, belt terug."
CONCLUDED = "Afspraken om terug te bellen staan voortaan in de agenda van het team."
SETTLED = "Wij hebben gebeld en onze excuses aangeboden. De klager is daarmee tevreden."
WAS_FRIENDLY = "Het gesprek was zakelijk. Uit het verslag blijkt niet dat de medewerker onvriendelijk was."


def live_complaints(world: World) -> list[Life]:
    """Every complaint around today, as a life of its own."""
    return [tell(world.for_one_case()) for tell in TELLERS]


def live_waiting(world: World) -> Life:
    """Written yesterday in the portal, by the florist."""
    yield world.moment(world.days_ago(1), 8, 22)
    by = world.users["bloemist"]
    application = Application.objects.of_applicant(by).filed().latest("received_at")
    about = {"about": "Ik wacht al drie dagen op een antwoord op mijn e-mail.", "happened_on": world.days_ago(5)}
    complaint = begin_complaint(by, application=application, **about)
    complaint.file(by=by, received_on=clock.today())


def live_in_hand(world: World) -> Life:
    """By phone; the complainant has been asked whether they want to be heard."""
    complaint = yield from register_complaint(world, ago=12, channel=Channel.PHONE)
    yield from take_up(complaint, world)
    complaint.offer_hearing(by=world.officer, reply_until=world.term("hearing_reply_days", sent_on=clock.today()))


def live_justified(world: World) -> Life:
    """Heard, and justified."""
    complaint = yield from register_complaint(world, ago=40, channel=Channel.POST)
    yield from take_up(complaint, world)
    yield world.office(world.days_ago(30))
    complaint.hold_hearing(by=world.officer, heard_on=clock.today(), report=TALKED)
    yield world.office(world.days_ago(20))
    told = {"findings": FOUND, "judgment": JUDGED, "conclusions": CONCLUDED}
    complaint.conclude(by=world.officer, outcome=Outcome.JUSTIFIED.value, **told)


def live_unjustified(world: World) -> Life:
    """Not heard by choice, and unjustified."""
    complaint = yield from register_complaint(world, ago=50, channel=Channel.EMAIL)
    yield from take_up(complaint, world)
    yield world.office(world.days_ago(35))
    complaint.waive_hearing(by=world.officer, ground=Waived.NOT_WANTED.value, because="Dat schreef u ons per e-mail.")
    told = {"findings": WAS_FRIENDLY, "judgment": "De medewerker heeft u behoorlijk behandeld."}
    complaint.conclude(by=world.officer, outcome=Outcome.UNJUSTIFIED.value, **told)


def live_settled(world: World) -> Life:
    """Settled by a phone call."""
    complaint = yield from register_complaint(world, ago=25, channel=Channel.COUNTER)
    yield from take_up(complaint, world)
    complaint.settle(by=world.officer, how=SETTLED)


TELLERS: tuple[Callable[[World], Life], ...] = (
    live_waiting,
    live_in_hand,
    live_justified,
    live_unjustified,
    live_settled,
)


def register_complaint(world: World, *, ago: int, channel: Channel) -> Any:
    """Register a complaint from somebody whose name and address we know; returns it."""
    yield world.office(world.days_ago(ago))
    by, happened_on = world.officer, world.days_ago(ago + 3)
    about = "Ik heb drie keer gebeld. Twee keer zou iemand terugbellen, en dat gebeurde niet."
    complaint = begin_complaint(None, channel=channel, about=about, happened_on=happened_on, **COMPLAINANT)
    complaint.register(by=by, received_on=clock.today())
    return complaint


COMPLAINANT: Mapping[str, str] = {"name": "Kees Klager", "email": "klager@example.org"}


def begin_complaint(by: Any, **about: Any) -> Complaint:
    """A complaint whose form is not sent yet."""
    who = {"complainant": by, "name": by.name, "email": by.email} if by else {}
    complaint: Complaint = Complaint.objects.create(dossier=Dossier.objects.create(), **who, **about)
    return complaint


def take_up(complaint: Complaint, world: World) -> Part:
    """On the next working day."""
    yield world.office(world.working_day(get_tomorrow()))
    complaint.take_up(by=world.officer)


def get_tomorrow() -> date:
    """The day after the one being played."""
    return clock.today() + timedelta(days=1)
