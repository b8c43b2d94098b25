"""The connection to the queue in Redis, whose loss must not end the worker."""

from typing import Any

from kombu.transport import redis as kombu_redis
from redis.exceptions import ConnectionError as RedisConnectionError


class Channel(kombu_redis.Channel):
    """Celery's own, but one that was closed says that it has no connection.

    Celery closes the connection that it lost before it returns what its worker is processing. There kombu 5.7 fails
    with an AttributeError, which nobody expects: a worker that is at work while Redis stops would end, and hang until
    its jobs are done. What was being processed is lost with Redis or redelivered by it; the rows know what there is to
    do.
    """

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection.client is None:
            raise RedisConnectionError("the connection to Redis was closed")
        parameters: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]
        return parameters


class Transport(kombu_redis.Transport):
    """Makes such channels; named in the settings."""

    Channel = Channel
