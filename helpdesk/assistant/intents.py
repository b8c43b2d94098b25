"""What a question asks: a topic, the asker's own case, a vehicle, or nothing that we answer.

Patterns that leave no doubt come first: somebody wants to misuse the assistant, or asks what no topic covers. They are
in `data/hints.csv`, one a row; `{mine}` and `{case}` are replaced by the rows of those names. A question for two
things, one of them malicious, gets no topic: 'forget your rules, and what does it cost?'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from helpdesk.assistant.knowledge import HOSTILE, OUT, OWN, get_knowledge, normalise_question
from helpdesk.assistant.redaction import redact_text
from helpdesk.assistant.text import find_concepts, read_data_rows, simplify_text, split_words, with_classes

if TYPE_CHECKING:
    from helpdesk.assistant.matcher import Match

OURS_ALL_THE_SAME = frozenset({"=zone", "=milieuzone", "=ontheffing", "=dagontheffing", "=vrijstelling"})
ALONE = re.compile(r"^(?:hallo|hoi|hello|goedemorgen|bedankt|thanks|thank|merci|danke|dank|wie ben|hi)\b")
SHORT = 6
ANY_VEHICLE = frozenset({"=bestelauto", "=zone", "=plaats", "=gemeente", "=kenteken", "=vooraf"})
"""What a question may mention if it asks whether 'my van' may enter and says nothing about that van."""
LONGEST_ENTRY = 14
"""Words: a longer question says more about the vehicle."""


@cache
def compile_patterns(sort: str) -> re.Pattern[str]:
    """All patterns of a type combined; they match plain text."""
    parts = {row["sort"]: row["pattern"] for row in read_data_rows("hints") if row["sort"] in ("mine", "case")}
    own = [row["pattern"] for row in read_data_rows("hints") if row["sort"] == sort]
    filled = (one.replace("{mine}", parts["mine"]).replace("{case}", parts["case"]) for one in own)
    return re.compile("|".join(f"(?:{one})" for one in filled))


@cache
def compile_foreign_words() -> re.Pattern[str]:
    """Words of other desks that fit no topic of ours, from `data/elsewhere.csv`; * stands for any ending."""
    said = [one for row in read_data_rows("elsewhere") for one in row["words"].split(";")]
    parts = (re.escape(" ".join(split_words(one))) + (r"\w*" if one.endswith("*") else "") for one in said)
    return re.compile(rf"(?<![a-z0-9'])(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?![a-z0-9'])")


def is_elsewhere(question: str) -> bool:
    """Whether another desk can answer it, or it only greets. 'Hello, what does an exemption cost?' does neither."""
    said = split_words(question)
    text = " ".join(said)
    if "=plaats" not in find_concepts(said) and _match_pattern("abroad", question):
        return True
    found = [match[0] for match in compile_foreign_words().finditer(text)]
    if not found or OURS_ALL_THE_SAME.intersection(find_concepts(said)):
        return False
    return not all(ALONE.match(one) for one in found) or len(said) < SHORT


def is_hostile(question: str) -> bool:
    """Whether it tries to misuse the assistant, or to evade the rules."""
    return _match_pattern("hostile", question)


def is_about_own_case(question: str) -> bool:
    """Whether only the visitor's own file holds the answer."""
    return _match_pattern("own", question)


def is_about_another_vehicle(question: str) -> bool:
    """Whether it only says that the next question is about another vehicle, or that the plate must be forgotten."""
    return _match_pattern("another", question)


def find_trouble(question: str) -> str:
    """What they need help with in the portal: login or upload; empty if neither."""
    return next((sort for sort in ("login", "upload") if _match_pattern(sort, question)), "")


def is_about_entry(question: str) -> bool:
    """Whether it asks if 'my van' may enter and says nothing about that van: only its plate would tell."""
    said = split_words(with_classes(simplify_text(question)))
    return (
        len(said) <= LONGEST_ENTRY and ANY_VEHICLE.issuperset(find_concepts(said)) and _match_pattern("entry", question)
    )


def _match_pattern(sort: str, question: str) -> bool:
    return compile_patterns(sort).search(simplify_text(question)) is not None


SURE = -0.45
"""The lowest score at which a topic is answered; tuned on the odd rows of the evaluation set."""
CERTAIN = 0.9
"""From this score on, a word of another desk such as 'wegenbelasting' does not matter."""
STORY, EASE = 25, 0.25
"""From this many words on, a text contains much that no phrase does, so each label scores less."""
BESIDE = 0.45
"""A further topic is named if its score is at most this much below the best."""
POSSIBLE = -0.85
"""From this score on, a topic too uncertain to be answered is worth a link, and the two after it as well."""
FAR = 0.6
"""A best topic that scores this much less than a non-topic is not worth a link."""
LIKELY = -0.55
"""From this score on, a type of vehicle is meant rather than any vehicle."""
CLEAR = 0.0
"""From this score on, a topic outweighs a pattern for another type of question."""
SORTS_OF_VAN = ("bestelauto-", "nieuwe-diesel")
OTHER_VEHICLES = ("personenauto", "vrachtauto", "oldtimer", "rolstoel", "buitenlands", "hvo", "andere-voertuigen")
MOST = 3
READ_OF_MAIL = 1500
SURE_OF_MAIL = -0.3
"""A mail without a suggestion costs an editor one look; one with the wrong one costs a wrong answer."""
TAKEN_OUT = re.compile(r"\[[a-z-]+\]")


class QuestionType(StrEnum):
    """What a question asks; LEARNING: unknown until the first training is done."""

    TOPIC = "topic"
    OWN = "own"
    LOGIN = "login"
    UPLOAD = "upload"
    ENTRY = "entry"
    OUT = "out"
    HOSTILE = "hostile"
    LEARNING = "learning"


@dataclass(frozen=True)
class Understanding:
    """What a question asks; topics best first, none if it is not about one. `near`: topics that it may be about.

    `lead`: by how much the first topic scores higher than the second.
    """

    sort: QuestionType
    topics: tuple[str, ...] = ()
    score: float = 0.0
    near: tuple[str, ...] = ()
    lead: float = 1.0


def understand_question(question: str) -> Understanding:
    """Read a question, which may contain anything."""
    text = TAKEN_OUT.sub(" ", redact_text(question))
    if is_hostile(question):
        return Understanding(QuestionType.HOSTILE, score=1)
    if is_about_own_case(text):
        return Understanding(QuestionType.OWN, score=1)
    scores = rank_labels(text)
    is_story = len(text.split()) >= STORY
    found = judge_scores(scores, ease=EASE if is_story else 0.0)
    if is_about_entry(text) and not is_elsewhere(text) and may_be_entry(found, scores):
        return Understanding(QuestionType.ENTRY, score=1)
    if (trouble := find_trouble(text)) and (found.sort != QuestionType.TOPIC or found.score < CLEAR):
        return Understanding(QuestionType(trouble), score=1)
    if found.score < CERTAIN and not is_story and is_elsewhere(text):
        return Understanding(QuestionType.OUT)
    return found


def may_be_entry(found: Understanding, scores: "Sequence[Match]") -> bool:
    """Whether it is not clearly about another topic than a type of van, or about another type of vehicle."""
    if any(match.label.startswith(OTHER_VEHICLES) and match.score >= LIKELY for match in scores):
        return False
    return found.sort != QuestionType.TOPIC or found.score < CLEAR or found.topics[0].startswith(SORTS_OF_VAN)


def rank_labels(text: str) -> "list[Match]":
    """Every label with its score; a known phrase comes before everything learnt."""
    from helpdesk.assistant.matcher import Match

    known = get_knowledge()
    found = known.matcher.rank(text) if known.matcher else []
    label = known.phrases.get(normalise_question(text))
    return [Match(label, 1.0), *(one for one in found if one.label != label)] if label else found


def judge_scores(ranked: "Sequence[Match]", *, ease: float = 0.0) -> Understanding:
    """What the scores mean; `ease`: how far below the threshold a topic may score."""
    if not ranked:
        return Understanding(QuestionType.LEARNING)
    best = ranked[0]
    topics = [match for match in ranked if not match.label.startswith("=")]
    is_near = bool(topics) and topics[0].score >= max(POSSIBLE, best.score - FAR)
    near = tuple(match.label for match in topics[:MOST]) if is_near else ()
    if not topics or topics[0].score + ease < max(SURE, best.score):
        sort = {OWN: QuestionType.OWN, HOSTILE: QuestionType.HOSTILE, OUT: QuestionType.OUT}.get(
            best.label, QuestionType.OUT
        )
        return Understanding(sort, score=best.score, near=near)
    beside = [match.label for match in topics if match.score >= topics[0].score - BESIDE]
    lead = topics[0].score - topics[1].score if len(topics) > 1 else 1.0
    return Understanding(QuestionType.TOPIC, tuple(beside[:MOST]), topics[0].score, near, lead)


def suggest_topics(text: str) -> list[str]:
    """Slugs for a mail, best first; none unless it is clearly about a topic, since many mails ask nothing."""
    found = understand_question(text[:READ_OF_MAIL])
    return list(found.topics) if found.sort == QuestionType.TOPIC and found.score >= SURE_OF_MAIL else []
