"""Detects which of the five languages somebody writes, with a model trained on our phrases."""

from helpdesk.assistant.knowledge import get_knowledge
from helpdesk.assistant.plates import without_plates

SURE = 0.6
"""How likely another language than the expected one must be."""
READ = 1000
"""Characters that are read: later ones do not change the language."""


def language_of(text: str, *, expected: str = "nl") -> str:
    """The language of a text; the expected one unless another is clearly more likely."""
    bare = without_plates(text[:READ], "")
    if not any(letter.isalpha() for letter in bare):
        return expected
    if (matcher := get_knowledge().matcher) is None:
        return expected
    likely = matcher.languages(bare)
    best = max(likely, key=lambda language: likely[language])
    return best if likely[best] >= SURE else expected
