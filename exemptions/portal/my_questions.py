"""Questions of the user's side about a case, asked through other channels, with our answers, from a higher app."""

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
    """One of our answers, and when we wrote it."""

    at: datetime
    text: str


@dataclass(frozen=True)
class OwnQuestion:
    """A question by its number, about one application. Its own words are left out: anybody can write under anybody's
    address, so they could be a stranger's."""

    number: str
    at: datetime
    by: str
    label: str
    badge: str
    dossier: str
    application: UUID
    answers: list[OwnAnswer]


Provider = Callable[["User"], list[OwnQuestion]]
"""Lists a user's questions in a constant number of queries."""


def find_questions(user: "User") -> list[OwnQuestion]:
    """The questions about cases of those for whom the user acts, latest first."""
    providers: Sequence[Provider] = wired("QUESTIONS_ASKED")
    return [one for provider in providers for one in provider(user)]
