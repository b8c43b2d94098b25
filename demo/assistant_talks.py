"""What people asked the assistant in the last weeks of the demo, what it knew, and whether that helped."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from exemptions.terms import AMSTERDAM
from helpdesk.information.topics import list_published
from helpdesk.models import Conversation, MonthOfConversations, Turn


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


def load(*, today: date) -> None:
    """Each its own conversation; idempotent, also if they were counted and removed since."""
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
