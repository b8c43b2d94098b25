"""The information site of the demo: invented boundaries and advisers, a past outage, and measured times."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from demo.plan import FIRST
from exemptions.terms import AMSTERDAM
from helpdesk.information import measured_times
from helpdesk.information.topics import list_published
from helpdesk.models import Adviser, Conversation, MonthOfConversations, Outage, Turn
from zones import boundaries
from zones.models import Municipality, Zone

SHAPES = Path(__file__).with_name("zone_boundaries.geojson")
ADVISED = ("Utrecht", "Amsterdam", "Rotterdam", "Groningen")
BEGAN, ENDED = time(9, 5), time(10, 40)


def load_site(*, today: date) -> None:
    """Load the site; idempotent, keeping what was filled in since."""
    if not Zone.objects.in_force(on=today).filter(boundary__isnull=False).exists():
        found = boundaries.read_boundaries(SHAPES)
        boundaries.keep_boundaries(found, on=today, source="demo", is_invented=True)
    for place in Municipality.objects.filter(name__in=ADVISED):
        email = f"logistiek.{place.name.lower()}@example.org"
        values = {"name": f"Logistiek makelaar {place.name}", "email": email, "source": "demo"}
        Adviser.objects.get_or_create(municipality=place, defaults=values)
    began, ended = (datetime.combine(FIRST.replace(month=11, day=12), hour, AMSTERDAM) for hour in (BEGAN, ENDED))
    Outage.objects.get_or_create(
        began_at=began,
        defaults={
            "ended_at": ended,
            "what_nl": "Inloggen met DigiD en eHerkenning werkte niet.",
            "what_en": "Logging in with DigiD and eHerkenning did not work.",
        },
    )
    measured_times.measure_kinds(today=today)


@dataclass(frozen=True)
class Talk:
    """One question, a number of days ago; no topic if the assistant did not know."""

    days: int
    question: str
    topic: str = ""
    helped: bool | None = None


TALKS = (
    Talk(1, "mag ik met een klasse 5 bus nog de stad in", "bestelauto-emissieklasse-5", helped=True),
    Talk(2, "hoeveel kost een dagontheffing", "kosten", helped=True),
    Talk(2, "mag ik een aanhanger parkeren in de zone"),
    Talk(3, "wat gebeurt er als ik toch de zone in rij", "hoogte-boete"),
    Talk(4, "hoe vaak per jaar mag zo'n dagontheffing", "dagontheffing-aantal", helped=True),
    Talk(5, "geldt mijn ontheffing ook in rotterdam", "waar-geldig", helped=False),
    Talk(6, "mag ik een aanhanger parkeren in de zone"),
    Talk(8, "mijn elektrische bus komt pas in de zomer", "lange-levertijd", helped=True),
    Talk(9, "is er subsidie voor een laadpaal op mijn erf"),
    Talk(11, "ik ben het niet eens met de afwijzing", "bezwaar-maken"),
    Talk(13, "wat kost een ontheffing voor 4 jaar", "kosten", helped=False),
)
ASKED_AT = time(10, 20)
UNSURE = "Dat weet ik niet zeker. Zal ik uw vraag aan de redactie geven?"


def load_talks(*, today: date) -> None:
    """Each a conversation of its own; idempotent, even if they were counted and deleted since."""
    if Turn.objects.filter(question=TALKS[0].question).exists() or MonthOfConversations.objects.exists():
        return
    known = {one.slug: one for one in list_published(language="nl")}
    for talk in TALKS:
        at = datetime.combine(today - timedelta(days=talk.days), ASKED_AT, AMSTERDAM)
        topic = known.get(talk.topic)
        Turn.objects.create(
            conversation=Conversation.objects.create(language="nl", began_at=at, last_at=at),
            number=1,
            asked_at=at,
            question=talk.question,
            kind=Turn.Kind.TOPIC if topic else Turn.Kind.UNKNOWN,
            answer=topic.answer if topic else UNSURE,
            topics=[topic.slug] if topic else [],
            sources=[topic.url] if topic else [],
            handed_over=topic is None,
            helped=talk.helped,
        )
