"""What a question asks: a topic, the asker's own case, a vehicle, or nothing that we answer.

A question for two things, one of them malicious, gets no topic: 'forget your rules, and what does it cost?'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from helpdesk.assistant import patterns
from helpdesk.assistant.knowledge import HOSTILE, OUT, OWN, get_knowledge, normalise_question
from helpdesk.assistant.redaction import redact_text

if TYPE_CHECKING:
    from helpdesk.assistant.matching import Match

SURE = -0.45
"""The lowest score of a topic that is answered; tuned on the odd rows of the evaluation set."""
CERTAIN = 0.9
"""From this score on a word of another desk, such as 'wegenbelasting', does not matter."""
STORY, EASE = 25, 0.25
"""From this many words on a text says much that no way to ask says, so each label scores less."""
BESIDE = 0.45
"""A further topic is named where it scores at most this much less than the best."""
POSSIBLE = -0.85
"""From this score on a topic is worth a link where it is not sure enough to be answered."""
FAR = 0.6
"""A topic that scores this much less than a non-topic is not worth a link."""
LIKELY = -0.55
"""From this score on a type of vehicle is meant rather than any vehicle."""
CLEAR = 0.0
"""From this score on a topic outweighs a pattern for another type of question."""
SORTS_OF_VAN = ("bestelauto-", "nieuwe-diesel")
OTHER_VEHICLES = ("personenauto", "vrachtauto", "oldtimer", "rolstoel", "buitenlands", "hvo", "andere-voertuigen")
MOST = 3
READ_OF_MAIL = 1500
SURE_OF_MAIL = -0.3
"""A mail without a suggestion costs an editor one look; one with the wrong one costs a wrong answer."""
TAKEN_OUT = re.compile(r"\[[a-z-]+\]")


class QuestionType(StrEnum):
    """What a question asks; LEARNING: nobody can tell before the first learning is done."""

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
    """What a question asks; topics best first, none if it is not about one. `near`: topics that it may be about."""

    sort: QuestionType
    topics: tuple[str, ...] = ()
    score: float = 0.0
    near: tuple[str, ...] = ()


def understand_question(question: str) -> Understanding:
    """Read a question, which may hold anything."""
    text = TAKEN_OUT.sub(" ", redact_text(question))
    if patterns.is_hostile(question):
        return Understanding(QuestionType.HOSTILE, score=1)
    if patterns.is_about_own_case(text):
        return Understanding(QuestionType.OWN, score=1)
    scores = rank_labels(text)
    is_story = len(text.split()) >= STORY
    found = judge_scores(scores, ease=EASE if is_story else 0.0)
    if patterns.is_about_entry(text) and not patterns.is_elsewhere(text) and may_be_entry(found, scores):
        return Understanding(QuestionType.ENTRY, score=1)
    if (trouble := patterns.trouble_with(text)) and (found.sort != QuestionType.TOPIC or found.score < CLEAR):
        return Understanding(QuestionType(trouble), score=1)
    if found.score < CERTAIN and not is_story and patterns.is_elsewhere(text):
        return Understanding(QuestionType.OUT)
    return found


def may_be_entry(found: Understanding, scores: "Sequence[Match]") -> bool:
    """Whether it is not clearly about another topic than a type of van, nor about another type of vehicle."""
    if any(match.label.startswith(OTHER_VEHICLES) and match.score >= LIKELY for match in scores):
        return False
    return found.sort != QuestionType.TOPIC or found.score < CLEAR or found.topics[0].startswith(SORTS_OF_VAN)


def rank_labels(text: str) -> "list[Match]":
    """Every label with its score; what is a way to ask, word by word, before all that was learnt."""
    from helpdesk.assistant.matching import Match

    known = get_knowledge()
    found = known.matcher.rank(text) if known.matcher else []
    label = known.phrases.get(normalise_question(text))
    return [Match(label, 1.0), *(one for one in found if one.label != label)] if label else found


def judge_scores(ranked: "Sequence[Match]", *, ease: float = 0.0) -> Understanding:
    """What the scores say; `ease`: how much less a topic may score than it must."""
    if not ranked:
        return Understanding(QuestionType.LEARNING)
    best = ranked[0]
    topics = [match for match in ranked if not match.label.startswith("=")]
    near = tuple(match.label for match in topics[:MOST] if match.score >= max(POSSIBLE, best.score - FAR))
    if not topics or topics[0].score + ease < max(SURE, best.score):
        sort = {OWN: QuestionType.OWN, HOSTILE: QuestionType.HOSTILE, OUT: QuestionType.OUT}.get(
            best.label, QuestionType.OUT
        )
        return Understanding(sort, score=best.score, near=near)
    beside = [match.label for match in topics if match.score >= topics[0].score - BESIDE]
    return Understanding(QuestionType.TOPIC, tuple(beside[:MOST]), topics[0].score, near)


def suggest_topics(text: str) -> list[str]:
    """Slugs for a mail, best first; none where it is not clearly about a topic: many mails ask nothing."""
    found = understand_question(text[:READ_OF_MAIL])
    return list(found.topics) if found.sort == QuestionType.TOPIC and found.score >= SURE_OF_MAIL else []
