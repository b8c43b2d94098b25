"""Tells the proxy and the operator whether the product works, and which part does not."""

from asyncio import to_thread
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from celery.app import app_or_default
from django.core.cache import caches
from django.db import connection
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django_redis.cache import RedisCache
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView
from redis.exceptions import RedisError

from casework.letter_pdfs import without_pdf
from casework.models import Export, Message, PendingStep

LONGEST_DUE = timedelta(minutes=10)
"""Whatever the every-minute jobs have left for longer waits for a worker, scheduler or server that is down."""


def inside_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 404 to requests through a proxy, thus from outside: for the operator only."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "X-Forwarded-For" in request.headers:
            raise Http404
        return view(request, *args, **kwargs)

    return asked


class Health(HealthCheckView):
    """Whether visitors can be served, which only needs the database: 200, or 500 with the reason."""

    checks: Iterable[Any] = ("health_check.checks.Database",)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Plain text, for a terminal. `?format=json` and `?format=openmetrics` give the other formats."""
        as_text: Callable[[int], HttpResponse] = super().render_to_response_text
        return as_text(response_kwargs["status"])


class Parts(Health):
    """For the monitor: each part on its own line. Without Redis, mail server or worker, work is delayed, not lost."""

    checks = (
        "health_check.checks.Database",
        "zesportal.health.Redis",
        "health_check.checks.Storage",
        ("health_check.checks.Mail", {"timeout": timedelta(seconds=5)}),
        ("health_check.contrib.celery.Ping", {"app": app_or_default(), "timeout": timedelta(seconds=2), "limit": 1}),
        "helpdesk.mailbox.connection_status.Mailbox",
        "zesportal.health.OldestDue",
    )


@dataclass
class Redis(HealthCheck):
    """Whether the queue and the cache respond; pages work without the cache."""

    async def run(self) -> None:
        """Raise ServiceUnavailable if it does not respond."""
        try:
            await to_thread(ping_redis)
        except (RedisError, OSError) as error:
            raise ServiceUnavailable(type(error).__name__) from error


def ping_redis() -> None:
    """Ping Redis, if the installation has one."""
    cache = caches["default"]
    if isinstance(cache, RedisCache):
        cache.client.get_client().ping()


@dataclass
class OldestDue(HealthCheck):
    """Whether worker and scheduler do what is due: unlike `Ping`, this notices a scheduler that has stopped."""

    async def run(self) -> None:
        """Raise ServiceUnavailable with the oldest overdue work."""
        due = await to_thread(find_oldest_due)
        if due and due[0] < timezone.now() - LONGEST_DUE:
            raise ServiceUnavailable(f"{due[1]} due since {due[0]:%Y-%m-%d %H:%M} UTC")


def find_oldest_due() -> tuple[datetime, str] | None:
    """The oldest of all, queried in a thread of its own, whose connection nothing else closes."""
    with connection.temporary_connection():
        return min(oldest_due(now=timezone.now()), default=None)


def oldest_due(*, now: datetime) -> Iterator[tuple[datetime, str]]:
    """The oldest of each type that the every-minute jobs should have done."""
    waiting = (
        ("email", Message.objects.to_send(now=now), "not_before"),
        ("step", PendingStep.objects.due(now=now), "due_at"),
        ("letter without PDF", without_pdf(now=now), "placed_at"),
        ("export", Export.objects.due(now=now), "asked_at"),
    )
    for name, rows, field in waiting:
        if at := rows.aggregate(at=Min(field))["at"]:
            yield at, name
