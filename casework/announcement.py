"""The legal effects of letters, which begin on the day they are made known (Awb 3:40, 3:41)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.models.dossier import Deadline

MADE_KNOWN = "made_known_on"
"""In the event of a step that sends such a letter: the day on which it was made known; null until it is posted."""
TERM = "decision_term"
"""In the event that made a decision known: the term to decide that it ended, from which lead times are counted."""
Sent = Mapping[str, Any]
"""MADE_KNOWN and TERM, for the event of a step."""


@dataclass(frozen=True)
class Effect:
    """The effect of a kind of letter. `begin` takes the case, the letter's subject and `on`; says whether it had any.

    `until`: the term within which the letter must be made known, to take effect or to be in time; `but_last`: the last
    day of that term is too late.
    """

    begin: Callable[..., bool]
    until: Deadline.Kind | None = None
    but_last: bool = False
