"""Cache and queue: in Redis where there is one, else in files of this machine."""

from pathlib import Path
from typing import Any

AN_HOUR = 3600
"""Counting gives a counter that is a file this life anew: no shorter than the longest limit on asking."""


def cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """For `CACHES`. A lost Redis costs speed and rate limits, never a page."""
    if not redis_url:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        return {"BACKEND": backend, "LOCATION": str(folder), "TIMEOUT": AN_HOUR}
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": redis_url,
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }


def broker(redis_url: str, folder: Path) -> tuple[str, dict[str, str]]:
    """For Celery: the address of its queue, and what the way there needs. Makes the folders that it needs."""
    if redis_url:
        return redis_url, {}
    queue, control = folder / "queue", folder / "queue-control"
    for place in (queue, control):
        place.mkdir(parents=True, exist_ok=True)
    options = {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
    return "filesystem://", options
