"""To which item of the checklist a file belongs, by its name and words: pure functions."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NAME_COUNTS = 10
"""The weight of a word in the name relative to one in the text: somebody chose the name for this very file."""


@dataclass(frozen=True)
class Place:
    """An item that a file can be added to. `words`: comma-separated words by which its files are recognised.

    `is_needed`: the application cannot be sent without it; `is_empty`: nothing was added to it yet.
    """

    code: str
    words: str
    is_needed: bool = True
    is_empty: bool = True


def choose_place(name: str, text: str, places: Sequence[Place]) -> str:
    """The code of the best place; empty if that is unclear."""
    if len(places) == 1:
        return places[0].code
    name, text = as_words(name), as_words(text)
    scores = {place.code: count_words(place, name, text) for place in places}
    best = max(scores.values(), default=0)
    likely = [code for code, reached in scores.items() if reached == best]
    if best:
        return likely[0] if len(likely) == 1 else ""
    return find_only_needed(places)


def find_only_needed(places: Sequence[Place]) -> str:
    """The only place that still needs a file, or else the only one that is needed at all."""
    needed = [place for place in places if place.is_needed]
    empty = [place for place in needed if place.is_empty]
    return next((among[0].code for among in (empty, needed) if len(among) == 1), "")


def count_words(place: Place, name: str, text: str) -> int:
    """The score of a place: each of its words counts once."""
    words = [as_words(word).strip() for word in place.words.split(",") if word.strip()]
    return sum(NAME_COUNTS * (f" {word}" in name) + (f" {word}" in text) for word in words)


def as_words(text: str) -> str:
    """Lower-case words, each preceded by a space: `Koop-contract_2.pdf` becomes ` koop contract 2 pdf`."""
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))
