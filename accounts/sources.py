"""The source of a fact: parts separated by semicolons; what a newspaper or news site says is to be confirmed.

A page quotes law, decree, policy and whoever decides; the desk sees the rest too, with the mark that it asks a look.
"""

import re

PRESS = re.compile(
    r"\b(autoblog|autoreview|autovisie|de ?ondernemer|groentennieuws|meerbode|nt\.nl|nieuwsblad|omroep|oog ?tv|"
    r"sign\.nl|stad-en-groen|trans\.info|welingelichtekringen|dagblad|krant)\b",
    re.IGNORECASE,
)
"""How a source names a newspaper, a magazine of a trade or a news site."""


def parts_of(source: str) -> list[str]:
    """The places that a source names."""
    return [part.strip() for part in source.split(";") if part.strip()]


def press_in(source: str) -> list[str]:
    """The parts that somebody has to confirm: nobody who decides says so there."""
    return [part for part in parts_of(source) if PRESS.search(part)]


def find_citable_source(source: str) -> str:
    """The first part that a page may quote; empty if there is none."""
    return next((part for part in parts_of(source) if not PRESS.search(part)), "")
