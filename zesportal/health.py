"""What the proxy and the operator ask: does it work, and which part does not."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from celery.app import app_or_default
from django.http import HttpResponse
from health_check.views import HealthCheckView


class Health(HealthCheckView):
    """Whether a visitor can be served: only the database is needed for that. 200, or 500 with the reason."""

    checks: Iterable[Any] = ("health_check.checks.Database",)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Plain words: whoever asks this reads a terminal. `?format=json` and `?format=openmetrics` give the others."""
        as_text: Callable[[int], HttpResponse] = super().render_to_response_text
        return as_text(response_kwargs["status"])


class Parts(Health):
    """For the monitor: each part on its own line. A lost Redis, mail server or worker delays work and loses nothing."""

    checks = (
        "health_check.checks.Database",
        "health_check.checks.Cache",
        "health_check.checks.Storage",
        ("health_check.checks.Mail", {"timeout": timedelta(seconds=5)}),
        ("health_check.contrib.celery.Ping", {"app": app_or_default(), "timeout": timedelta(seconds=2), "limit": 1}),
        "helpdesk.mailbox.reach.Mailbox",
    )
