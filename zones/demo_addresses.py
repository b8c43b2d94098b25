"""The demo's address search: a few public buildings and towns, in the response format of the real search."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx

PLACES = Path(__file__).resolve().parent / "demo" / "addresses.json"
DOWN = "storing"
"""Type this to see what the page shows while the search is down."""


class DemoAddresses(httpx.BaseTransport):
    """Answers `/free?q=…` without a network."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Places whose name contains every word, shortest names first; HTTP 503 for a search for DOWN."""
        words = split_words(request.url.params.get("q", ""))
        if DOWN in words:
            return httpx.Response(503, text="Service Unavailable")
        found = [place for place in load_places() if words <= split_words(place["weergavenaam"])]
        found.sort(key=lambda place: len(split_words(place["weergavenaam"])))
        most = int(request.url.params.get("rows", 10))
        return httpx.Response(200, json={"response": {"numFound": len(found), "docs": found[:most]}})


def split_words(text: str) -> set[str]:
    """The distinct words of a name; a postcode counts as one word, with or without its space."""
    return set(re.findall(r"[\w'-]+", re.sub(r"\b(\d{4}) ?([a-z]{2})\b", r"\1\2", text.casefold())))


@cache
def load_places() -> list[dict[str, Any]]:
    """The places that the demo knows, as documents of the real search."""
    loaded: list[dict[str, Any]] = json.loads(PLACES.read_text(encoding="utf-8"))
    return loaded
