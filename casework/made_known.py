"""What the letters of a sort of case bring about, from the day on which they are made known (Awb 3:40, 3:41)."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.models import Deadline


@dataclass(frozen=True)
class Effect:
    """Of a kind of letter. `begin` takes the case, what the letter is about, and `on`; it tells whether it had effect.

    `until`: the term within which it must be made known, to have effect or to be in time; `but_last`: not on its last
    day any more.
    """

    begin: Callable[..., bool]
    until: Deadline.Kind | None = None
    but_last: bool = False
