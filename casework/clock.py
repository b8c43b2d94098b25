"""The moment at which something happens: now, or the moment that was given with `at`.

Steps, letters, terms and rows ask here and nowhere else. So a case can be lived at any moment, as the history of the
demo is, by the steps of the product itself; `tests/project/test_moment.py` holds the rooms to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_given: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The moment."""
    return _given.get() or timezone.now()


def today() -> date:
    """Its day, in Amsterdam."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What asks meanwhile, in this thread and task, hears this moment."""
    token = _given.set(moment)
    try:
        yield
    finally:
        _given.reset(token)
