"""Cache and queue: in Redis where there is one, else in files of this machine."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django_redis.cache import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger("loket.cache")

AN_HOUR = 3600
"""Counting renews the lifetime of a file-based counter: no shorter than the longest rate limit."""
REST_SECONDS = 5.0
"""So long a Redis that failed is not asked again: a page that asks it ten times would wait ten times."""


def build_cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """For `CACHES`. A lost Redis costs speed, never a page."""
    if not redis_url:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        return {"BACKEND": backend, "LOCATION": str(folder), "TIMEOUT": AN_HOUR}
    return {
        "BACKEND": "zesportal.stores.LastingCache",
        "LOCATION": redis_url,
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }


def tolerate_outage(name: str) -> Callable[..., Any]:
    """A method of the cache that falls back to memory if Redis is down."""

    def ask(self: "LastingCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.rests_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                log.warning("redis_away", error=type(error).__name__)
                self.rests_until = time.monotonic() + REST_SECONDS
        return getattr(self.spare, name)(*args, **kwargs)

    return ask


class LastingCache(RedisCache[Any]):
    """Redis; while it is away, the memory of this process: a limit then holds for each process by itself.

    Nothing at all in its place would lock everybody out: the login takes a lock in the cache before it counts.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.spare = LocMemCache(f"spare of {server}", {})
        self.rests_until = 0.0

    add, get, set, touch, delete = (tolerate_outage(name) for name in ("add", "get", "set", "touch", "delete"))
    incr, decr, has_key = (tolerate_outage(name) for name in ("incr", "decr", "has_key"))
    get_many, set_many, delete_many = (tolerate_outage(name) for name in ("get_many", "set_many", "delete_many"))

    def clear(self) -> None:
        """Forget everything, here and there."""
        self.spare.clear()
        tolerate_outage("clear")(self)


def build_broker(redis_url: str, folder: Path) -> tuple[str, dict[str, str]]:
    """For Celery: the address of its queue, and what the way there needs. Makes the folders that it needs."""
    if redis_url:
        return redis_url, {}
    queue, control = folder / "queue", folder / "queue-control"
    for place in (queue, control):
        place.mkdir(parents=True, exist_ok=True)
    options = {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
    return "filesystem://", options
