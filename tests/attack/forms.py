"""The forms of a page as a program sees them: where they go and what they ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

LEAVES = ("logout", "/i18n/")
"""Forms that end the visit, or only choose a language."""
FIELDS = "input[name], select[name], textarea[name], button[name]"


@dataclass(frozen=True)
class Form:
    """`fields` with what the page has filled in; `files` are those that take one."""

    action: str
    fields: dict[str, str]
    files: tuple[str, ...]

    @property
    def sort(self) -> tuple[str, ...]:
        """Two forms that ask the same are one sort, whatever the case."""
        return tuple(sorted((*self.fields, *self.files)))


def forms_of(html: bytes, page: str) -> Iterator[Form]:
    """Those that change something."""
    for form in LexborHTMLParser(html).css("form"):
        action = urljoin(page, form.attributes.get("action") or page)
        if (form.attributes.get("method") or "").lower() == "post" and not any(word in action for word in LEAVES):
            yield Form(action, *asked(form.css(FIELDS)))


def asked(nodes: list[LexborNode]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields with their values, and the fields for files."""
    files = tuple(str(node.attributes["name"]) for node in nodes if node.attributes.get("type") == "file")
    fields = {str(node.attributes["name"]): node.attributes.get("value") or "" for node in nodes}
    return {name: value for name, value in fields.items() if name not in files}, files
