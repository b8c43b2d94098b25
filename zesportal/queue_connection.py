"""The connection to the queue: its errors must not end a worker or the scheduler."""

import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem as kombu_files
from kombu.transport import redis as kombu_redis
from kombu.utils.json import dumps
from redis.exceptions import ConnectionError as RedisConnectionError


class Channel(kombu_redis.Channel):
    """Celery's channel, except that a closed one reports that it has no connection."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection.client is None:
            raise RedisConnectionError("the connection to Redis was closed")
        parameters: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]
        return parameters


class Transport(kombu_redis.Transport):
    """Makes such channels; named in the settings."""

    Channel = Channel


TRIES, PAUSE_S = 20, 0.05
"""How often, and at which interval, a list of queues is read that another process is writing."""


class FileChannel(kombu_files.Channel):
    """Celery's file-based queue, except that files are never read half written."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        folder, name = Path(self.data_folder_out), f"{time.monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        begun = folder / f".{name}"  # not a name that a queue looks for
        begun.write_text(dumps(payload))
        begun.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError as error:  # left by a killed process; the next minute brings the same job
            raise Empty from error

    def get_table(self, exchange: str) -> list[Any]:
        """The queues of an exchange; none if nobody has written them."""
        try:
            return list(super().get_table(exchange))
        except ValueError:
            return []

    def _queue_bind(self, exchange: str, *binding: Any) -> None:
        for _time in range(TRIES):
            try:
                return super()._queue_bind(exchange, *binding)
            except ValueError:
                time.sleep(PAUSE_S)
        Path(self.control_folder, f"{exchange}.exchange").unlink(missing_ok=True)  # its writer was killed
        return super()._queue_bind(exchange, *binding)


class FileTransport(kombu_files.Transport):
    """Makes such channels; named in the settings."""

    Channel = FileChannel
