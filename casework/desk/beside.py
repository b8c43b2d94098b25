"""What one sort of case adds to the page of another, where cases of one dossier belong together.

The lower app knows nothing of the higher one: the higher one registers its part in its `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

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
_REGISTERED: dict[str, list[Provider]] = {}


def register(case_type: str, provider: Provider) -> None:
    """Add a part to the page of every case of a sort; nothing where the provider gives None."""
    providers = _REGISTERED.setdefault(case_type, [])
    if provider not in providers:
        providers.append(provider)


def parts(case: Any, *, user: "User") -> list[Part]:
    """What others show on the page of this case to this user."""
    made = (provider(case, user) for provider in _REGISTERED.get(case.CASE_TYPE, ()))
    return [part for part in made if part is not None]
