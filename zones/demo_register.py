"""The register of the demo: invented vehicles, answered in the real register's own format and addresses."""

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
        """The rows of a plate in a dataset: none if it is not invented, HTTP 503 where the demo wants it down."""
        if several := request.url.params.get("$where"):
            return httpx.Response(200, json=self._list_rows(request, PLATE.findall(several)))
        vehicle = load_vehicles().get(request.url.params.get("kenteken", ""), {})
        if vehicle.get("down"):
            return httpx.Response(503, text="Service Unavailable")
        dataset = PurePosixPath(request.url.path).stem
        return httpx.Response(200, json=vehicle.get("rows", {}).get(dataset, []))

    def _list_rows(self, request: httpx.Request, plates: list[str]) -> list[Any]:
        """Of several vehicles; one that is down is as unknown as any other."""
        dataset, vehicles = PurePosixPath(request.url.path).stem, load_vehicles()
        found = [vehicles.get(plate, {}) for plate in plates]
        return [row for one in found if not one.get("down") for row in one.get("rows", {}).get(dataset, [])]


def is_in_reach(plate: str) -> bool:
    """Whether it means anything that the register of this installation does not know a plate.

    That of the demo has a few vehicles, and the cases of the demo are about thousands of others.
    """
    return settings.REGISTER_URL != "demo:" or plate in load_vehicles()


@cache
def load_vehicles() -> dict[str, dict[str, Any]]:
    """The invented vehicles by plate: `shows` says what for, `rows` by dataset, `down` for no answer."""
    loaded: dict[str, dict[str, Any]] = json.loads(VEHICLES.read_text(encoding="utf-8"))
    return loaded
