"""Invisible characters."""

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""The Unicode categories of control and format characters, surrogates, private use and unassigned code points."""


LINES = "\n\t"
"""The control characters allowed in a text of several lines."""


def drop_invisible(text: str, *, but: str = "") -> str:
    """The text without invisible characters, so that no two names look alike. `but`: the characters to keep."""
    rest = text
    for one in but:
        rest = rest.replace(one, "")
    if rest.isprintable():  # nearly every text is; going through it character by character takes fifty times as long
        return text
    kept = (one for one in text if one in but or unicodedata.category(one) not in INVISIBLE)
    return "".join(kept)
