"""Limits the turn of a job that runs every minute, so that it stops in time for other jobs of its worker."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

TURN_SECONDS = 45
"""After this long nothing new is started; the next run continues."""

Thing = TypeVar("Thing")


def within_turn(things: Iterable[Thing], *, seconds: float = TURN_SECONDS) -> Iterator[Thing]:
    """The items one by one, until none is left or the turn is over; the first is always yielded."""
    end = time.monotonic() + seconds
    for thing in things:
        yield thing
        if time.monotonic() >= end:
            return
