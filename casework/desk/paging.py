"""Pages of rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the numbers of the pages beside it. Nothing is counted: that is slow where there are many."""

    rows: list[Row]
    number: int
    has_next: bool

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.has_next else None


def page_number(request: HttpRequest) -> int:
    """The page that was asked; the first where that is no number."""
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def page_of(found: "QuerySet[Any]", *, number: int, filled: "QuerySet[Any]", as_row: Callable[[Any], Row]) -> Page[Row]:
    """One page of what was found; one row too many tells that there is a next.

    The keys come first, sorted, and then the rows from `filled`: so the joins are made for one page and not for all.
    """
    start = (number - 1) * PAGE
    keys = list(found.values_list("pk", flat=True)[start : start + PAGE + 1])
    rows = filled.in_bulk(keys)
    return Page([as_row(rows[key]) for key in keys[:PAGE] if key in rows], number, len(keys) > PAGE)
