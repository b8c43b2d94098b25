"""A gateway for text messages that listens, says yes or what a test wants it to, and keeps what it was sent."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self


class Gateway:
    """`status`: its answer; `refused`: numbers that it does not take; `on_text`: called before it answers."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.authorization = ""
        self.status, self.refused = 201, set[str]()
        self.on_text: Callable[[], None] = lambda: None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/messages"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def bodies(self) -> list[str]:
        """The words that it took."""
        return [text["body"] for text in self.texts]

    def _handler(gateway) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.authorization = self.headers["Authorization"]
                status = 422 if set(text["recipients"]) & gateway.refused else gateway.status
                if status == 201:
                    gateway.texts.append(text)
                gateway.on_text()
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_args: object) -> None:
                """Quietly."""

        return Handler
