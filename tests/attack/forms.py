"""Every form of the site, found as people find them: on the pages that the links lead to, with its fields as shown."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.crawler import ENDS_A_LOGIN, Walk

LOOKED_UP = {"zone", "zone_advice", "kind", "topic", "returns_of", "return_month", "statistics_cases", "letter_block"}
"""Pages of which one is as all: they differ in what they show, not in what they ask."""
KEY = re.compile(r"[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}")
URLENCODED = "application/x-www-form-urlencoded"
FREE = {"text", "textarea", "search"}
LIKE = {"plate": "VX123Z", "postcode": "3511 AA", "kvk_number": "12345678", "code": "123456", "plates": ""}
"""What a field of that name takes, where its type says no more than text. A list of plates comes as a file instead."""
TRAPS = {"website"}
"""Who fills these in is taken for a program, and not heard."""
NOT_SENT = {"csrfmiddlewaretoken", ""}


@dataclass(frozen=True)
class Field:
    """One name in a form. `sort`: of input, or select, textarea, button, trap. `values`: as shown, or to be chosen."""

    name: str
    sort: str
    values: tuple[str, ...] = ()

    def honest(self) -> str:
        """What somebody of good will fills in."""
        if self.values and self.values[0]:
            return self.values[0]
        if self.sort in FREE:
            return LIKE.get(self.name, "Dat staat in de bijlage.")
        soon = timezone.localdate() + timedelta(days=21)
        return {"email": "iemand@example.org", "number": "1", "date": soon.isoformat()}.get(self.sort, "")


@dataclass(frozen=True)
class Form:
    """Where it is sent, how, and with which fields. Each of several buttons counts as a form."""

    way: str
    method: str
    fields: tuple[Field, ...]

    @property
    def sort(self) -> tuple[str, ...]:
        """Two of the same sort ask the same at the same page."""
        return (page_sort(self.way), *sorted({f"{one.sort} {one.name}" for one in self.fields}))

    def names(self, *sorts: str, but: Collection[str] = ()) -> list[str]:
        """What it sends, of these sorts of field or of all; without the files."""
        return [one.name for one in self.fields if one.sort not in {"file", *but} and (not sorts or one.sort in sorts)]

    def filled(self) -> dict[str, Any]:
        """As somebody of good will sends it."""
        return {one.name: one.honest() for one in reversed(self.fields) if one.sort != "file"}

    def send(self, browser: Client, body: bytes, content_type: str = URLENCODED) -> Any:
        """Send it and follow the redirect."""
        if self.method == "get":
            return browser.get(urlsplit(self.way).path, QUERY_STRING=body.decode("latin-1"), follow=True)
        return browser.post(self.way, body, "application/octet-stream", follow=True, CONTENT_TYPE=content_type)


def encoded(fields: Mapping[str, object]) -> bytes:
    """Fields as a browser sends them; what is no text goes as the bytes that it is."""
    return urlencode(fields, doseq=True, errors="surrogateescape").encode()


def page_sort(way: str) -> str:
    """The kind of a page: the name of its address, and its screen, step or language."""
    path = urlsplit(way).path
    try:
        found = resolve(path)
    except Resolver404:
        return path
    words = [str(value) for value in (*found.args, *found.kwargs.values()) if not KEY.fullmatch(str(value))]
    return found.view_name if found.view_name in LOOKED_UP else " ".join([found.view_name, *words])


def forms(browser: Client, starts: Iterable[str], seen: set[tuple[str, ...]]) -> Iterator[Form]:
    """Every kind of form on the way, once, without those in `seen`."""
    for way in FormWalk(browser, starts=set(starts)).pages(starts):
        for form in on_page(browser.get(way).content, way):
            if form.sort not in seen:
                seen.add(form.sort)
                yield form


@dataclass
class FormWalk(Walk):
    """A walk along each screen and step, from each starting point: which forms a case shows depends on its status."""

    starts: set[str] = field(default_factory=set)

    def links_of(self, way: str) -> list[str] | None:
        sort = page_sort(way)
        if (sort in self.seen and way not in self.starts) or sort in ENDS_A_LOGIN:
            return None
        self.seen.add(sort)
        return self.look(way)


def on_page(html: bytes, way: str) -> Iterator[Form]:
    """The forms of a page, once for each button."""
    page = LexborHTMLParser(html)
    for form in page.css("form"):
        action = urldefrag(urljoin(way, form.attributes.get("action") or way)).url
        parts = [*form.css("[name]"), *(page.css(f'[form="{name}"]') if (name := form.attributes.get("id")) else ())]
        fields = [found for part in parts if (found := as_field(part)) and found.name not in NOT_SENT]
        buttons: list[tuple[Field, ...]] = [(one,) for one in fields if one.sort == "button"]
        others = tuple(dict.fromkeys(one for one in fields if one.sort != "button"))
        method = (form.attributes.get("method") or "get").lower()
        yield from (Form(action, method, (*others, *button)) for button in buttons or [()])


def as_field(part: LexborNode) -> Field | None:
    """A field of a form, if it is sent."""
    name, value = part.attributes.get("name") or "", part.attributes.get("value") or ""
    sort = "trap" if name in TRAPS else (part.attributes.get("type") or "text").lower()
    if part.tag == "select":
        chosen = [option.attributes.get("value") or "" for option in part.css("option")]
        return Field(name, "select", tuple(sorted(chosen, key=lambda value: not value)))
    if part.tag == "textarea":
        return Field(name, "textarea", (part.text().strip(),))
    if part.tag == "button" or sort == "submit":
        return Field(name, "button", (value,))
    return Field(name, sort, (value or "on",) if sort == "checkbox" else (value,)) if part.tag == "input" else None
