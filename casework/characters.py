"""Characters that nobody sees."""

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control characters, those that turn the reading direction or have no width, and those that mean nothing."""


def drop_invisible(text: str) -> str:
    """The text without them: a name that looks like another one is another one."""
    return "".join(character for character in text if unicodedata.category(character) not in INVISIBLE)
