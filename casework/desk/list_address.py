"""How the address of a case carries the list that it was opened from: ADR 0050.

The name of the list, its filters and order, the row, and the row that followed it. So two tabs keep two lists, Back
works, and nothing is kept anywhere. It never holds an address: that is made from it by the list itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase

FROM = "from"
ROW, FOLLOWING, DONE = "row", "next", "done"
LONGEST = 2000
"""Characters; a list with every filter chosen takes some hundreds."""


@dataclass(frozen=True)
class ListAddress:
    """A list, by the name of its model, and a row of it.

    `following`: the key of the row that came after it, 0 if none did, None if that is not known; `is_done`: a step was
    just taken.
    """

    model: str
    filters: QueryDict
    row: int
    following: int | None = None
    is_done: bool = False

    def __str__(self) -> str:
        here: dict[str, int] = {ROW: self.row}
        if self.following is not None:
            here[FOLLOWING] = self.following
        if self.is_done:
            here[DONE] = 1
        return f"{self.model}?{'&'.join(filter(None, (self.filters.urlencode(), urlencode(here))))}"

    def added_to(self, address: str) -> str:
        """An address of the desk that carries this list; one that carries a list already keeps that."""
        parts = urlsplit(address)
        if FROM in QueryDict(parts.query):
            return address
        asked = "&".join(filter(None, (parts.query, urlencode({FROM: str(self)}))))
        return urlunsplit(parts._replace(query=asked))


def read_list(request: HttpRequest) -> ListAddress | None:
    """The list in the address of a request; None without one, or if it is malformed. Nobody's rights are looked at."""
    sent = request.GET.get(FROM, "")
    model, _mark, asked = sent.partition("?")
    filters = QueryDict(asked if len(asked) < LONGEST else "", mutable=True)
    if any("\0" in value for _name, values in filters.lists() for value in values):  # no database holds this sign
        return None
    row, following, done = (as_key(filters.pop(name, [""])[-1]) for name in (ROW, FOLLOWING, DONE))
    return None if row is None else ListAddress(model, filters, row, following, is_done=bool(done))


def as_key(sent: str) -> int | None:
    """A primary key; None if it can be none."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else None


def keep_list(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of a case: what it redirects to carries the list on.

    A place on a page, as the next item of proof, is where one goes on with the same case: nothing is done yet.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        asked = read_list(request)
        if isinstance(response, HttpResponseRedirect) and asked:
            here = replace(asked, is_done=request.method == "POST" and not urlsplit(response.url).fragment)
            response["Location"] = here.added_to(response.url)
        return response

    return respond


class RowsRequest(HttpRequest):
    """Asks a list which rows it has, in their order, and no page of it."""
