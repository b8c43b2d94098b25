"""A Redis of one's own, to be stopped: the tests' other one goes on."""

import signal
import subprocess
import tempfile
from typing import Any

from tests.services import free_port, wait_for_redis


class RedisServer:
    """Use as a context manager; `stop` and `start` as often as wanted, on the same port."""

    def __init__(self) -> None:
        self.port, self.process = free_port(), None

    process: "subprocess.Popen[bytes] | None"

    @property
    def url(self) -> str:
        """Its address, without the number of a database."""
        return f"redis://127.0.0.1:{self.port}"

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.stop()

    def start(self) -> None:
        """Returns as soon as it answers; what it knew before is gone."""
        options = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tempfile.gettempdir())
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), *options], stdout=subprocess.DEVNULL)
        wait_for_redis(self.url)

    def stop(self) -> None:
        """As a machine that goes: without a word."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
