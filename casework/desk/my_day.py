"""'My day', on top of the start page: which of somebody's own cases ask for something now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from casework.desk.column_kit import due_cell
from casework.desk.labels import say_since
from casework.desk.list_address import ListAddress
from casework.desk.steps import find_desk
from casework.desk.worklists import PARAMETER, WEEK, CountedWorklist, Worklist, Worklists

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 5
"""Rows of a list; the others are one click away."""

MINE_DUE: Worklist[Any] = Worklist(
    "mine-due",
    gettext_lazy("Mine, due within a week"),
    gettext_lazy("Assigned to you; the last day to decide has passed, or is today or in the six days after."),
    lambda rows, user, day: rows.on_desk_of(user, today=day).filter(decide_by__lte=day + WEEK),
    urgent=True,
    is_own=True,
)
"""The same list for every case type on which we decide within a term."""


@dataclass(frozen=True)
class OwnRow:
    """A case. `news`: since when it has something new, in words."""

    url: str
    name: str
    about: str
    due: SafeString
    news: str


@dataclass(frozen=True)
class OwnWork:
    """One of somebody's own worklists with its first rows."""

    counted: CountedWorklist
    rows: list[OwnRow]


def list_own_work(worklists: Worklists[Any], counted: Sequence[CountedWorklist], user: "User") -> list[OwnWork]:
    """Those that are not empty: one query each."""
    return [OwnWork(one, list_rows(worklists, one, user)) for one in counted if one.worklist.is_own and one.count]


def list_rows(worklists: Worklists[Any], counted: CountedWorklist, user: "User") -> list[OwnRow]:
    """The first rows, each with a link that knows the list."""
    found = worklists.rows(counted.worklist, user, today=timezone.localdate()).for_list()
    first = list(found[: SHOWN + 1])
    keys = [one.pk for one in first] + [0]
    return [build_row(one, counted.worklist.name, following) for one, following in zip(first, keys[1:], strict=True)][
        :SHOWN
    ]


def build_row(case: Any, name: str, following: int) -> OwnRow:
    """One case with its last day."""
    desk = find_desk(case.CASE_TYPE)
    if desk is None:
        raise LookupError(f"no desk for {case.CASE_TYPE}")
    number, *about, _status = desk.line(case)
    here = ListAddress(case._meta.model_name, QueryDict(f"{PARAMETER}={name}"), case.pk, following)
    news_at = getattr(case, "news_at", None)
    news = say_since(timezone.localdate(news_at)) if news_at else ""
    due = due_cell(case.decide_by) if getattr(case, "decide_by", None) else SafeString()
    return OwnRow(here.added_to(desk.case_address(case)), number, " · ".join(about), due, news)
