"""The approved texts that an answer is made of: the newest version of each topic, in the language of the question."""

import re
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from helpdesk import markup
from helpdesk.assistant.knowledge import shipped_texts
from helpdesk.assistant.text import words
from helpdesk.facts import Facts
from helpdesk.information.topics import published

LINK = re.compile(r"\[([^\]\[]+)\]\([^()\s]+\)")
LANGUAGES = ("nl", "en", "de", "fr", "pl")
LONGEST = 700
"""Signs of an answer at most; the page of the topic has the rest."""


@dataclass(frozen=True)
class Approved:
    """A topic in a language, filled in: what an answer may say, and where it stands."""

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


def approved(slug: str, *, language: str) -> Approved | None:
    """A topic in a language, else in English, else in Dutch; None where there is no such topic."""
    wanted = language if language in LANGUAGES else "nl"
    for one in published(language=wanted):
        if one.slug == slug:
            return Approved(slug, one.language, one.question, one.answer, one.url)
    return _shipped(slug, language=wanted)


def _shipped(slug: str, *, language: str) -> Approved | None:
    """From the files that come with the product, for an installation without topics in its database."""
    texts = {text.language: text for text in shipped_texts() if text.slug == slug}
    for one in (language, "en", "nl"):
        if text := texts.get(one):
            answer = Facts.on(timezone.localdate(), language=one).fill(text.answer)
            return Approved(slug, one, text.question, answer, address(slug))
    return None


def address(slug: str) -> str:
    """Where the page of a topic is."""
    try:
        return reverse("topic", args=[slug])
    except NoReverseMatch:
        return f"/vragen/{slug}/"


def short(text: Approved, *, question: str) -> str:
    """The first paragraph, and what else of the answer fits the question, in the order of the page."""
    lead, *others = text.blocks
    asked = set(words(question))
    likely = sorted(range(len(others)), key=lambda at: (-len(asked & set(words(others[at]))), at))
    chosen: set[int] = set()
    for at in likely:
        if len(lead) + sum(len(others[one]) for one in [*chosen, at]) <= LONGEST:
            chosen.add(at)
            if others[at].endswith(":") and at + 1 < len(others):
                chosen.add(at + 1)  # what is announced comes along
    return "\n\n".join([lead, *(others[at] for at in sorted(chosen))])
