"""The rights with which a file was made, so that nobody who has lost one of them still gets it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Rights = Callable[["User"], Iterable[str]]
"""What determines, besides permissions, which rows a user sees."""


def fingerprint_access(user: "User") -> list[str]:
    """Everything that determines which rows a user sees, as stable text."""
    others: Sequence[Rights] = wired("EXPORT_RIGHTS")
    return sorted({*user.get_all_permissions(), *(str(right) for rights in others for right in rights(user))})


def still_has(user: "User", rights: Iterable[str]) -> bool:
    """Whether the user has lost none of these rights; having more by now is no objection."""
    return set(rights) <= set(fingerprint_access(user))
