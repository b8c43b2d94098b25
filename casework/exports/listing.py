"""Lists that can be exported. Each app registers its own; what this package knows of them stands in `Listing`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from accounts.models import User

Rows = QuerySet[Any] | Sequence[Any]
Line = Sequence[object]
MAX_FILTERS = 1000
"""Characters of all filters together; no page of ours needs as many."""


class UnknownListing(LookupError):
    """No app registers a list by this name."""


def nothing_chosen(_filters: QueryDict) -> StrOrPromise:
    """A list without filters that are worth a word."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list as a file has it. To export a list of your own, register one of these in your app's `ready()`:

        register(Listing(
            name="late",                                # in addresses: /lijsten/late/csv/?year=2026
            title=_("Late applications"),
            columns=(_("Number"), _("Received")),
            filters=("year",),                          # the parameters of its page that `rows` reads
            rows=late_rows,                             # (user, filters) -> QuerySet
            lines=each(lambda one: [one.number, one.received_on]),
            page=lambda filters: reverse("late"),
        ))

    and put `{% querystring page=None as filters %}{% include "exports/links.html" with listing="late" %}` on its page.

    `rows` is the whole truth about who may see what: it is asked at once, again by the worker that makes a large file,
    and again before that file is handed over. For somebody without the list it raises PermissionDenied or Http404 at
    once, not when it is evaluated; for others it gives only their rows, in the order of the page. A QuerySet is read
    through a cursor of the server, so it needs `select_related` for what a line shows; a plain sequence is for lists
    that no table holds. What else than permissions decides which rows somebody sees, an app tells `rights.count_too`.

    `lines` gets some thousand rows at a time and gives a line for each, so that it can ask one query for all of them;
    `each` makes one from a function of a single row. Numbers stay numbers, days stay days, everything else becomes
    text. No filter may hold what identifies a person or a vehicle: filters stand in addresses.
    """

    name: str
    title: StrOrPromise
    columns: tuple[StrOrPromise, ...]
    rows: Callable[["User", QueryDict], Rows]
    lines: Callable[[Sequence[Any]], Iterable[Line]]
    page: Callable[[QueryDict], str]
    filters: tuple[str, ...] = ()
    chosen: Callable[[QueryDict], StrOrPromise] = nothing_chosen
    """What the filters say, in words for a title. Asks no query: a page shows many of these."""

    def kept(self, asked: QueryDict) -> QueryDict:
        """The filters among the parameters of an address; the number of a page, for instance, is none."""
        kept = QueryDict(mutable=True)
        for name in self.filters:
            if values := [value for value in asked.getlist(name) if value]:
                kept.setlist(name, values)
        return kept

    def named(self, filters: QueryDict) -> str:
        """Its title with what was chosen, as in "Applications: overdue"."""
        return ": ".join(str(part) for part in (self.title, self.chosen(filters)) if part)


def each(cells: Callable[[Any], Line]) -> Callable[[Sequence[Any]], Iterable[Line]]:
    """`lines` of a list in which a row says all there is to say."""
    return lambda rows: map(cells, rows)


_REGISTERED: dict[str, Listing] = {}


def register(*listings: Listing) -> None:
    """Make lists known; called in an app's `ready()`."""
    _REGISTERED.update({one.name: one for one in listings})


def every() -> list[Listing]:
    """All that can be exported."""
    return list(_REGISTERED.values())


def get(name: str) -> Listing:
    """A list by its name; raises UnknownListing."""
    try:
        return _REGISTERED[name]
    except KeyError:
        raise UnknownListing(name) from None


def count(rows: Rows, *, most: int | None = None) -> int:
    """How many rows there are; with `most`, at most so many are looked at."""
    some = rows if most is None else rows[:most]
    if not isinstance(rows, QuerySet):
        return len(some)
    unsorted = rows.order_by()
    return (unsorted if most is None else unsorted[:most]).count()
