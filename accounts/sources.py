"""The source of a fact: parts separated by semicolons. What only the press reports must still be confirmed.

Pages quote only laws, decrees, policies and competent bodies. The desk sees the other parts too, marked for review.
"""

import re

PRESS = re.compile(
    r"\b(autoblog|autoreview|autovisie|de ?ondernemer|groentennieuws|meerbode|nt\.nl|nieuwsblad|omroep|oog ?tv|"
    r"sign\.nl|stad-en-groen|trans\.info|welingelichtekringen|dagblad|krant)\b",
    re.IGNORECASE,
)
"""How a source names a newspaper, trade magazine or news site."""


def split_source(source: str) -> list[str]:
    """The parts of a source."""
    return [part.strip() for part in source.split(";") if part.strip()]


def find_press(source: str) -> list[str]:
    """The parts that name the press: they must be confirmed by somebody who has the authority."""
    return [part for part in split_source(source) if PRESS.search(part)]


def find_citable_source(source: str) -> str:
    """The first part that a page may quote; empty if there is none."""
    return next((part for part in split_source(source) if not PRESS.search(part)), "")
