"""A vehicle register on a port of its own, which says what a test lets it say: real calls, real answers."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

MAIN, FUEL = "m9d7-ebf2", "8ys7-d773"
LISTED = re.compile(r"'([A-Z0-9]+)'")
AN_OLD_VAN = {
    "voertuigsoort": "Bedrijfsauto",
    "toegestane_maximum_massa_voertuig": "3500",
    "datum_tenaamstelling": "20220311",
    "export_indicator": "Nee",
    "tenaamstellen_mogelijk": "Ja",
}


class RegisterServer(ThreadingHTTPServer):
    """What it says by plate; `broken`: the plates in whose company it answers nothing but HTTP 503."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.vehicles: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        self.broken: set[str] = set()
        self.is_down = False
        self.calls = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/resource"

    def say(self, plate: str, *, emission: str = "4", fuel: str = "Diesel", **main: str) -> None:
        """From now on it says this of a van, and else what one usually is."""
        kept = {"kenteken": plate, **AN_OLD_VAN, **main}
        burnt = {"kenteken": plate, "brandstof_omschrijving": fuel, "emissiecode_omschrijving": emission}
        self.vehicles[plate] = ({name: value for name, value in kept.items() if value}, burnt)

    def forget(self, plate: str) -> None:
        """It knows no such plate any more."""
        self.vehicles.pop(plate, None)


class Answer(BaseHTTPRequestHandler):
    """One call."""

    server: RegisterServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        plates = LISTED.findall(parse_qs(address.query)["$where"][0])
        self.server.calls += 1
        which = {MAIN: 0, FUEL: 1}[PurePosixPath(address.path).stem]
        is_away = self.server.is_down or self.server.broken & set(plates)
        rows: list[Any] = [self.server.vehicles[plate][which] for plate in plates if plate in self.server.vehicles]
        self.send_response(503 if is_away else 200)
        self.end_headers()
        self.wfile.write(json.dumps([] if is_away else rows).encode())

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def serve_register() -> Iterator[RegisterServer]:
    """It answers for as long as this lasts."""
    with RegisterServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
