"""The client of the national address search (PDOK Locatieserver): what somebody typed, as places on the map.

The answer is honest: places (none if the search knows nothing like it), or the search is down.
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
"""What the search calls an address, a postcode, a street and a town."""
FIELDS = "weergavenaam,type,centroide_ll,gemeentecode"
MOST = 5
"""Places in one answer."""
LONGEST = 100
CENTRE = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")

ADDRESS_SEARCH = RemoteService(
    name="address search",
    setting="ADDRESS_SEARCH_URL",
    stand_in=DemoAddresses,
    timeout=httpx.Timeout(3.0, connect=2.0),  # seconds; somebody waits for the page
    attempts=1,
)


@dataclass(frozen=True)
class Place:
    """A place that the search knows, by its official name."""

    name: str
    kind: str
    point: Point
    municipality: str
    """Its CBS code, as in GM0344; empty if the search does not tell."""

    @property
    def is_exact(self) -> bool:
        """One address: of anything larger the point is only its middle."""
        return self.kind == "adres"


def find_places(typed: str, *, service: RemoteService = ADDRESS_SEARCH) -> list[Place]:
    """The places that fit best, the best first; an answer of the last day is kept. Raises ServiceDownError."""
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
    """One result; None where it is nowhere in the Netherlands, or of another kind."""
    centre = CENTRE.fullmatch(str(document.get("centroide_ll", "")))
    kind, name = document.get("type"), document.get("weergavenaam")
    if centre is None or kind not in KINDS or not isinstance(name, str):
        return None
    longitude, latitude = float(centre[1]), float(centre[2])
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        return None
    code = document.get("gemeentecode")
    return Place(name, kind, (longitude, latitude), f"GM{code}" if code else "")
