"""The client of the national address search (PDOK Locatieserver): what somebody typed, as places on the map.

The answer is honest: places (none if the search knows nothing like it), or the search is down. What was typed stands
in no log line, and in the cache's keys only as a digest.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from zones.demo_addresses import DEMO_URL, DemoAddresses
from zones.geometry import EAST, NORTH, SOUTH, WEST, Point

KINDS = ("adres", "postcode", "weg", "woonplaats")
"""What the search calls an address, a postcode, a street and a town."""
FIELDS = "weergavenaam,type,centroide_ll,gemeentecode"
MOST = 5
"""Places in one answer."""
LONGEST = 100
KEPT = timedelta(days=1)
TIMEOUT = httpx.Timeout(3.0, connect=2.0)  # seconds; somebody waits for the page
CENTRE = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")

logger = logging.getLogger("loket.addresses")
# httpx writes the whole address of each call, with what was typed, at INFO.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)


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


class SearchDownError(Exception):
    """The search gave no usable answer."""


def find_places(typed: str) -> list[Place]:
    """The places that fit best, the best first. Raises SearchDownError."""
    if settings.ADDRESS_SEARCH_URL == "demo:":
        return AddressSearch(DEMO_URL, transport=DemoAddresses()).find_places(typed)
    return AddressSearch(settings.ADDRESS_SEARCH_URL).find_places(typed)


class AddressSearch:
    """The search at an address; `transport` is the network unless given."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        self._transport = transport

    def find_places(self, typed: str) -> list[Place]:
        """The places that fit best; an answer of the last day comes from the cache. Raises SearchDownError."""
        words = " ".join(typed.replace("\0", " ").split())[:LONGEST]
        if not words:
            return []
        key = f"addresses-{salted_hmac('zones.addresses', self._url + words.casefold()).hexdigest()}"
        kept: list[Place] | None = cache.get(key)
        if kept is None:
            kept = self._ask(words)
            cache.set(key, kept, KEPT.total_seconds())
        return kept

    def _ask(self, words: str) -> list[Place]:
        asked = {"q": words, "fq": f"type:({' OR '.join(KINDS)})", "fl": FIELDS, "rows": str(MOST)}
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT) as client:
                response = client.get(self._url, params=asked)
            response.raise_for_status()
            documents = response.json()["response"]["docs"]
            return [place for place in map(_read_place, documents) if place]
        except httpx.HTTPStatusError as error:
            reason = f"HTTP {error.response.status_code}"
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = type(error).__name__  # its message may hold what was typed
        logger.warning("The address search gave no usable answer: %s", reason)
        raise SearchDownError(reason)


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
