"""Where a case stands on the list that it was opened from, and what comes before and after it: ADR 0050."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve

from accounts.searches import KEY
from casework.desk.list_address import ListAddress, RowsRequest, read_list
from casework.desk.paging import page_number
from casework.desk.worklist_admin import WorklistAdmin

if TYPE_CHECKING:
    from accounts.models import User

LOOKED_AT = 500
"""So many rows of a list are looked at, from the first one or around the page: the rest is not counted."""


@dataclass(frozen=True)
class Place:
    """A row on its list.

    `number`: counted from 1, 0 if the row is no longer there; `count`: how many rows there are now, None if that is not
    known; `previous`, `following`: addresses of cases, empty where none is; `here`: what the next address carries;
    `is_done`: somebody just did something with the case.
    """

    title: str
    url: str
    number: int
    count: int | None
    previous: str
    following: str
    here: ListAddress
    is_done: bool


@dataclass(frozen=True)
class Rows:
    """The keys of a part of a list in its order. `before`: how many rows come before it; `is_end`: none comes after."""

    keys: Sequence[int]
    before: int
    is_end: bool

    def number_of(self, key: int | None) -> int:
        """Which row of the list it is, counted from 1; 0 if it is not among these."""
        return self.before + self.keys.index(key) + 1 if key in self.keys else 0

    def at(self, number: int) -> int:
        """The key of the row with this number; 0 if it is not among these."""
        place = number - self.before - 1
        return self.keys[place] if 0 <= place < len(self.keys) else 0


def find_place(request: HttpRequest, user: "User") -> Place | None:
    """The place on the list in the address; None without one, and for who has no right to that list."""
    asked = read_list(request)
    model_admin = find_worklist_admin(asked.model) if asked else None
    if asked is None or model_admin is None:
        return None
    filters = keep_filters(model_admin, asked.filters)
    try:
        question = ask_rows(model_admin, request, user, filters)
        listed = model_admin.get_changelist_instance(question)
    except (Http404, PermissionDenied, SuspiciousOperation, IncorrectLookupParameters):
        return None
    rows = find_rows(listed.queryset, page_number(question, PAGE_VAR), model_admin.list_per_page)
    return build_place(model_admin, str(listed.title), replace(asked, filters=filters), rows)


def find_worklist_admin(name: str) -> WorklistAdmin[Any] | None:
    """The lists of a model, by its name."""
    admins = (one for one in admin.site._registry.values() if isinstance(one, WorklistAdmin))
    return next((one for one in admins if one.opts.model_name == name), None)


def keep_filters(model_admin: WorklistAdmin[Any], sent: QueryDict) -> QueryDict:
    """What the list knows of what was sent: its filters, its order, the page and the key of a search."""
    kept = QueryDict(mutable=True)
    for name, values in sent.lists():
        if name in (ORDER_VAR, PAGE_VAR, KEY) or model_admin.lookup_allowed(name, ""):
            kept.setlist(name, values)
    return kept


def ask_rows(model_admin: WorklistAdmin[Any], request: HttpRequest, user: "User", filters: QueryDict) -> RowsRequest:
    """The question which rows the list has for this user."""
    asked = RowsRequest()
    asked.method, asked.path = "GET", model_admin.list_address(filters)
    asked.user, asked.session, asked.GET = user, request.session, filters  # type: ignore[assignment]
    asked.resolver_match = resolve(asked.path.partition("?")[0])
    return asked


def find_rows(found: Any, page: int, per_page: int) -> Rows:
    """The keys of the first rows; on a later page those of the rows around it."""
    before = 0 if page * per_page < LOOKED_AT else (page - 2) * per_page
    keys = list(found.values_list("pk", flat=True)[before : before + LOOKED_AT + 1])
    return Rows(keys[:LOOKED_AT], before, is_end=len(keys) <= LOOKED_AT)


def build_place(model_admin: WorklistAdmin[Any], title: str, asked: ListAddress, rows: Rows) -> Place:
    """The row and its neighbours. Of one that has left the list the next is that which followed it, else the first."""
    number = rows.number_of(asked.row)
    if number:
        before, after = number - 1, number + 1
    elif asked.following == 0:  # it was the last one
        before, after = rows.before + len(rows.keys), 0
    else:
        after = rows.number_of(asked.following) or 1
        before = after - 1
    neighbours = {rows.at(one): one for one in (before, after) if rows.at(one)}
    links = build_links(model_admin, asked.filters, rows, neighbours)
    here = replace(asked, following=rows.at(after) if number else asked.following, is_done=False)
    return Place(
        title=title,
        url=model_admin.list_address(asked.filters),
        number=number,
        count=rows.before + len(rows.keys) if rows.is_end else None,
        previous=links.get(before, ""),
        following=links.get(after, ""),
        here=here,
        is_done=asked.is_done,
    )


def build_links(
    model_admin: WorklistAdmin[Any], filters: QueryDict, rows: Rows, neighbours: dict[int, int]
) -> dict[int, str]:
    """The addresses of rows, by their numbers; each carries the list with the page that it stands on."""
    addresses = model_admin.addresses_of(list(neighbours))
    links = {}
    for key, number in neighbours.items():
        on_page = filters.copy()
        on_page[PAGE_VAR] = str((number - 1) // model_admin.list_per_page + 1)
        here = ListAddress(model_admin.opts.model_name or "", on_page, key, rows.at(number + 1))
        links[number] = here.added_to(addresses[key])
    return links
