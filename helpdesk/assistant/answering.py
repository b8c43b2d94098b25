"""A question in, an answer out: only from approved texts, with where they stand; else 'I do not know'."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.assistant import own_cases, rephrasing, vehicles
from helpdesk.assistant.approved import approved, short
from helpdesk.assistant.languages import language_of
from helpdesk.assistant.understanding import Sort, Understood, understand

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_QUESTION = 500
"""Signs of a question at most; of a longer one the beginning is read."""
ABOUT_ACCESS = (
    *("bestelauto-", "vrachtauto-", "nieuwe-diesel", "welke-gemeenten", "oldtimer", "personenauto", "buitenlands"),
    "wat-is-vrijstelling",
)
"""What a question with a plate may be about and still be 'may this vehicle enter?'."""
CLEARLY = 0.45
"""From this score on a question with a plate is about another topic."""
DOUBTFUL = 0.3
"""Below this score a question with a plate is not taken for one that is meant ill, or about one's own case."""


@dataclass(frozen=True)
class Answer:
    """What a visitor reads. `topics`: slugs, best first; `sources`: addresses on this site; `text`: light markup.

    Where the assistant does not know, `topics` is empty and `handed_over` is true: a person can answer it.
    """

    topics: list[str] = field(default_factory=list)
    text: str = ""
    sources: list[str] = field(default_factory=list)
    handed_over: bool = False


class Kind(StrEnum):
    """What sort of answer it is."""

    TOPIC = "topic"
    VEHICLE = "vehicle"
    OWN = "own"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reply:
    """An answer with what it rests on. `language` is that of the words."""

    answer: Answer
    kind: Kind
    language: str


def answer(question: str, *, language: str = "nl") -> Answer:
    """Answer a question of anybody; nothing is kept. `language`: what the reader probably reads."""
    return reply(question, language=language).answer


def reply(
    question: str,
    *,
    language: str = "nl",
    user: "User | None" = None,
    may_look_up: Callable[[], bool] = lambda: True,
) -> Reply:
    """The same, for a page: with login it also tells of one's own cases.

    `may_look_up` is asked before the vehicle register is: it tells whether this visitor has not looked up too many.
    """
    asked = " ".join(question.replace("\0", " ").split())[:LONGEST_QUESTION]
    spoken = language_of(asked, expected=language)
    understood = understand(asked)
    with override(spoken):
        if asked_of_vehicle(asked, understood) and (plate := vehicles.plate_in(asked)):
            return Reply(of_vehicle(plate, asked, may_look_up=may_look_up), Kind.VEHICLE, spoken)
        if understood.sort == Sort.OWN:
            return Reply(of_own_case(asked, user), Kind.OWN, spoken)
        if understood.sort == Sort.TOPIC and (found := of_topics(understood.topics, asked, language=spoken)):
            return Reply(found, Kind.TOPIC, spoken)
        return Reply(unknown(), Kind.UNKNOWN, spoken)


def asked_of_vehicle(asked: str, understood: Understood) -> bool:
    """Whether a plate in the question means: may this vehicle enter?"""
    if understood.sort in (Sort.HOSTILE, Sort.OWN):
        return understood.score < DOUBTFUL
    best = understood.topics[0] if understood.topics else ""
    return best.startswith(ABOUT_ACCESS) or understood.score < CLEARLY or understood.sort == Sort.OUT


def of_vehicle(plate: vehicles.Plate, asked: str, *, may_look_up: Callable[[], bool]) -> Answer:
    """By the register and the rules."""
    if plate.is_in_register and not may_look_up():
        return Answer(text=vehicles.too_often(), sources=[vehicles.source()])
    return Answer(text=vehicles.answer_about(plate, asked), sources=[vehicles.source()])


def of_own_case(asked: str, user: "User | None") -> Answer:
    """What the portal tells its applicant; a stranger gets nothing but the way there."""
    if user is not None and user.is_authenticated:
        return Answer(text=own_cases.answer_for(user, asked), sources=[own_cases.source()])
    text = _("This is about your own case. I cannot see it while you are not logged in.")
    more = _("Log in and look at 'My applications', or ask your question to a person.")
    return Answer(text=f"{text} {more}", sources=[own_cases.source()], handed_over=True)


def of_topics(slugs: tuple[str, ...], asked: str, *, language: str) -> Answer | None:
    """From the approved text of the best topic; the others are named as sources. None where the text is gone."""
    found = [text for slug in slugs if (text := approved(slug, language=language))]
    if not found or found[0].slug != slugs[0]:
        return None
    words = rephrasing.rephrased(asked, found[:1], language=language) or short(found[0], question=asked)
    return Answer([text.slug for text in found], words, [text.url for text in found])


def unknown() -> Answer:
    """Honest, with the way to a person."""
    text = _("I do not know the answer to this. I only answer questions about zero-emission zones and exemptions.")
    more = _("Try to ask it in other words, or ask your question to a person.")
    return Answer(text=f"{text} {more}", handed_over=True)
