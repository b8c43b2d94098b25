"""Lists that can be exported: each is described by a `Listing`, and `zesportal.wiring` names them all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Rows = QuerySet[Any] | Sequence[Any]
Line = Sequence[object]
MAX_FILTERS = 1000
"""The maximum number of characters of all filters together; no page of ours needs as many."""
WORDS = "q"
"""The parameter with search words: a name, an address, a plate. It is sent in the request body, never in a URL."""
MOST_WORDS = 200


class UnknownListing(LookupError):
    """There is no list of this name."""


class Search(StrEnum):
    """Whether the rows of a list may, or must, come from a search."""

    NO = "no"
    MAY = "may"
    MUST = "must"


def nothing_chosen(_filters: QueryDict) -> StrOrPromise:
    """For a list whose filters need no words."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list that can become a file. To export a list of your own, name one of these in `zesportal.wiring`:

        Listing(
            name="late",                                # in addresses: /lijsten/late/csv/?year=2026
            title=_("Late applications"),
            columns=(_("Number"), _("Received")),
            filters=("year",),                          # the parameters of its page that `rows` reads
            rows=late_rows,                             # (user, filters) -> QuerySet
            lines=map_rows(lambda one: [one.number, one.received_on]),
            page=link_to("late"),                       # with the same filters
        )

    and put `{% querystring page=None as filters %}{% include "exports/links.html" with listing="late" %}` on its page.

    `rows` alone decides who may see what: it is asked at once, again by the worker that makes a large file,
    and again before that file is handed over. For somebody without the list it raises PermissionDenied or Http404 at
    once, not when it is evaluated; for others it gives only their rows, in the order of the page. A QuerySet is read
    through a cursor of the server, so it needs `select_related` for what a line shows; a plain sequence is for lists
    that no table holds. What else than permissions decides which rows somebody sees stands in `EXPORT_RIGHTS` of
    `zesportal.wiring`.

    `lines` gets some thousand rows at a time and gives a line for each, so that it can ask one query for all of them;
    `map_rows` makes one from a function of a single row. Numbers stay numbers, days stay days, everything else becomes
    text. No filter may hold what identifies a person or a vehicle: filters stand in addresses. What was typed to
    search does; a list with `search` gets those words as the filter `WORDS`, sent by a form and never by a link.
    """

    name: str
    title: StrOrPromise
    columns: tuple[StrOrPromise, ...]
    rows: Callable[["User", QueryDict], Rows]
    lines: Callable[[Sequence[Any]], Iterable[Line]]
    page: Callable[[QueryDict], str]
    filters: tuple[str, ...] = ()
    chosen: Callable[[QueryDict], StrOrPromise] = nothing_chosen
    """The filters in words, for a title. Must not query: a page shows many of these."""
    search: Search = Search.NO
    formats: tuple[str, ...] = ("csv", "xlsx")
    write_pdf: Callable[[Any, Any, Any], None] | None = None
    """Writes the rows as PDF, if that is among the formats; takes file, order and chunks."""
    note: StrOrPromise = _("This file can hold data of applicants. Do not keep it longer than you need it.")
    """What the reader of the file should know; may be empty."""

    def kept(self, asked: QueryDict, sent: QueryDict | None = None) -> QueryDict:
        """The list's own filters from the query string, and the search words from the request body."""
        kept = QueryDict(mutable=True)
        for name in self.names(asked):
            if values := [value for value in asked.getlist(name) if value]:
                kept.setlist(name, values)
        if self.search != Search.NO and sent and (words := sent.get(WORDS, "").strip()[:MOST_WORDS]):
            kept[WORDS] = words
        return kept

    def as_seen(self, user: "User", filters: QueryDict) -> "Listing":
        """The list with the columns chosen on its page, if columns can be chosen."""
        return self

    def names(self, _asked: QueryDict) -> Iterable[str]:
        """The names of its filters."""
        return self.filters

    def named(self, filters: QueryDict) -> str:
        """The title with the filters in words, as in "Applications: overdue"."""
        return ": ".join(str(part) for part in (self.title, self.chosen(filters)) if part)


def map_rows(cells: Callable[[Any], Line]) -> Callable[[Sequence[Any]], Iterable[Line]]:
    """Make `lines` from a function of a single row."""
    return lambda rows: map(cells, rows)


def link_to(url_name: str) -> Callable[[QueryDict], str]:
    """Make `page` of the name of a URL: the page with the same filters."""
    return lambda filters: f"{reverse(url_name)}?{filters.urlencode()}" if filters else reverse(url_name)


def read_search_words(filters: QueryDict) -> str:
    """The search words; raises Http404 if they were removed, because then nobody knows which rows were meant."""
    words = filters.get(WORDS, "")
    if WORDS in filters and not words:
        raise Http404("these words are not kept any more")
    return words


def without_words(filters: QueryDict) -> QueryDict:
    """The filters without search words, as they may appear in a URL."""
    kept = filters.copy()
    kept.pop(WORDS, None)
    return kept


def list_listings() -> Sequence[Listing]:
    """All lists that the wiring names; the admin's lists are found by model instead."""
    listings: Sequence[Listing] = wired("LISTINGS")
    return listings


def get_listing(name: str) -> Listing:
    """A list by its name; raises UnknownListing."""
    found = next((one for one in list_listings() if one.name == name), None) or wired("FIND_LISTING")(name)
    if found is None:
        raise UnknownListing(name)
    return cast("Listing", found)


def count_rows(rows: Rows, *, most: int | None = None) -> int:
    """The number of rows; counts no further than `most`."""
    some = rows if most is None else rows[:most]
    if not isinstance(rows, QuerySet):
        return len(some)
    unsorted = rows.order_by()
    return (unsorted if most is None else unsorted[:most]).count()
