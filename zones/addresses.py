"""Client of the national address search (PDOK Locatieserver): turns what somebody typed into places on the map.

An answer is a list of places (empty if the search finds nothing like it), or that the search is down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from connections.remote_service import RemoteService
from zones.demo_addresses import DemoAddresses
from zones.geometry import EAST, NORTH, SOUTH, WEST, Point

KINDS = ("adres", "postcode", "weg", "woonplaats")
"""The search's own names for an address, a postcode, a street and a town."""
FIELDS = "weergavenaam,type,centroide_ll,gemeentecode"
MOST = 5
"""The number of places in one answer."""
LONGEST = 100
JOINED_POSTCODE = re.compile(r"\b(\d{4})([A-Z]{2})\b")
CENTRE = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")

ADDRESS_SEARCH = RemoteService(
    name="address search",
    setting="ADDRESS_SEARCH_URL",
    stand_in=DemoAddresses,
    timeout=httpx.Timeout(3.0, connect=2.0),  # seconds; somebody is waiting for the page
    attempts=1,
)


@dataclass(frozen=True)
class Place:
    """A place that the search knows, by its official name."""

    name: str
    kind: str
    point: Point
    municipality: str
    """The CBS code of its municipality, such as GM0344; empty if the search does not give one."""

    @property
    def is_exact(self) -> bool:
        """Whether the place is a single address; for anything larger, the point is only its middle."""
        return self.kind == "adres"


def find_places(typed: str, *, service: RemoteService = ADDRESS_SEARCH) -> list[Place]:
    """The best matches, best first; answers are cached for a day. Raises ServiceDownError."""
    words = " ".join(typed.replace("\0", " ").split())[:LONGEST]
    if not words:
        return []
    found: list[Place] | None = service.find_kept(words.casefold())
    if found is None:
        asked = {"q": words, "fq": f"type:({' OR '.join(KINDS)})", "fl": FIELDS, "rows": str(MOST)}
        with service.connect() as connection:
            found = connection.ask(_read_places, params=asked)
        service.keep(words.casefold(), found)
    return found


def _read_places(answer: Mapping[str, Any]) -> list[Place]:
    return [place for place in map(_read_place, answer["response"]["docs"]) if place]


def _read_place(document: Mapping[str, Any]) -> Place | None:
    """One result; None if it lies outside the Netherlands, or is of another kind."""
    centre = CENTRE.fullmatch(str(document.get("centroide_ll", "")))
    kind, name = document.get("type"), document.get("weergavenaam")
    if centre is None or kind not in KINDS or not isinstance(name, str):
        return None
    longitude, latitude = float(centre[1]), float(centre[2])
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        return None
    code = document.get("gemeentecode")
    name = JOINED_POSTCODE.sub(r"\1 \2", name)  # the search writes 3512JE; everybody else 3512 JE
    return Place(name, kind, (longitude, latitude), f"GM{code}" if code else "")
