"""Which zones a question names, by their own name or that of their municipality, also with a slip of the pen."""

from collections.abc import Iterable, Mapping
from datetime import date

from rapidfuzz import fuzz

from helpdesk.assistant.text import plain, words
from zones.models import Zone

ALSO: Mapping[str, tuple[str, ...]] = {
    "den haag": ("haag", "haagse", "the hague", "gravenhage", "'s-gravenhage", "s gravenhage", "la haye"),
    "'s-gravenhage": ("den haag", "haagse", "the hague"),
    "'s-hertogenbosch": ("den bosch", "hertogenbosch", "bosch", "bossche"),
    "den bosch": ("'s-hertogenbosch", "hertogenbosch"),
    "amsterdam": ("mokum", "amsterdamse"),
    "rotterdam": ("rotterdamse", "010"),
    "utrecht": ("utrechtse",),
}
SHORTEST_SLIP = 5
CLOSE_ENOUGH = 84


def zones_named(question: str, *, on: date) -> list[Zone]:
    """The zones that a question speaks of; one query."""
    zones = list(Zone.objects.in_force(on=on).select_related("municipality"))
    said = words(question)
    text = f" {' '.join(said)} "
    exact = [zone for zone in zones if any(f" {' '.join(words(name))} " in text for name in names(zone))]
    return exact or [zone for zone in zones if any(is_slip_of(name, said) for name in names(zone))]


def names(zone: Zone) -> Iterable[str]:
    """What people call a zone."""
    own = {plain(zone.name), plain(zone.municipality.name)}
    return own.union(*(ALSO.get(name, ()) for name in own))


def is_slip_of(name: str, said: Iterable[str]) -> bool:
    """Whether one of the words can only be this name, written wrongly."""
    bare = plain(name)
    if " " in bare or len(bare) < SHORTEST_SLIP:
        return False
    return any(len(word) >= SHORTEST_SLIP and fuzz.ratio(word, bare) >= CLOSE_ENOUGH for word in said)
