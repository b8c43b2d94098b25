"""The register of the demo: invented vehicles, answered in the real register's own format and addresses."""

import json
import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

DEMO_URL = "https://register.invalid/resource"
VEHICLES = Path(__file__).resolve().parent / "demo" / "vehicles.json"


class DemoRegister(httpx.BaseTransport):
    """Answers `/resource/<dataset>.json?kenteken=…`, and `?$where=kenteken in('…','…')`, without a network."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The rows of one or many plates in a dataset: none where it is not invented, HTTP 503 if one is down."""
        asked = request.url.params
        plates = [asked["kenteken"]] if "kenteken" in asked else re.findall(r"'(\w+)'", asked.get("$where", ""))
        vehicles = [load_vehicles().get(plate, {}) for plate in plates]
        if any(vehicle.get("down") for vehicle in vehicles):
            return httpx.Response(503, text="Service Unavailable")
        dataset = PurePosixPath(request.url.path).stem
        return httpx.Response(200, json=[row for one in vehicles for row in one.get("rows", {}).get(dataset, [])])


@cache
def load_vehicles() -> dict[str, dict[str, Any]]:
    """The invented vehicles by plate: `shows` says what for, `rows` by dataset, `down` for no answer."""
    loaded: dict[str, dict[str, Any]] = json.loads(VEHICLES.read_text(encoding="utf-8"))
    return loaded
