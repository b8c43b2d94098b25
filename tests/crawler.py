"""Walks a site as a visitor can: along every link of every page, one page of each sort."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser

ENDS_A_LOGIN = {"account_logout"}


@cache
def sort_of(way: str) -> str:
    """What kind of page it is: the name of its address, and the names of what is asked after it."""
    path, query = urlsplit(way).path, urlsplit(way).query
    try:
        name = resolve(path).view_name
    except Resolver404:
        return path
    asked = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return f"{name}?{'&'.join(asked)}" if asked else name


@dataclass
class Walk:
    """One person's walk. `seen` are the sorts of address that need no second visit, shared between walks."""

    client: Client
    seen: set[str] = field(default_factory=set)
    sort: Callable[[str], str] = sort_of
    """What makes two addresses one page for this walk."""
    answer: HttpResponseBase | None = None
    """What was seen at the address that `pages` gave last."""

    def pages(self, starts: Iterable[str]) -> Iterator[str]:
        """The addresses of the pages that one reaches, each sort once: HTML that the person may see."""
        ways = list(starts)
        known = set(ways)
        while ways:
            way = ways.pop(0)
            links = self.links_of(way)
            if links is None:
                continue
            yield way
            new = [link for link in links if link not in known]
            known.update(new)
            ways += new

    def links_of(self, way: str) -> list[str] | None:
        """Where a page leads; None if it is no page, or of a kind that was seen."""
        sort = self.sort(way)
        if sort in self.seen or sort in ENDS_A_LOGIN:
            return None
        found = self.look(way)
        if found is not None:
            self.seen.add(sort)
        return found

    def look(self, way: str) -> list[str] | None:
        """Open an address; gives the links of the page, None if it is no page that the person sees."""
        self.answer = answer = self.client.get(way)
        if is_file(answer):
            self.seen.add(self.sort(way))  # the next one is no page either
        return list(links(answer.content, way)) if is_page(answer) else None


def is_file(answer: HttpResponseBase) -> bool:
    """Whether it is something else than HTML: a PDF, a table, an answer of the API."""
    return answer.status_code == 200 and not answer.headers.get("Content-Type", "").startswith("text/html")


def is_page(answer: HttpResponseBase) -> bool:
    """Whether it is a whole page that one sees: no file, no answer of the API, and no part for htmx."""
    html = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return html and isinstance(answer, HttpResponse) and b"<html" in answer.content[:2000]


def links(html: bytes, way: str) -> Iterator[str]:
    """The addresses of our own that a page links to."""
    for anchor in LexborHTMLParser(html).css("a[href]"):
        link = urldefrag(urljoin(way, anchor.attributes["href"] or "")).url
        if link.startswith("/") and not link.startswith("/static/"):
            yield link
