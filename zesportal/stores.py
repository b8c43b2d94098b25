"""The database; and cache and queue: in Redis if there is one, otherwise in files on this machine."""

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
"""Incrementing renews the lifetime of a file-based counter: no shorter than the longest rate limit."""
PAGES_IN_FILES = 1000
REST_SECONDS = 5.0
"""How long a Redis that failed is left alone: a page that queries it ten times would wait ten times."""


PREPARED_AFTER = 5
"""For the few statements whose text never varies: `enforcement.prepared_statements`."""
LOCK_SHARE = 3
"""A lock is waited for during this fraction of the time for a statement, which leaves time to say so."""


def build_database(url: str, *, pool_size: int, patience_s: int) -> dict[str, Any]:
    """For `DATABASES`. Without a pool a thread keeps its connection for a minute; without patience, for ever."""
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
        options["options"] = " ".join([*ours, options.get("options", "")]).strip()  # options in the URL come last
    return {**database, "OPTIONS": options}


def build_cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """For `CACHES`. Losing Redis costs speed, never a page."""
    if not redis_url:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        return {"BACKEND": backend, "LOCATION": str(folder), "TIMEOUT": AN_HOUR}
    return {
        "BACKEND": "zesportal.stores.LastingCache",
        "LOCATION": redis_url,
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }


def build_page_cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """The same for whole pages, which are a hundred times as large as a counter and must not evict one."""
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
    """Redis; while it is down, this process's memory: a rate limit then applies per process."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.spare: BaseCache = LocMemCache(f"spare of {server}", {})
        self.rests_until = 0.0

    add, get, set, touch, delete = (tolerate_outage(name) for name in ("add", "get", "set", "touch", "delete"))
    incr, decr, has_key = (tolerate_outage(name) for name in ("incr", "decr", "has_key"))
    get_many, set_many, delete_many = (tolerate_outage(name) for name in ("get_many", "set_many", "delete_many"))

    def clear(self) -> None:
        """Clear both."""
        self.spare.clear()
        tolerate_outage("clear")(self)


class PageCache(LastingCache):
    """Redis; while it is down nothing is cached, and every page is rendered."""

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
