"""Logs: one line per action, with the user and the request. Never a plate, a name or a secret."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

VALUES = "DETAIL:"  # PostgreSQL shows there the values of the row that it refuses, a plate among them

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"route": {"()": "zesportal.logs.RouteFilter"}, "host": {"()": "zesportal.logs.HostFilter"}},
    "formatters": {"line": {"()": "zesportal.logs.LogLine", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in ("celery", "django_structlog", "loket")},
        **{name: {"filters": ["route"]} for name in ("django.request", "django.security.csrf")},
        "django.security.DisallowedHost": {"filters": ["host"]},
    },
}


class RouteFilter(logging.Filter):
    """Replaces the URL in Django's warnings with its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets through."""
        from zesportal.request_log import route_of

        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            record.args = tuple(route_of(request) if word == request.path else word for word in record.args)
        return True


class HostFilter(logging.Filter):
    """Turns the warning about a host that is not ours, which anybody can cause, into one line without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets through."""
        record.msg, record.args, record.exc_info = "a host that is not ours was asked for", (), None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True


class LogLine(logging.Formatter):
    """A formatter whose tracebacks show where it went wrong, but no values."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(line for line in super().format(record).splitlines() if not line.startswith(VALUES))


def configure_logging() -> None:
    """Have structlog log through Django's logging, so that the formatter above applies to both."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.contextvars.merge_contextvars, as_line],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def as_line(logger: Any, method: str, event: MutableMapping[str, Any]) -> tuple[tuple[str], dict[str, Any]]:
    """The event and then each fact about it; an exception is passed on, without the values around it."""
    problem = event.pop("exc_info", None)
    words = [str(event.pop("event", "")), *(f"{name}={value}" for name, value in event.items())]
    return (" ".join(words),), {"exc_info": problem}
