"""The demo's vehicle register: invented vehicles, in the response format and at the addresses of the real register."""

import json
import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import httpx
from django.conf import settings

PLATE = re.compile(r"'([A-Z0-9]+)'")
VEHICLES = Path(__file__).resolve().parent / "demo" / "vehicles.json"


class DemoRegister(httpx.BaseTransport):
    """Answers `/resource/<dataset>.json?kenteken=…` without a network, or `?$where=kenteken in(…)` for several."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The rows of a plate in a dataset: none for an unknown plate, HTTP 503 for a vehicle marked as down."""
        if several := request.url.params.get("$where"):
            return httpx.Response(200, json=self._list_rows(request, PLATE.findall(several)))
        vehicle = load_vehicles().get(request.url.params.get("kenteken", ""), {})
        if vehicle.get("down"):
            return httpx.Response(503, text="Service Unavailable")
        dataset = PurePosixPath(request.url.path).stem
        return httpx.Response(200, json=vehicle.get("rows", {}).get(dataset, []))

    def _list_rows(self, request: httpx.Request, plates: list[str]) -> list[Any]:
        """The rows of several vehicles; one that is down counts as unknown."""
        dataset, vehicles = PurePosixPath(request.url.path).stem, load_vehicles()
        found = [vehicles.get(plate, {}) for plate in plates]
        return [row for one in found if not one.get("down") for row in one.get("rows", {}).get(dataset, [])]


def is_in_reach(plate: str) -> bool:
    """Whether it means anything that this installation's register does not know a plate.

    The demo's register has a few vehicles, while the demo's cases are about thousands of others.
    """
    return settings.REGISTER_URL != "demo:" or plate in load_vehicles()


@cache
def load_vehicles() -> dict[str, dict[str, Any]]:
    """The invented vehicles by plate: `shows` says what each is for, `rows` by dataset, `down` for no answer."""
    loaded: dict[str, dict[str, Any]] = json.loads(VEHICLES.read_text(encoding="utf-8"))
    return loaded
