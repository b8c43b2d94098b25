"""Text messages (sms) through the gateway of this installation; without one, they are not offered.

The gateway's API is that of MessageBird: originator, recipients and body. The stand-in of the demo and the tests writes
each message to a file, as Django's file backend does with mails.
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
    """Stores each message in a file, named by the time of arrival."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
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
    attempts=1,  # a retry could deliver a message twice
)


def send_text(number: str, text: str) -> None:
    """Hand a message to the gateway, without retries; the number is in E.164. Raises ServiceDownError."""
    message = {"originator": settings.SMS_SENDER, "recipients": [number.removeprefix("+")], "body": text}
    with GATEWAY.connect() as connection:
        connection.ask(lambda _answer: None, method="POST", json=message, statuses=ACCEPTED)


def list_demo_texts() -> list[tuple[str, str]]:
    """Numbers and texts of the messages in the demo gateway, oldest first."""
    kept = (json.loads(path.read_bytes()) for path in sorted(Path(settings.SMS_FILE_PATH).glob("*.json")))
    return [(f"+{one['recipients'][0]}", one["body"]) for one in kept]
