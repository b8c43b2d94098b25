"""What one case type adds to the page of another, where cases of one dossier belong together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Part:
    """A section of a page: `anchor` and `title` for the links within the page, `template` shows it from `context`."""

    anchor: str
    title: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Any, "User"], Part | None]
"""Returns the panel of a case, or None if there is nothing to show."""


def build_panels(case: Any, *, user: "User") -> list[Part]:
    """What others show on the page of this case to this user."""
    providers: Mapping[str, Sequence[Provider]] = wired("CASE_PARTS")
    made = (provider(case, user) for provider in providers.get(case.CASE_TYPE, ()))
    return [part for part in made if part is not None]
