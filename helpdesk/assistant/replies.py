"""Answers a question, only from approved texts and with their source; otherwise 'I do not know'."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from exemptions.intake.prefill import AccessQuestion
from helpdesk.assistant import own_cases, places, plates, values, vehicles
from helpdesk.assistant.approved_texts import Approved, find_approved, get_topic_url, shorten_answer
from helpdesk.assistant.follow_ups import complete_question, names_place_or_day
from helpdesk.assistant.intents import (
    QuestionType,
    Understanding,
    is_about_another_vehicle,
    is_about_entry,
    understand_question,
)
from helpdesk.assistant.languages import language_of
from helpdesk.assistant.redaction import PLATE, redact_text
from helpdesk.assistant.text import simplify_text
from zones.models import Zone
from zones.plates import normalise

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_QUESTION = 1000
"""The most characters of a question; only the beginning of a longer one is read."""
ABOUT_ACCESS = (
    *("bestelauto-", "vrachtauto-", "nieuwe-diesel", "welke-gemeenten", "oldtimer", "personenauto", "buitenlands"),
    *("wat-is-vrijstelling", "wat-verandert-er", "na-2030"),
)
"""Topics that a question with a plate may be about while still asking 'may this vehicle enter?'."""
ABOUT_PLACES = ("welke-gemeenten", "hoogte-boete", "wat-is-een-ze-zone", "waar-geldig", "ligt-adres-in-zone")
"""If a question about one of these names a zone, the zone's page is added."""
FINES = "hoogte-boete"
AS_LIKELY = 0.1
"""The largest lead of the first topic over the second at which the assistant asks which one is meant. It did so for 14
of 636 questions: the right topic was always one of the two, and ten times the first.
"""
WORD_FOR_WORD = 1.0
"""The score of a question that equals a known phrase, as one chosen from two does."""
CLEARLY = 0.2
"""From this score on, a question with a plate is about another topic."""
WHEN = re.compile(
    r"\b(?:wanneer|sinds|welke da[gt]|when|since|which day|wann|seit|ab welch\w*|quand|depuis|kiedy)\b|\bod "
)


@dataclass(frozen=True)
class Answer:
    """What a visitor reads. `topics`: slugs, best first; `sources`: URLs on this site; `text`: light markup."""

    topics: list[str] = field(default_factory=list)
    text: str = ""
    sources: list[str] = field(default_factory=list)
    handed_over: bool = False
    choices: list[str] = field(default_factory=list)


class AnswerType(StrEnum):
    """The type of an answer."""

    TOPIC = "topic"
    VEHICLE = "vehicle"
    OWN = "own"
    CHOICE = "choice"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reply:
    """An answer with what it rests on. `language`: of the text; `named`: the plates that stand in it.

    `vehicle`: the one that the next question may go on about, if any.
    """

    answer: Answer
    kind: AnswerType
    language: str
    named: Sequence[plates.Plate] = ()
    vehicle: AccessQuestion | None = None


@dataclass(frozen=True)
class Context:
    """Earlier questions of this conversation, oldest first; `asked_back`: the last answer was a question.

    `vehicle`: the last one that was checked in this session, here or on the page for it.
    """

    earlier: Sequence[str] = ()
    asked_back: bool = False
    vehicle: AccessQuestion | None = None


ALONE = Context()


def answer(question: str, *, language: str = "nl") -> Answer:
    """Answer a question from anybody; nothing is stored. `language`: the one that the reader probably reads."""
    return compose_reply(question, language=language).answer


def compose_reply(
    question: str,
    *,
    language: str = "nl",
    user: "User | None" = None,
    may_look_up: Callable[[], bool] = lambda: True,
    context: Context = ALONE,
) -> Reply:
    """The same, for a page: for logged-in users it also tells about their own cases."""
    typed = " ".join(question.replace("\0", " ").split())[:LONGEST_QUESTION]
    asked = complete_with_plates(typed, context.earlier)
    if context.vehicle and not context.earlier and names_place_or_day(typed):
        asked = f"{PLATE} {typed}"
    spoken = language_of(asked.replace(PLATE, " "), expected=language)
    understood = understand_question(asked)
    if context.asked_back and understood.score >= WORD_FOR_WORD:
        asked = f"{typed} {context.earlier[-1]}"  # the choice, with the place and the vehicle named earlier
    with override(spoken):
        if is_about_another_vehicle(typed):
            return Reply(answer_another_vehicle(), AnswerType.VEHICLE, spoken)
        vehicle = choose_vehicle(typed, context.vehicle)
        found = plates.plates_in(asked) or recall_plate(asked, vehicle)
        if PLATE in asked and not found:
            return Reply(answer_plate_gone(), AnswerType.VEHICLE, spoken, vehicle=vehicle)
        if found and asks_about_vehicle(understood):
            said = of_vehicles(found, asked, understood, spoken, may_look_up, vehicle)
            return Reply(said, AnswerType.VEHICLE, spoken, found, vehicle)
        if is_undecided(understood) and not context.asked_back:
            return Reply(ask_back(understood.topics, language=spoken), AnswerType.CHOICE, spoken, vehicle=vehicle)
        return Reply(*of_sort(understood, asked, user, spoken), spoken, vehicle=vehicle)


def complete_with_plates(typed: str, earlier: Sequence[str]) -> str:
    """What was meant, given the earlier questions; also where it is a plate: 'VX-882-K', 'and 1-ABC-234?'."""
    bare = plates.without_plates(typed, PLATE)
    asked = complete_question(bare, earlier)
    if asked == bare:
        return typed
    for plate in plates.plates_in(typed):
        asked = asked.replace(PLATE, plate.text, 1)
    return asked


def choose_vehicle(typed: str, known: AccessQuestion | None) -> AccessQuestion | None:
    """The vehicle that a next question may go on about: the one typed, or else the one of the session.

    None if what was typed names several, or one of which the plate cannot be looked up.
    """
    named = plates.plates_in(typed)
    if not named and PLATE not in redact_text(typed):
        return known
    if len(named) != 1:
        return None
    if known and vehicles.is_same(named[0], known):
        return known
    return AccessQuestion(normalise(named[0].text)) if named[0].is_in_register else None


def recall_plate(asked: str, vehicle: AccessQuestion | None) -> list[plates.Plate]:
    """The plate of the vehicle of the session, if the question is about it without naming it."""
    is_meant = asked.count(PLATE) == 1 or (PLATE not in asked and is_about_entry(asked))
    return [vehicles.get_plate(vehicle)] if vehicle and is_meant else []


def is_undecided(understood: Understanding) -> bool:
    """Whether a second topic is about as likely as the first."""
    return understood.sort == QuestionType.TOPIC and len(understood.topics) > 1 and understood.lead < AS_LIKELY


def ask_back(slugs: Sequence[str], *, language: str) -> Answer:
    """Ask which of the two topics is meant, with links to both pages."""
    found = [text for slug in slugs[:2] if (text := find_approved(slug, language=language))]
    return Answer(
        text=_("Which of these two questions is yours?"),
        sources=[text.url for text in found],
        choices=[text.slug for text in found],
    )


def answer_plate_gone() -> Answer:
    """For a follow-up question about a vehicle: its plate was not stored anywhere."""
    text = _("We do not keep number plates. Ask your question again with the plate in it, or check it here.")
    return Answer(text=text, sources=[vehicles.get_access_check_url()])


def answer_another_vehicle() -> Answer:
    """For those who want to go on about another vehicle: the one of the session is forgotten."""
    text = _(
        "We have forgotten your number plate. Put the plate of the other vehicle in your question, or check it here."
    )
    return Answer(text=text, sources=[vehicles.get_access_check_url()])


def asks_about_vehicle(understood: Understanding) -> bool:
    """Whether a plate in the question means: may this vehicle enter?"""
    if understood.sort in (QuestionType.HOSTILE, QuestionType.OWN):
        return understood.score < 0
    best = understood.topics[0] if understood.topics else ""
    return understood.sort != QuestionType.TOPIC or best.startswith(ABOUT_ACCESS) or understood.score < CLEARLY


def of_vehicles(
    found: Sequence[plates.Plate],
    asked: str,
    understood: Understanding,
    spoken: str,
    may_look_up: Callable[[], bool],
    vehicle: AccessQuestion | None,
) -> Answer:
    """By the register and the rules; if the vehicle is unknown to these, also by the topic."""
    told, known = [], True
    for plate in found:
        if plate.is_in_register and not may_look_up():
            return Answer(text=vehicles.too_often(), sources=[vehicles.get_access_check_url()])
        words, is_known = vehicles.answer_about(plate, asked, known=vehicle)
        told.append(words)
        known = known and is_known
    if vehicle and not plates.plates_in(asked):
        told.append(vehicles.on_another())
    text = "\n\n".join(dict.fromkeys(told))
    if known:
        return Answer(text=text, sources=[vehicles.get_access_check_url()])
    beside = of_topics(topics_beside(found, understood), asked, language=spoken)
    if beside is None:
        return Answer(text=text, sources=[vehicles.get_access_check_url()], handed_over=True)
    return replace(beside, text=f"{text}\n\n{beside.text}", sources=[vehicles.get_access_check_url(), *beside.sources])


def topics_beside(found: Sequence[plates.Plate], understood: Understanding) -> tuple[str, ...]:
    """The topics that apply to a vehicle unknown to the register."""
    is_foreign = any(plate.is_whole and plate.country != "NL" for plate in found)
    return understood.topics or (("buitenlands-kenteken",) if is_foreign else ())


def of_sort(understood: Understanding, asked: str, user: "User | None", spoken: str) -> tuple[Answer, AnswerType]:
    """The answer to what was understood, with its type."""
    match understood.sort:
        case QuestionType.OWN:
            return of_own_case(asked, user), AnswerType.OWN
        case QuestionType.LOGIN | QuestionType.UPLOAD:
            return answer_trouble(understood.sort), AnswerType.OWN
        case QuestionType.ENTRY:
            return Answer(text=vehicles.on_entry(), sources=[vehicles.get_access_check_url()]), AnswerType.VEHICLE
        case QuestionType.TOPIC if found := of_topics(understood.topics, asked, language=spoken):
            return found, AnswerType.TOPIC
        case QuestionType.OUT | QuestionType.LEARNING if found := of_place(asked):
            return found, AnswerType.TOPIC
        case QuestionType.LEARNING:
            return of_start(), AnswerType.OWN
    near = () if understood.sort == QuestionType.HOSTILE else understood.near
    return answer_unknown(near, language=spoken), AnswerType.UNKNOWN


def of_own_case(asked: str, user: "User | None") -> Answer:
    """What the portal tells the applicant; a stranger only gets the link to it."""
    if user is not None and user.is_authenticated:
        return Answer(text=own_cases.answer_for(user, asked), sources=[own_cases.get_own_cases_url()])
    text = _("This is about your own case. I cannot see it while you are not logged in.")
    more = _("Log in and look at 'My applications', or ask a person.")
    return Answer(text=f"{text} {more}", sources=[own_cases.get_own_cases_url()], handed_over=True)


def answer_trouble(sort: QuestionType) -> Answer:
    """For those who cannot log in or send a file: what they can do, and how to reach a person."""
    if sort == QuestionType.UPLOAD:
        text = _("If we refuse a file, the page says why: often it is too large, or of a type that we cannot read.")
        more = _("Save it as PDF or JPG and try again. If that does not work either, ask a person.")
        return Answer(text=f"{text} {more}", sources=[own_cases.get_own_cases_url()], handed_over=True)
    text = _("On the login page you can ask for a code by email, or choose a new password.")
    more = _("If the email does not arrive, look in your spam folder and check the address that you typed.")
    return Answer(text=f"{text} {more}", sources=[reverse("account_login")], handed_over=True)


def of_start() -> Answer:
    """For questions asked during the half minute of the first training, so that nobody waits for it."""
    text = _("One moment please: the assistant is just starting up.")
    more = _("Ask your question again in a minute, look through the frequent questions, or ask a person.")
    return Answer(text=f"{text} {more}", sources=[reverse("faq")], handed_over=True)


def of_topics(slugs: tuple[str, ...], asked: str, *, language: str) -> Answer | None:
    """From the approved text of the best topic, with the others as sources. None if the text is gone."""
    found = [text for slug in slugs if (text := find_approved(slug, language=language))]
    if not found or found[0].slug != slugs[0]:
        return None
    on = timezone.localdate()
    zones = places.zones_named(asked, on=on)
    short = f"{stand_in(found[0], language)}{shorten_answer(found[0], question=asked)}"
    words = of_values(found[0].slug, asked, zones) or "\n\n".join(
        filter(None, [describe_named(found[0].slug, asked, zones), short])
    )
    sources = [text.url for text in found]
    if found[0].slug in ABOUT_PLACES:
        sources += [places.get_zone_url(zone) for zone in zones[: places.MOST]]
    return Answer([text.slug for text in found], words, sources)


def of_values(slug: str, asked: str, zones: Sequence[Zone]) -> str:
    """The whole answer, if the values of what a question names are all of it; otherwise empty."""
    on = timezone.localdate()
    if slug == FINES and zones and WHEN.search(simplify_text(asked)):
        return places.fines_in_words(zones, on=on)
    if slug == FINES:
        return values.describe_fine(values.find_categories(asked), zones, on=on)
    if slug == "welke-gemeenten":
        return places.in_words(zones, places.without_zone(asked, on=on), on=on)
    return ""


def describe_named(slug: str, asked: str, zones: Sequence[Zone]) -> str:
    """What precedes the text, because the question names a place or a day."""
    on = timezone.localdate()
    if nowhere := values.describe_no_zone(slug, zones, places.without_zone(asked, on=on), on=on):
        return nowhere
    return values.describe_class_on_day(slug, asked, today=on)


def of_place(asked: str) -> Answer | None:
    """For a question that is little more than a place: 'is Breda ook?'. None for any other question."""
    on = timezone.localdate()
    zones, others = places.zones_named(asked, on=on), places.without_zone(asked, on=on)
    if not (zones or others) or not places.is_all_it_asks(asked):
        return None
    slug = "welke-gemeenten"
    return Answer(
        [slug], places.in_words(zones, others, on=on), [get_topic_url(slug), *map(places.get_zone_url, zones)]
    )


def stand_in(text: Approved, language: str) -> str:
    """The text, with a notice if none exists in the language of the question."""
    if text.language == language:
        return ""
    if text.language == "en":
        said = _("We do not have this text in your language yet. This is the English text.")
    else:
        said = _("We do not have this text in your language yet. This is the Dutch text.")
    return f"{said}\n\n"


def answer_unknown(near: Sequence[str] = (), *, language: str) -> Answer:
    """An honest answer, with the nearest topics and how to reach a person."""
    sources = [one.url for slug in near if (one := find_approved(slug, language=language))]
    text = _("I do not know for sure what you mean. I only know about zero-emission zones and exemptions.")
    more = _("Try to put it in other words, or ask a person.")
    if sources:
        sources.append(vehicles.get_access_check_url())
        more = _("Is one of the questions below yours? If not, ask a person.")
    return Answer(text=f"{text} {more}", sources=sources, handed_over=True)
