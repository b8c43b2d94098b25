"""In which of the five languages somebody writes: by what was learnt from the ways in which people ask."""

from helpdesk.assistant.knowledge import get_knowledge
from helpdesk.assistant.plates import without_plates

SURE = 0.6
"""How likely another language than the expected one must be."""
READ = 1000
"""Characters that are read: who writes more does not change to another language."""


def language_of(text: str, *, expected: str = "nl") -> str:
    """The language of a text; the expected one where another is not clearly more likely."""
    bare = without_plates(text[:READ], "")
    if not any(letter.isalpha() for letter in bare):
        return expected
    if (matcher := get_knowledge().matcher) is None:
        return expected
    likely = matcher.languages(bare)
    best = max(likely, key=lambda language: likely[language])
    return best if likely[best] >= SURE else expected
