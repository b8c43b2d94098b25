"""The turn of a job that runs every minute: it stops in time for the others that share its worker."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

TURN_SECONDS = 45
"""After so long nothing else is begun: the next minute goes on."""

Thing = TypeVar("Thing")


def within_turn(things: Iterable[Thing], *, seconds: float = TURN_SECONDS) -> Iterator[Thing]:
    """The things one by one, until none is left or the turn is over; the first one always comes."""
    end = time.monotonic() + seconds
    for thing in things:
        yield thing
        if time.monotonic() >= end:
            return
