"""The rights a file was made with, so that nobody who may see less by now gets it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Rights = Callable[["User"], Iterable[str]]
"""What decides besides permissions which rows somebody sees."""


def fingerprint_access(user: "User") -> list[str]:
    """Everything by which somebody sees rows, in words that stay the same as long as it does."""
    others: Sequence[Rights] = wired("EXPORT_RIGHTS")
    return sorted({*user.get_all_permissions(), *(str(right) for rights in others for right in rights(user))})


def still_has(user: "User", rights: Iterable[str]) -> bool:
    """Whether none of these is lost; whoever has more rights now may still see what few of them showed."""
    return set(rights) <= set(fingerprint_access(user))
