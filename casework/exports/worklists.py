"""Every worklist of the desk as a list to export: the same question, and the same rows, as its page."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django_stubs_ext import StrOrPromise

from casework.desk.worklists import Worklists
from casework.exports.listing import Line, Listing

if TYPE_CHECKING:
    from accounts.models import User


def listing_of(
    worklists: Worklists[Any],
    *,
    name: str,
    title: StrOrPromise,
    default: str,
    columns: tuple[StrOrPromise, ...],
    filled: Callable[[Any], "QuerySet[Any]"],
    lines: Callable[[Sequence[Any]], Iterable[Line]],
) -> Listing:
    """All worklists of one sort of case; the filter `list` says which. `filled`: the joins that a line needs.

    `name` is that of the model, by which the page of the desk knows it.
    """

    def rows(user: "User", filters: QueryDict) -> "QuerySet[Any]":
        worklist = worklists.named(filters.get("list", default), user)
        return filled(worklists.rows(worklist, user, today=timezone.localdate()))

    def chosen(filters: QueryDict) -> StrOrPromise:
        asked = filters.get("list", default)
        return next((str(one.title) for one in (*worklists.lists, worklists.ended) if one.name == asked), "")

    def page(filters: QueryDict) -> str:
        return f"{reverse(worklists.address)}?{filters.urlencode()}"

    return Listing(
        name=name,
        title=title,
        columns=columns,
        rows=rows,
        lines=lines,
        page=page,
        filters=("list",),
        chosen=chosen,
    )
