"""What a question is probably about, and in which tone and language: a suggestion that the editor corrects."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.reference import read_rows
from helpdesk.assistant import intents
from helpdesk.models import Question, Topic
from reporting.models import MailTopic

Tone = MailTopic.Tone
DATA = Path(__file__).parent.parent / "data"
WORD = re.compile(r"[\w'’]+")
READ = 5000
"""How many characters of a question are read: one that needs more does not say what it is about."""
STRENGTH = {Tone.COMPLAINT: 3, Tone.PRACTICAL: 2, Tone.INFORMING: 1}
"""The weight of a word of each list: an angry person also asks something, and one who cannot log in asks how."""


@dataclass(frozen=True)
class Suggestion:
    """Slugs of topics, best first, and a tone; empty if nothing was recognised."""

    topics: list[str]
    tone: str

    @property
    def values(self) -> dict[str, object]:
        """The values as stored with a question."""
        topic = Topic.objects.filter(slug__in=self.topics[:1]).first()
        return {"suggested_topic": topic, "suggested_tone": self.tone}


def suggest_topic_and_tone(text: str) -> Suggestion:
    """Judge by the words of the text."""
    return Suggestion(topics_of(text[:READ]), tone_of(text[:READ]))


def topics_of(text: str) -> list[str]:
    """The topics that the assistant would consider."""
    return intents.suggest_topics(text)


def tone_of(text: str) -> str:
    """The tone with the most weight of words; the first of equal ones. Informing if there are none."""
    said = f" {' '.join(WORD.findall(text.lower()))} "
    counts = Counter(dict(count_tone_matches(said)))
    best = max(STRENGTH, key=lambda tone: counts[tone] * STRENGTH[tone])
    return best.value if counts[best] else (Tone.INFORMING.value if "?" in text else Tone.OTHER.value)


def count_tone_matches(said: str) -> Iterator[tuple[Tone, int]]:
    """How many words and phrases of each list occur."""
    for tone, phrases in tone_words().items():
        yield tone, sum(f" {phrase} " in said for phrase in phrases)


@cache
def tone_words() -> dict[Tone, Sequence[str]]:
    """The lists, Dutch and English together: people mix them."""
    lists: dict[Tone, list[str]] = {}
    for row in read_rows(DATA / "tone_words.csv"):
        lists.setdefault(Tone(row["tone"]), []).append(row["phrase"])
    return {tone: tuple(phrases) for tone, phrases in lists.items()}


def effective_topic(question: Question) -> Topic | None:
    """The topic that the editor chose, or else the suggested one."""
    return question.topic or question.suggested_topic
