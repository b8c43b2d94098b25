"""The worklists of one case type: what waits for whom, and how many, in one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.counting import Count, describe_count, run_count, write_count
from casework.reference_cache import read_once

if TYPE_CHECKING:
    from accounts.models import User

Rows = TypeVar("Rows", bound="QuerySet[Any]")
WEEK = timedelta(days=6)
"""'Within a week' is today and the six days after."""
PARAMETER = "list"
"""In the address of a page, and among the filters of a file."""


@dataclass(frozen=True)
class Worklist(Generic[Rows]):
    """A list with a name in URLs, a title, the query, and the order of its rows.

    `select` depends on the user, their rights, the day and the settings alone: what it makes is used again all day.
    Without a permission it is for every role that has these cases. `urgent`: it should be empty. `is_own`: a part of
    somebody's own work, on top of the start page, with a tab only while it is open. `is_long`: it grows for ever, so it
    is sorted by what has an index alone.
    """

    name: str
    title: str | Promise
    explanation: str | Promise
    select: Callable[[Rows, "User", date], Rows]
    order: tuple[str, ...] = ("decide_by", "pk")
    permission: str = ""
    urgent: bool = False
    is_own: bool = False
    is_long: bool = False
    group: str | Promise = ""


STANDSTILL_OVER: Worklist[Any] = Worklist(
    "standstill-over",
    _("Term runs again"),
    _(
        "The term to decide stood still until a day that has come, so it runs again. Decide, note since when it runs "
        "again, or suspend it longer if the reason lasts (Awb 4:15)."
    ),
    lambda rows, _user, day: rows.with_standstill_over(today=day),
    order=("runs_again_on", "decide_by", "pk"),
    urgent=True,
)
"""The same list for every case type whose term can stand still by a note of ours."""


@dataclass(frozen=True)
class CountedWorklist:
    """A worklist with the number of its rows for one user, and its address.

    `is_part`: of a table that the start page shows besides, with its other rows. `begins`: one begins something there,
    so that it stands out also where nothing waits.
    """

    worklist: Worklist[Any]
    count: int
    url: str
    is_part: bool = False
    begins: bool = False

    @property
    def shown_count(self) -> str:
        """The number as far as it is counted."""
        return describe_count(self.count)


@dataclass(frozen=True)
class Worklists(Generic[Rows]):
    """All lists of one case type. `address`: the name of the page of a list; `ended`: has a tab, and no count.

    `default`: the list that an address without a name leads to. `handled_by`: the permission to handle these cases, and
    not only to see them.
    """

    seen: Callable[["User"], Rows]
    permission: str
    address: str
    lists: tuple[Worklist[Rows], ...]
    ended: Worklist[Rows]
    default: str = "open"
    handled_by: str = ""

    def of(self, user: "User") -> list[Worklist[Rows]]:
        """The worklists that belong to the user's role."""
        return [one for one in self.lists if self.is_for(user, one)]

    def are_handled_by(self, user: "User") -> bool:
        """Whether these are the user's work, and not what others do."""
        return not self.handled_by or user.has_perm(self.handled_by)

    def is_for(self, user: "User", worklist: Worklist[Rows]) -> bool:
        """Whether the user's role has this list."""
        return user.has_perm(self.permission) and user.has_perm(worklist.permission or self.permission)

    def rows(self, worklist: Worklist[Rows], user: "User", *, today: date) -> Rows:
        """The cases on a list as far as the user may see them, the most urgent first."""
        return worklist.select(self.seen(user), user, today).order_by(*worklist.order)

    def counted_for(self, user: "User") -> list[CountedWorklist]:
        """Every worklist of the user's role, with its count: one query, whatever the number of lists and rows."""
        lists = self.of(user)
        counts = self.count(lists, user)
        return [CountedWorklist(one, counts[one.name], self.url_of(one)) for one in lists]

    def count(self, lists: Iterable[Worklist[Rows]], user: "User") -> dict[str, int]:
        """The number of rows of each list by its name: one query.

        To write it takes longer than to run it, so what is written for a user and a day serves until a setting changes.
        """
        counted, today, rights = tuple(lists), timezone.localdate(), frozenset(user.get_all_permissions())

        def write() -> Count:
            seen = self.seen(user)
            return write_count({one.name: one.select(seen, user, today) for one in counted})

        names = tuple(one.name for one in counted)
        numbers = run_count(read_once((self.address, names, user.pk, rights, today), write))
        return {**dict.fromkeys(names, 0), **numbers}

    def url_of(self, worklist: Worklist[Rows]) -> str:
        """Where a list stands."""
        return f"{reverse(self.address)}?{PARAMETER}={worklist.name}"

    def tabs_of(self, user: "User") -> list[Worklist[Rows]]:
        """The worklists of the user's role, and what has ended."""
        return [*self.of(user), self.ended]

    def named(self, name: str, user: "User") -> Worklist[Rows]:
        """A list by its name; raises Http404 for one that does not exist or is not for this role."""
        worklist = self.find(name)
        if worklist is None or not self.is_for(user, worklist):
            raise Http404(f"no worklist {name}")
        return worklist

    def find(self, name: str) -> Worklist[Rows] | None:
        """A list by its name, the default one where nothing is named."""
        return next((one for one in (*self.lists, self.ended) if one.name == (name or self.default)), None)

    def title_of(self, name: str) -> str | Promise:
        """The title of a list; nothing if there is none by this name."""
        worklist = self.find(name)
        return worklist.title if worklist else ""
