"""Text messages (sms) by the gateway of this installation; without one nobody is offered any.

The gateway answers in the format of MessageBird: originator, recipients and body. The one of the demo and the tests
puts each message in a file, as Django does with mails.
"""

import json
import time
from pathlib import Path
from uuid import uuid4

import httpx
from django.conf import settings

from connections.remote_service import RemoteService

ACCEPTED = (httpx.codes.OK, httpx.codes.CREATED, httpx.codes.ACCEPTED)


class DemoGateway(httpx.BaseTransport):
    """Keeps what it is sent, in the order in which it came."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Accept it."""
        folder = Path(settings.SMS_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{time.time_ns()}-{uuid4().hex[:8]}.json").write_bytes(request.read())
        return httpx.Response(httpx.codes.CREATED, json={"id": uuid4().hex})


GATEWAY = RemoteService(
    name="gateway for text messages",
    setting="SMS_GATEWAY_URL",
    stand_in=DemoGateway,
    timeout=httpx.Timeout(10.0, connect=2.0),
    headers=lambda: {"Authorization": settings.SMS_GATEWAY_TOKEN},
    attempts=1,  # each one that arrives is a message
)


def send_text(number: str, text: str) -> None:
    """Hand a message over to the gateway, once; the number is in E.164. Raises ServiceDownError."""
    message = {"originator": settings.SMS_SENDER, "recipients": [number.removeprefix("+")], "body": text}
    with GATEWAY.connect() as connection:
        connection.ask(lambda _answer: None, method="POST", json=message, statuses=ACCEPTED)


def list_demo_texts() -> list[tuple[str, str]]:
    """The numbers and words of what the demo's gateway keeps, the oldest first."""
    kept = (json.loads(path.read_bytes()) for path in sorted(Path(settings.SMS_FILE_PATH).glob("*.json")))
    return [(f"+{one['recipients'][0]}", one["body"]) for one in kept]
