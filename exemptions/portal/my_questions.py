"""What somebody of the user's side asked us about a case outside it, with our answers: an app above knows of these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class OwnAnswer:
    """What we wrote, and when."""

    at: datetime
    text: str


@dataclass(frozen=True)
class OwnQuestion:
    """A question under its number, about one application. Its own words are not here: anybody can write under anybody's
    address, so they could be of a stranger."""

    number: str
    at: datetime
    by: str
    label: str
    badge: str
    dossier: str
    application: UUID
    answers: list[OwnAnswer]


Provider = Callable[["User"], list[OwnQuestion]]
"""Lists questions in a fixed number of queries."""


def find_questions(user: "User") -> list[OwnQuestion]:
    """The questions about cases of those for whom the user acts, the latest first."""
    providers: Sequence[Provider] = wired("QUESTIONS_ASKED")
    return [one for provider in providers for one in provider(user)]
