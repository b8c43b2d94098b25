"""The demo's Trade Register: invented businesses, in the response format of the real register."""

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

BUSINESSES = Path(__file__).resolve().parent / "demo" / "businesses.json"
DOWN = "00000503"
"""Type this number to see what the page shows while the register is down."""


class DemoTradeRegister(httpx.BaseTransport):
    """Answers `/basisprofielen/<number>` without a network."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The profile of an invented business; the register's own 404 for any other; HTTP 503 for DOWN."""
        number = PurePosixPath(request.url.path).name
        if number == DOWN:
            return httpx.Response(503, text="Service Unavailable")
        if profile := load_businesses().get(number):
            return httpx.Response(200, json=profile)
        fault = {"code": "IPD0005", "omschrijving": f"Product met kvkNummer {number} kan niet worden gevonden."}
        return httpx.Response(404, json={"fout": [fault]})


@cache
def load_businesses() -> dict[str, dict[str, Any]]:
    """The invented businesses by number."""
    loaded: list[dict[str, Any]] = json.loads(BUSINESSES.read_text(encoding="utf-8"))
    return {profile["kvkNummer"]: profile for profile in loaded}
