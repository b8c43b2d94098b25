"""What the letters of a sort of case bring about, from the day on which they are made known (Awb 3:40, 3:41)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.models.dossier import Deadline

MADE_KNOWN = "made_known_on"
"""In the event of a step that sends such a letter: the day on which it was; null where that comes with posting."""
TERM = "decision_term"
"""In the event that made a decision known: the term to decide that ended with it, from which lead times are counted."""
Sent = Mapping[str, Any]
"""Both, as the event of a step keeps them."""


@dataclass(frozen=True)
class Effect:
    """Of a kind of letter. `begin` takes the case, what the letter is about, and `on`; it tells whether it had effect.

    `until`: the term within which it must be made known, to have effect or to be in time; `but_last`: not on its last
    day any more.
    """

    begin: Callable[..., bool]
    until: Deadline.Kind | None = None
    but_last: bool = False
