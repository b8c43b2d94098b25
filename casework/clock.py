"""The moment at which something happens: now, or the moment set with `at`.

Steps, letters, terms and rows use this module and nothing else for the time. So the product's own steps can be taken
at any moment, which is how the demo's history is made; `tests/project/test_moment.py` enforces it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_given: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The current moment, or the one set with `at`."""
    return _given.get() or timezone.now()


def today() -> date:
    """The day of `now` in Amsterdam."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the moment for this thread or task while the context lasts."""
    token = _given.set(moment)
    try:
        yield
    finally:
        _given.reset(token)
