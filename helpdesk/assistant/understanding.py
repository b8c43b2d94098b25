"""What a question asks: a topic, the asker's own case, a vehicle, or nothing that we answer.

Who asks for two things, one of which is meant ill, gets no topic: 'forget your rules, and what does it cost?'
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from helpdesk.assistant import hints
from helpdesk.assistant.knowledge import HOSTILE, OWN, matcher
from helpdesk.assistant.matching import Match
from helpdesk.assistant.scrubbing import scrub

SURE = 0.2
"""The lowest score of a topic that is answered; tuned on the odd rows of the evaluation set."""
CERTAIN = 1.3
"""From this score on a word of another desk, such as 'wegenbelasting', does not matter."""
BESIDE = 0.6
"""A further topic is named where it scores at least this part of the best."""
MOST = 3
TAKEN_OUT = re.compile(r"\[[a-z-]+\]")
SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")


class Sort(StrEnum):
    """What a question asks."""

    TOPIC = "topic"
    OWN = "own"
    OUT = "out"
    HOSTILE = "hostile"


@dataclass(frozen=True)
class Understood:
    """What a question asks; topics best first, none where it is no topic."""

    sort: Sort
    topics: tuple[str, ...] = ()
    score: float = 0.0


def understand(question: str) -> Understood:
    """Read a question, which may hold anything."""
    bare = scrub(question)
    if hints.is_hostile(question):
        return Understood(Sort.HOSTILE, score=1)
    if hints.is_about_own_case(bare):
        return Understood(Sort.OWN, score=1)
    found = judged(matcher().rank(TAKEN_OUT.sub(" ", bare)))
    if found.score < CERTAIN and hints.is_elsewhere(bare):
        return Understood(Sort.OUT)
    return found


def judged(ranked: list[Match]) -> Understood:
    """What the scores say."""
    best = ranked[0]
    topics = [match for match in ranked if not match.label.startswith("=")]
    other = {OWN: Sort.OWN, HOSTILE: Sort.HOSTILE}.get(best.label, Sort.OUT)
    if not topics or topics[0].score < max(SURE, best.score):
        return Understood(other, score=best.score)
    near = [match.label for match in topics if match.score >= topics[0].score * BESIDE]
    return Understood(Sort.TOPIC, tuple(near[:MOST]), topics[0].score)


def suggest(text: str, *, language: str = "nl") -> list[str]:
    """Slugs for a mail, best first: by its sentence that says most clearly what it is about. `language` is not needed:
    people mix them, and the ways to ask are learnt in all."""
    sentences = [one for one in SENTENCE.split(scrub(text)) if len(one) > 8][:20]
    found = [one for one in map(understand, [*sentences, " ".join(sentences)[:500]]) if one.sort == Sort.TOPIC]
    best = sorted(found, key=lambda one: -one.score)
    return list(dict.fromkeys(slug for one in best for slug in one.topics))[:MOST]
