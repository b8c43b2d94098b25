"""Somebody at the desk who only clicks on what a page shows, and counts it."""

from typing import Any
from urllib.parse import urldefrag, urljoin

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

SELECT = 2
"""Clicks: to open it, and on what one chooses."""


class Clicker:
    """One person in one tab. Typing is no click, but one goes to the field by one."""

    def __init__(self, client: Client, start: str) -> None:
        self.client, self.count = client, 0
        self.open(start)

    def open(self, address: str) -> None:
        """Go there, as by the address bar."""
        self.read(self.client.get(urldefrag(address).url, follow=True))

    def read(self, response: Any) -> None:
        """What the browser shows now."""
        request = response.request
        self.address = request["PATH_INFO"] + (f"?{request['QUERY_STRING']}" if request["QUERY_STRING"] else "")
        self.page = LexborHTMLParser(response.content)
        wrong = " ".join(map(words_of, self.page.css(".desk-errors, .desk-doubts")))
        assert response.status_code == 200, f"{response.status_code} at {self.address}: {wrong}"

    @property
    def title(self) -> str:
        """The heading of the page."""
        return words_of(self.page.css("h1")[0])

    def has(self, words: str, sort: str = "button") -> bool:
        """Whether the page has something of a sort that begins so."""
        return any(words_of(one).startswith(words) for one in self.page.css(sort))

    def follow(self, words: str) -> None:
        """Click on the first link that begins so."""
        link = next(one for one in self.page.css("a[href]") if words_of(one).startswith(words))
        self.count += 1
        self.open(urljoin(self.address, link.attributes["href"] or ""))

    def choose(self, name: str) -> None:
        """The first thing that one can choose, where nothing is chosen yet."""
        field = self.page.css_first(f"select[name={name}]")
        if field is not None and not field.css("option[selected]:not([value=''])"):
            self.count += SELECT
            field.css("option:not([value=''])")[0].attrs["selected"] = ""

    def fill(self, name: str, value: str) -> None:
        """Type it, where nothing stands there yet."""
        field = self.page.css_first(f"input[name={name}]")
        if field is not None and not field.attributes.get("value"):
            self.count += 1
            field.attrs["value"] = value

    def press(self, words: str) -> None:
        """Click on the first button that begins so, and send its form."""
        button = next(one for one in self.page.css("button") if words_of(one).startswith(words))
        form = self.form_of(button)
        sent = {**values_of(form), str(button.attributes.get("name")): button.attributes.get("value") or ""}
        self.count += 1
        action = urljoin(self.address, button.attributes.get("formaction") or form.attributes.get("action") or "")
        self.read(self.client.post(action, sent, follow=True))

    def form_of(self, button: LexborNode) -> LexborNode:
        """The form that a button sends."""
        if name := button.attributes.get("form"):
            return self.page.css(f"form#{name}")[0]
        form = button.parent
        while form is not None and form.tag != "form":
            form = form.parent
        assert form is not None, "a button without a form"
        return form


def words_of(node: LexborNode) -> str:
    """What one reads."""
    return " ".join(node.text().split())


def values_of(form: LexborNode) -> dict[str, str]:
    """What a browser sends of a form."""
    values = {}
    for field in form.css("input[name], select[name], textarea[name]"):
        name, kind = field.attributes["name"] or "", field.attributes.get("type")
        if field.tag == "select":
            chosen = field.css_first("option[selected]")
            values[name] = chosen.attributes.get("value") or "" if chosen is not None else ""
        elif field.tag == "textarea":
            values[name] = field.text()
        elif kind not in ("checkbox", "radio") or "checked" in field.attributes:
            values[name] = field.attributes.get("value") or ""
    return values
