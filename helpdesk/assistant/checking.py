"""Whether what a language model wrote says nothing that the approved texts do not say.

Strict on purpose: a good rephrasing that is refused costs a nicer sentence, an invented amount costs somebody a fine.
"""

import re
from collections.abc import Sequence
from functools import cache

from helpdesk.assistant.amounts import NUMBER, counts_one, kept_together
from helpdesk.assistant.approved import Approved
from helpdesk.assistant.languages import SMALL_WORDS, language_of
from helpdesk.assistant.text import plain, rows, words

SHORTEST, LONGEST = 20, 1200
"""Signs of an answer."""
OVERLAP = 0.6
"""Which part of the telling words of each sentence must stand in the texts."""
NEW_WORDS = 4
"""Telling words at most in a sentence that do not stand there."""
LINK = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\b[\w-]+\.(?:nl|com|org|eu|net|info|be|de|fr|pl|io|app)\b|\]\(|<[^>]+>"
)
CODE = re.compile(r"\b(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9-]{2,}\b|\b[A-Z]{2,}\b")
NAME = re.compile(r"(?<![.?!:]\s)(?<!^)(?<![\n*-]\s)\b[A-Z][a-zà-ž]{2,}(?:[ -][A-Z][a-zà-ž]+)*")
SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
NUMBER_WORDS = frozenset(row["word"] for row in rows("telling_words") if row["sort"] == "number")
_PARTS = "|".join(sorted(NUMBER_WORDS | {"een", "ein", "en", "und"}, key=len, reverse=True))
COMPOUND = re.compile(rf"(?:{_PARTS}){{2,}}")
"""As 'vijfhonderd', 'drieentwintig' and 'einundzwanzig'."""
NO = frozenset(row["word"] for row in rows("telling_words") if row["sort"] == "no")


def problem(said: str, sources: Sequence[Approved], *, language: str) -> str:
    """Why an answer may not be shown; empty where it may."""
    text = "\n".join(part for source in sources for part in (source.question, *source.blocks))
    if not SHORTEST <= len(said) <= LONGEST:
        return "length"
    if language_of(said, expected=sources[0].language) != sources[0].language:
        return "language"
    return exact(said, text) or meaning(said, text)


def exact(said: str, text: str) -> str:
    """Numbers, amounts, days, codes, names of places and links stand there to the letter."""
    for name, pattern in (("link", LINK), ("number", NUMBER), ("code", CODE), ("name", NAME)):
        known = {plain(found) for found in pattern.findall(text)} | (
            set(plain(text).split()) if name == "name" else set()
        )
        if new := [found for found in pattern.findall(said) if not is_known(plain(found), known, name)]:
            return f"{name}: {len(new)} not in the texts"
    spoken, there = set(words(said)), set(words(text))
    if spoken & (NUMBER_WORDS | months() | places()) - there or counts_one(said, text):
        return "a number, month or place in words"
    if any(COMPOUND.fullmatch(word) for word in spoken - there):
        return "a number in words"
    return ""


def is_known(found: str, known: set[str], name: str) -> bool:
    """A name of several words is known where each word is."""
    return found in known or (
        name == "name" and all(part.strip(".,;:!?'\"") in known for part in re.split(r"[ -]", found))
    )


def meaning(said: str, text: str) -> str:
    """Each sentence is made of the words of the texts; a 'not' stays where it was."""
    there = set(words(text))
    for sentence in sentences(said):
        told = telling(sentence)
        new = [word for word in told if word not in there]
        if told and (len(new) > NEW_WORDS or 1 - len(new) / len(told) < OVERLAP):
            return "a sentence of its own"
        if told and not agrees(sentence, text):
            return "yes where the text says no, or no where it says yes"
        if not kept_together(sentence, sentences(text), telling=there.intersection(told)):
            return "a number with other words than in the texts"
    return ""


def sentences(text: str) -> list[str]:
    """Without what is empty."""
    return [one.strip() for one in SENTENCE.split(text) if one.strip()]


def telling(sentence: str) -> list[str]:
    """The words that say something."""
    small = frozenset().union(*SMALL_WORDS.values())
    return [word for word in words(sentence) if word not in small and len(word) > 2]


def agrees(sentence: str, text: str) -> bool:
    """Whether the sentence of the texts that is most like this one denies as often."""
    own = set(telling(sentence))
    nearest = max(sentences(text), key=lambda one: len(own & set(telling(one))) / (len(own | set(telling(one))) or 1))
    return bool(NO & set(words(sentence))) == bool(NO & set(words(nearest)))


@cache
def months() -> frozenset[str]:
    """Names of months in the five languages."""
    from helpdesk.assistant.days import MONTH_NUMBER

    return frozenset(name for name in MONTH_NUMBER if len(name) > 4)


@cache
def places() -> frozenset[str]:
    """Names of places that people ask about."""
    return frozenset(word for row in rows("places") for word in words(row["name"]) if len(word) > 3)
