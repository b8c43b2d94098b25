"""Characters that nobody sees."""

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control characters, those that turn the reading direction or have no width, and those that mean nothing."""


LINES = "\n\t"
"""The control characters of a text of several lines."""


def drop_invisible(text: str, *, but: str = "") -> str:
    """The text without them: a name that looks like another one is another one. `but`: those that stay."""
    rest = text
    for one in but:
        rest = rest.replace(one, "")
    if rest.isprintable():  # as nearly every text is: looked at letter by letter it would take fifty times as long
        return text
    kept = (one for one in text if one in but or unicodedata.category(one) not in INVISIBLE)
    return "".join(kept)
