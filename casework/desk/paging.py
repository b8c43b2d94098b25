"""Pages of rows where there may be many."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 50
LAST = 100_000
"""The last page that anybody asks for in earnest."""


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The page that was asked; the first where that is no number, 0 where there can be none by it."""
    asked = request.GET.get(name, "1")
    try:
        number = int(asked)
    except ValueError:
        return 1
    return number if 0 < number <= LAST else 0


class UncountedPaginator(Paginator[Any]):
    """Nothing is counted, for that is slow where there are many: one row too many tells that there is a next page.

    The keys come first, sorted, and then the rows from `filled`: so the joins are made for one page and not for all.
    `count` is how many rows there are as far as this page tells; `keys` those of the page, and of the row after it.
    """

    def __init__(self, found: "QuerySet[Any]", filled: "QuerySet[Any]", *, number: int, per_page: int = PAGE) -> None:
        super().__init__(found, per_page)
        start = (number - 1) * per_page
        keys = list(found.values_list("pk", flat=True)[start : start + per_page + 1])
        rows = filled.in_bulk(keys[:per_page])
        self.keys, self.number, self.count = keys, number, start + len(keys)
        self.rows = [rows[key] for key in keys[:per_page] if key in rows]

    @property
    def has_more(self) -> bool:
        """Whether there is a page after this one: then nobody knows how many rows there are."""
        return self.num_pages > self.number

    def asked_page(self) -> Page[Any]:
        """The page, for a template."""
        return Page(self.rows, self.number, self)
