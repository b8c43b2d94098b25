"""The database; and cache and queue: in Redis where there is one, else in files of this machine."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dj_database_url
import structlog
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django_redis.cache import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger("loket.cache")

A_MINUTE, AN_HOUR = 60, 3600
"""Counting renews the lifetime of a file-based counter: no shorter than the longest rate limit."""
PAGES_IN_FILES = 1000
REST_SECONDS = 5.0
"""So long a Redis that failed is not asked again: a page that asks it ten times would wait ten times."""


PREPARED_AFTER = 5
"""Of the few statements that are always the same text: `enforcement.prepared_statements`."""
LOCK_SHARE = 3
"""Who waits for somebody else's row gives up after this part of its patience: there is time to say so."""


def build_database(url: str, *, pool_size: int, patience_s: int) -> dict[str, Any]:
    """For `DATABASES`. Without a pool each thread keeps a connection for a minute; without patience it waits for ever.

    Who serves pages has both (`zesportal.wsgi`): a statement that takes longer than its visitor would wait ends with
    503, and so does one that waits for a lock; it does not hold a thread and a connection meanwhile.
    """
    age = 0 if pool_size else A_MINUTE
    database: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=age, conn_health_checks=True)}
    options: dict[str, Any] = {"prepare_threshold": PREPARED_AFTER, **database.get("OPTIONS", {})}
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": patience_s or None}
    if patience_s:
        lock_s = max(1, patience_s // LOCK_SHARE)
        limits = {"statement_timeout": patience_s, "lock_timeout": lock_s}
        limits["idle_in_transaction_session_timeout"] = 2 * patience_s
        ours = [f"-c {name}={seconds}s" for name, seconds in limits.items()]
        options["options"] = " ".join([*ours, options.get("options", "")]).strip()  # what the address says comes last
    return {**database, "OPTIONS": options}


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


def build_page_cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """The same for whole pages, which take a hundred times the room of a counter and must not push one out."""
    store = build_cache(redis_url, folder)
    if not redis_url:
        return {**store, "OPTIONS": {"MAX_ENTRIES": PAGES_IN_FILES}}
    packed = {**store["OPTIONS"], "COMPRESSOR": "django_redis.compressors.zlib.ZlibCompressor"}
    return {**store, "BACKEND": "zesportal.stores.PageCache", "KEY_PREFIX": "pages", "OPTIONS": packed}


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
        self.spare: BaseCache = LocMemCache(f"spare of {server}", {})
        self.rests_until = 0.0

    add, get, set, touch, delete = (tolerate_outage(name) for name in ("add", "get", "set", "touch", "delete"))
    incr, decr, has_key = (tolerate_outage(name) for name in ("incr", "decr", "has_key"))
    get_many, set_many, delete_many = (tolerate_outage(name) for name in ("get_many", "set_many", "delete_many"))

    def clear(self) -> None:
        """Forget everything, here and there."""
        self.spare.clear()
        tolerate_outage("clear")(self)


class PageCache(LastingCache):
    """Redis; while it is away nothing is kept, and every page is made."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.spare = DummyCache(server, {})


def build_broker(redis_url: str, folder: Path) -> tuple[str, dict[str, str]]:
    """For Celery: the address of its queue, and what the way there needs. Makes the folders that it needs."""
    if redis_url:
        return redis_url, {}
    queue, control = folder / "queue", folder / "queue-control"
    for place in (queue, control):
        place.mkdir(parents=True, exist_ok=True)
    options = {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
    return "filesystem://", options
