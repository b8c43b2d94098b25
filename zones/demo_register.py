"""The register of the demo: invented vehicles, answered in the real register's own format and addresses."""

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

DEMO_URL = "https://register.invalid/resource"
VEHICLES = Path(__file__).resolve().parent / "demo" / "vehicles.json"


class DemoRegister(httpx.BaseTransport):
    """Answers `/resource/<dataset>.json?kenteken=…` without a network."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The rows of a plate in a dataset: none where it is not invented, HTTP 503 where the demo wants it down."""
        vehicle = load_vehicles().get(request.url.params.get("kenteken", ""), {})
        if vehicle.get("down"):
            return httpx.Response(503, text="Service Unavailable")
        dataset = PurePosixPath(request.url.path).stem
        return httpx.Response(200, json=vehicle.get("rows", {}).get(dataset, []))


@cache
def load_vehicles() -> dict[str, dict[str, Any]]:
    """The invented vehicles by plate: `shows` says what for, `rows` by dataset, `down` for no answer."""
    loaded: dict[str, dict[str, Any]] = json.loads(VEHICLES.read_text(encoding="utf-8"))
    return loaded
