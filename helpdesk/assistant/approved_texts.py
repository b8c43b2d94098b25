"""The approved texts of which answers consist: the newest version of each topic, in the language of the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from helpdesk import markup
from helpdesk.assistant.knowledge import shipped_texts
from helpdesk.assistant.text import find_concepts, split_words
from helpdesk.facts import Facts
from helpdesk.information.topics import list_published
from helpdesk.models import LANGUAGES

LINK = re.compile(r"\[([^\]\[]+)\]\([^()\s]+\)")
LEAD, PART, LONGEST = 35, 30, 60
"""Words of the beginning, of the part that fits best, and of both; the page of the topic has the rest."""
SENTENCE = re.compile(r"(?<=[.?!])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?![a-z])")
"""Between sentences; 'am 1. Januar' is one sentence."""
LIST = re.compile(r"(?:[-*]|\d+\.) ")


@dataclass(frozen=True)
class Approved:
    """A topic in a language, filled in: what an answer may say, and its source."""

    slug: str
    language: str
    question: str
    answer: str
    url: str

    @property
    def blocks(self) -> list[str]:
        """Its paragraphs and lists, as light markup without links."""
        bare = LINK.sub(r"\1", markup.without_tables(self.answer))
        return [block.strip() for block in re.split(r"\n\s*\n", bare) if block.strip()]


def find_approved(slug: str, *, language: str) -> Approved | None:
    """A topic in a language, else in English, else in Dutch; None if it does not exist."""
    wanted = language if language in dict(LANGUAGES) else "nl"
    for one in list_published(language=wanted):
        if one.slug == slug:
            return Approved(slug, one.language, one.question, one.answer, one.url)
    return _find_shipped(slug, language=wanted)


def _find_shipped(slug: str, *, language: str) -> Approved | None:
    """From the shipped files, for an installation without topics in its database."""
    texts = {text.language: text for text in shipped_texts() if text.slug == slug}
    for one in (language, "en", "nl"):
        if text := texts.get(one):
            answer = Facts.on(timezone.localdate(), language=one).fill(text.answer)
            return Approved(slug, one, text.question, answer, get_topic_url(slug))
    return None


def get_topic_url(slug: str) -> str:
    """The URL of the page of a topic."""
    try:
        return reverse("topic", args=[slug])
    except NoReverseMatch:
        return f"/vragen/{slug}/"


def shorten_answer(text: Approved, *, question: str) -> str:
    """The beginning of the answer, and the part of the rest that fits the question best, if any does."""
    first, *others = text.blocks or [""]
    lead = whole_sentences(first, LEAD)
    asked = find_topic_words(question) - find_topic_words(text.question) - find_topic_words(lead)
    best = max(parts_after(others), key=lambda part: len(asked & find_topic_words(part)), default="")
    if not asked & find_topic_words(best) or len(split_words(lead)) + len(split_words(best)) > LONGEST:
        return lead
    return f"{lead}\n\n{best}"


def whole_sentences(block: str, most: int) -> str:
    """The sentences of a block up to a number of words, at least the first; a list is kept whole."""
    first, *others = SENTENCE.split(block)
    taken = [first]
    for one in others:
        if len(split_words(" ".join([*taken, one]))) > most:
            break
        taken.append(one)
    while len(taken) > 1 and len(taken) <= len(others) and taken[-1].endswith("?"):
        taken.pop()  # a question whose answer would be cut off
    return " ".join(taken)


def parts_after(blocks: Sequence[str]) -> list[str]:
    """What can follow the beginning: paragraphs, cut after whole sentences, and lists with the line above them."""
    found = []
    for at, block in enumerate(blocks):
        if block.endswith(":") and at + 1 < len(blocks):
            found.append(f"{block}\n\n{blocks[at + 1]}")
        elif not LIST.match(block):
            found.append(whole_sentences(block, PART))
    return found


def find_topic_words(text: str) -> set[str]:
    """The stems of the words that show what a text is about, and the concepts that they stand for."""
    said = split_words(text)
    return {word[:6] for word in said if len(word) >= 5 or word.isdigit()} | set(find_concepts(said))
