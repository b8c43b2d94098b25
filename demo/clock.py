"""Lets real steps be taken at a moment of the past. Only for a command that runs alone: it holds for all threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """What asks `timezone.now()` meanwhile hears this moment."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
