"""The start page of the desk: groups of worklists, each given by the app that keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from casework.desk.worklists import Counted, Worklists

if TYPE_CHECKING:
    from typing import Any

    from accounts.models import User


@dataclass(frozen=True)
class Group:
    """Worklists under one heading."""

    title: str | Promise
    lists: list[Counted]


Provider = Callable[["User"], Group]
_REGISTERED: dict[int, Provider] = {}


def register(provider: Provider, *, place: int) -> None:
    """Add a group; called in an app's `ready()`. Groups stand in the order of their places."""
    _REGISTERED[place] = provider


def worklists_of(title: str | Promise, worklists: "Worklists[Any]") -> Provider:
    """The usual provider: the counted worklists of one sort of case."""
    return lambda user: Group(title, worklists.counted_for(user))


def groups_for(user: "User") -> list[Group]:
    """The groups in which this user's role has a list: one query each."""
    groups = [_REGISTERED[place](user) for place in sorted(_REGISTERED)]
    return [group for group in groups if group.lists]
