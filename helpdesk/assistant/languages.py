"""In which of the five languages a question is asked, from its small words."""

from collections.abc import Mapping

from helpdesk.assistant.text import rows, words

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    row["language"]: frozenset(row["words"].split()) for row in rows("function_words")
}
SURE = 1
"""A language wins where it has at least so many small words more than the one that was expected."""


def language_of(question: str, *, expected: str = "nl") -> str:
    """The language of a question; the expected one where another is not clearly more likely."""
    said = words(question)
    found = {language: sum(word in small for word in said) for language, small in SMALL_WORDS.items()}
    best = max(found, key=lambda language: (found[language], language == expected))
    return best if found[best] >= found.get(expected, 0) + SURE else expected
