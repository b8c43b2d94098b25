"""The start page of the desk: somebody's own work, and groups of worklists, each given by the app that keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from casework.desk.my_day import OwnWork, list_own_work
from casework.desk.worklists import CountedWorklist, Worklists
from casework.wiring import wired

if TYPE_CHECKING:
    from typing import Any

    from accounts.models import User


@dataclass(frozen=True)
class WorklistGroup:
    """Worklists under one heading. `own`: of the user's own cases; `is_handled`: whether the user handles them."""

    title: str | Promise
    lists: list[CountedWorklist]
    own: list[OwnWork] = field(default_factory=list)
    is_handled: bool = True

    @property
    def cards(self) -> list[CountedWorklist]:
        """Where something waits, of the lists that one uses all day."""
        return [one for one in self.lists if one.count and not one.worklist.group and not one.begins]

    @property
    def begun(self) -> list[CountedWorklist]:
        """Where one begins something."""
        return [one for one in self.lists if one.begins]

    @property
    def more(self) -> list[tuple[str, list[CountedWorklist]]]:
        """The other lists where something waits, under their headings."""
        headings: dict[str, list[CountedWorklist]] = {}
        for one in self.lists:
            if one.count and one.worklist.group and not one.begins:
                headings.setdefault(str(one.worklist.group), []).append(one)
        return list(headings.items())

    @property
    def empty(self) -> list[CountedWorklist]:
        """Where nothing waits."""
        return [one for one in self.lists if not one.count and not one.begins]


Provider = Callable[["User"], WorklistGroup]


def worklists_of(title: str | Promise, worklists: "Worklists[Any]") -> Provider:
    """The usual provider: the counted worklists of one case type."""
    return lambda user: build_group(title, worklists, user)


def build_group(title: str | Promise, worklists: "Worklists[Any]", user: "User") -> WorklistGroup:
    """The counted worklists of one case type, and the first rows of the user's own ones."""
    counted = worklists.counted_for(user)
    return WorklistGroup(
        title,
        [one for one in counted if not one.worklist.is_own],
        list_own_work(worklists, counted, user),
        worklists.are_handled_by(user),
    )


def groups_for(user: "User") -> list[WorklistGroup]:
    """The groups in which this user's role has a list, those that it handles first: one query each, and of own rows."""
    providers: Sequence[Provider] = wired("START_GROUPS")
    groups = [provider(user) for provider in providers]
    return sorted((group for group in groups if group.lists), key=lambda group: not group.is_handled)
