"""A program of a municipality asks the Loket: one plate, a file of plates, the changes, and the signed list.

Python alone, nothing to install. Against the demo, started with `make run`:

    python docs/examples/enforcement_client.py --demo

Elsewhere with what the administrator of the Loket gave you:

    LOKET=https://… CLIENT_ID=… CLIENT_SECRET=… python enforcement_client.py GM0344
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60  # seconds


class Loket:
    """The doors for programs, with a token that is asked anew when it has ended."""

    def __init__(self, address: str, client_id: str, secret: str) -> None:
        self.address, self.credentials, self.token = address.rstrip("/"), (client_id, secret), ""

    def ask_token(self) -> None:
        """With client ID and secret, at the address that the Loket itself tells."""
        described = json.load(self.open(f"{self.address}/.well-known/oauth-authorization-server"))
        pair = base64.b64encode(":".join(self.credentials).encode()).decode()
        body = urlencode({"grant_type": "client_credentials"}).encode()
        answer = self.open(described["token_endpoint"], body, {"Authorization": f"Basic {pair}"})
        self.token = json.load(answer)["access_token"]

    def send(self, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        """A request with the token; what comes back is read by who asked."""
        for first in (True, False):
            if not self.token:
                self.ask_token()
            headers = {"Authorization": f"Bearer {self.token}", **({"Content-Type": kind} if body else {})}
            try:
                return self.open(f"{self.address}/api/v1/{path}", body, headers)
            except urllib.error.HTTPError as error:
                if error.code != 401 or not first:
                    raise
                self.token = ""
        return None

    @staticmethod
    def open(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
        """One request."""
        request = urllib.request.Request(url, body, headers or {})  # noqa: S310  the operator's own address
        return urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310

    def check(self, **question: str) -> dict[str, Any]:
        """One plate."""
        answer: dict[str, Any] = json.load(self.send("ontheffingscontroles", json.dumps(question).encode()))
        return answer

    def check_many(self, questions: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
        """Up to 200,000, a line each; the answers come in the same order."""
        body = "".join(json.dumps(question) + "\n" for question in questions).encode()
        for line in self.send("ontheffingscontroles/bulk", body, "application/x-ndjson"):
            yield json.loads(line)

    def follow(self, cursor: str = "") -> tuple[list[dict[str, Any]], str]:
        """Every change after a cursor. Keep the cursor in the same transaction as the changes."""
        changes: list[dict[str, Any]] = []
        while True:
            page = json.load(self.send(f"ontheffingswijzigingen?{urlencode({'after': cursor})}"))
            changes, cursor = changes + page["results"], page["next"]
            if not page["results"]:
                return changes, cursor

    def fetch_list(self, zone: str) -> dict[str, Any]:
        """The signed list, not verified here: do so with the key in /.well-known/jwks.json and a library for JWS."""
        body = self.send(f"ontheffingslijsten/{zone}").read().split(b".")[1]
        listed: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + b"=="))
        return listed


def issue_demo_secret() -> tuple[str, str]:
    """From the demo on this machine; elsewhere an administrator issues one at the desk."""
    python = ROOT / ".venv" / "bin" / "python"
    command = [str(python), "manage.py", "issue_demo_program", "GM0344"]
    issued = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    client_id, secret = issued.stdout.split()
    return client_id, secret


def main() -> None:
    """Show all four."""
    arguments = argparse.ArgumentParser(description="Asks the Loket as a program of a municipality.")
    arguments.add_argument("zone", nargs="?", default="GM0344")
    arguments.add_argument("--demo", action="store_true", help="issue a secret in the demo on this machine first")
    given = arguments.parse_args()
    if given.demo:
        client_id, secret = issue_demo_secret()
    else:
        client_id, secret = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]
    loket = Loket(os.environ.get("LOKET", "http://127.0.0.1:8000"), client_id, secret)
    question = {"country": "NL", "zone": given.zone, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    show("one", loket.check(plate="VAN-01-E", **question))
    plates = ("VAN01E", "VAN03E", "CAR01E")
    answers = loket.check_many([{"plate": plate, **question} for plate in plates])
    for plate, answer in zip(plates, answers, strict=True):
        show(plate, answer)
    changes, cursor = loket.follow()
    show("changes", {"count": len(changes), "last": changes[-1:], "cursor": cursor})
    listed = loket.fetch_list(given.zone)
    show("list", {"zone": listed["zone"], "exemptions": len(listed["exemptions"])})


def show(name: str, what: object) -> None:
    """A line."""
    sys.stdout.write(f"{name}: {json.dumps(what)}\n")


if __name__ == "__main__":
    main()
