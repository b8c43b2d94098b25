"""What a file was made with, so that it goes to nobody who may see less by now."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

_OTHERS: list[Callable[["User"], Iterable[str]]] = []


def count_too(others: Callable[["User"], Iterable[str]]) -> None:
    """What decides besides permissions which rows somebody sees; called in an app's `ready()`."""
    _OTHERS.append(others)


def of(user: "User") -> list[str]:
    """Everything by which somebody sees rows, in words that stay the same as long as it does."""
    return sorted({*user.get_all_permissions(), *(str(right) for others in _OTHERS for right in others(user))})


def still_has(user: "User", rights: Iterable[str]) -> bool:
    """Whether none of these is lost; whoever has more rights now may still see what few of them showed."""
    return set(rights) <= set(of(user))
