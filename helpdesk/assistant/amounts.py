"""Whether numbers stay with what they were about: '€ 310 for a van' is wrong where the text says it of a truck.

A sentence with numbers has its like in the text: the same numbers in the same order, and between two of them the same
words. That refuses many a good sentence; each that it lets through is true.
"""

import re
from collections.abc import Iterable, Sequence

from helpdesk.assistant.days import UNITS
from helpdesk.assistant.text import rows, words

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
ONE = frozenset(row["word"] for row in rows("telling_words") if row["sort"] == "one")
"""A number and an article in one: it counts where a measure follows."""
MEASURES = frozenset(UNITS) | {row["word"] for row in rows("telling_words") if row["sort"] == "measure"}
Parted = tuple[list[str], list[set[str]]]


def kept_together(sentence: str, sentences: Iterable[str], *, telling: Iterable[str]) -> bool:
    """Whether one of the sentences of the texts says these numbers of the same things. `telling`: words that count."""
    said = parted(sentence)
    if not said[0]:
        return True
    known = frozenset(telling)
    return any(is_like(said, parted(one), known) for one in sentences)


def parted(sentence: str) -> Parted:
    """The numbers of a sentence, and the words before, between and after them."""
    return NUMBER.findall(sentence), [set(words(part)) for part in NUMBER.split(sentence)]


def is_like(said: Parted, there: Parted, telling: frozenset[str]) -> bool:
    """The same numbers; and each telling word of the text in the same place, or on either side of a single number."""
    if said[0] != there[0]:
        return False
    own = [part & telling for part in said[1]]
    if len(said[0]) == 1:
        return set().union(*own) <= set().union(*there[1])
    return all(part <= other for part, other in zip(own, there[1], strict=True))


def counts_one(said: str, text: str) -> bool:
    """Whether it says 'one euro' or 'a day' where the text does not."""
    return bool(ones(words(said)) - ones(words(text)))


def ones(said: Sequence[str]) -> set[tuple[str, str]]:
    """Each 'one' with the measure that follows it."""
    return {(one, what) for one, what in zip(said, said[1:], strict=False) if one in ONE and what in MEASURES}
