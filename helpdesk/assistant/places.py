"""Which places a question names, by name, municipality or misspelling, and what holds there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from helpdesk.assistant.text import find_concepts, read_data_rows, runs_of, simplify_text, split_words
from helpdesk.fact_words import format_day, join_names
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
_SMALL = "is ook een en dan in de het er heeft wel mee hoe zit met and also what about does have a the und auch hat "
_SMALL += "eine ist dabei gibt es et aussi y une est fait partie en i czy jest tez "
SMALL_WORDS = frozenset(_SMALL.split())
MOST = 3
SHORTEST_SLIP = 5
CLOSE_ENOUGH = 84


def zones_named(question: str, *, on: date) -> list[Zone]:
    """The zones that a question names, allowing for misspellings if none is spelled correctly; one query."""
    zones = list(Zone.objects.in_force(on=on).select_related("municipality"))
    said = split_words(question)
    return _find_spelled(zones, said) or [
        zone for zone in zones if any(is_slip_of(name, said) for name in list_zone_names(zone))
    ]


def list_zones_in(zones: Iterable[Zone], question: str) -> list[Zone]:
    """Those of these zones that a question names, correctly spelled."""
    return _find_spelled(zones, split_words(question))


def _find_spelled(zones: Iterable[Zone], said: Sequence[str]) -> list[Zone]:
    return [zone for zone in zones if any(_mentions_name(said, name) for name in list_zone_names(zone))]


def without_zone(question: str, *, on: date) -> list[str]:
    """The places without a zone that a question names; one query."""
    return list_places_without(Zone.objects.in_force(on=on).select_related("municipality"), question)


def list_places_without(zones: Iterable[Zone], question: str) -> list[str]:
    """The places that a question names and that have none of these zones."""
    known = {name for zone in zones for name in list_zone_names(zone)}
    said = split_words(question)
    return [
        row["name"]
        for row in read_data_rows("places")
        if simplify_text(row["name"]) not in known and _mentions_name(said, row["name"])
    ]


def list_place_words() -> frozenset[str]:
    """Every word in the name of a place, so that none of them is corrected as a misspelling."""
    return frozenset(word for row in read_data_rows("places") for word in split_words(row["name"]))


def is_all_it_asks(question: str) -> bool:
    """Whether a question consists of just the name of a place: 'is Breda ook?', 'en Zwolle dan', 'zone Delft'."""
    rest = [run for run in runs_of(split_words(question)) if find_concepts(run)[:1] not in (["=plaats"], ["=zone"])]
    return all(word in SMALL_WORDS for run in rest for word in run)


def list_zone_names(zone: Zone) -> Iterable[str]:
    """The names that people use for a zone, simplified."""
    own = {simplify_text(zone.name), simplify_text(zone.municipality.name)}
    return own.union(*(ALSO.get(name, ()) for name in own))


def is_slip_of(name: str, said: Iterable[str]) -> bool:
    """Whether one of the words is a misspelling of this name."""
    bare = simplify_text(name)
    if " " in bare or len(bare) < SHORTEST_SLIP:
        return False
    return any(len(word) >= SHORTEST_SLIP and fuzz.ratio(word, bare) >= CLOSE_ENOUGH for word in said)


def in_words(zones: Sequence[Zone], others: Sequence[str], *, on: date) -> str:
    """Whether each of these places has a zone, and since when."""
    told = [_describe_start(zone, on) for zone in zones[:MOST]]
    if others:
        told.append(_("There is no zero-emission zone in %(place)s now.") % {"place": join_names(others[:MOST])})
    return " ".join(told)


def fines_in_words(zones: Sequence[Zone], *, on: date) -> str:
    """The day from which each of these zones fines."""
    return " ".join(_describe_fines(zone, on) for zone in zones[:MOST])


def get_zone_url(zone: Zone) -> str:
    """The page of a zone, with its map and dates."""
    return reverse("zone", args=[zone.slug])


def _describe_start(zone: Zone, on: date) -> str:
    values = {"place": zone.name, "day": format_day(zone.starts_on)}
    if zone.starts_on <= on:
        return _("%(place)s has a zero-emission zone, since %(day)s.") % values
    return _("%(place)s will have a zero-emission zone from %(day)s.") % values


def _describe_fines(zone: Zone, on: date) -> str:
    first = zone.municipality.fines_from
    values = {"place": zone.name, "day": format_day(first)}
    if first is None:
        return _("We do not know from which day there are fines in %(place)s. Expect a fine.") % values
    if not zone.municipality.is_sure_of_fines:
        said = _("In %(place)s you can probably be fined from %(day)s; the municipality has not confirmed this.")
        return said % values
    if on < first:
        return _("In %(place)s you can be fined from %(day)s. Until then you get a warning by letter.") % values
    return _("Fines have been given in %(place)s since %(day)s.") % values


def _mentions_name(said: Sequence[str], name: str) -> bool:
    return f" {' '.join(split_words(name))} " in f" {' '.join(said)} "
