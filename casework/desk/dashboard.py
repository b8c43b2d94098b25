"""The start page of the desk: groups of worklists, each given by the app that keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from casework.desk.worklists import CountedWorklist, Worklists
from casework.wiring import wired

if TYPE_CHECKING:
    from typing import Any

    from accounts.models import User


@dataclass(frozen=True)
class WorklistGroup:
    """Worklists under one heading."""

    title: str | Promise
    lists: list[CountedWorklist]


Provider = Callable[["User"], WorklistGroup]


def worklists_of(title: str | Promise, worklists: "Worklists[Any]") -> Provider:
    """The usual provider: the counted worklists of one case type."""
    return lambda user: WorklistGroup(title, worklists.counted_for(user))


def groups_for(user: "User") -> list[WorklistGroup]:
    """The groups in which this user's role has a list: one query each."""
    providers: Sequence[Provider] = wired("START_GROUPS")
    groups = [provider(user) for provider in providers]
    return [group for group in groups if group.lists]
