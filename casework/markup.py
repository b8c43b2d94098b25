"""The light markup of letters: paragraphs, `## heading`, `- list`, `**bold**` and tables with `|`. Nothing else.

Page and PDF share one parser and therefore say the same. Raw HTML, images and links stay plain text; only URLs of this
site become links, so that a letter of ours cannot lead readers elsewhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

Node = dict[str, Any]
"""Has `kind`, and either `text` or `children`; the `text` of a link is its URL."""

PARSER = MarkdownIt("zero", {"html": False}).enable(
    ["heading", "list", "table", "escape", "newline", "emphasis", "balance_pairs", "fragments_join", "text_join"]
)
BETWEEN = re.compile(r"\n[ \t]*\n(?=[^\s\-+*\d])")
"""A blank line that ends every block: what follows neither continues a list nor is indented."""
PARTS_KEPT = 200
URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")

KINDS = {
    "paragraph": "paragraph",
    "heading": "heading",
    "bullet_list": "list",
    "ordered_list": "numbered",
    "list_item": "item",
    "table": "table",
    "tr": "row",
    "th": "header",
    "td": "cell",
    "strong": "bold",
    "em": "emphasis",
    "softbreak": "break",
    "hardbreak": "break",
}
AROUND = ("thead", "tbody")
"""Elements that only wrap others."""

HTML = {
    "paragraph": '<p class="utrecht-paragraph">{}</p>',
    "heading": '<h{level} class="utrecht-heading-{level}">{}</h{level}>',
    "list": '<ul class="utrecht-unordered-list">{}</ul>',
    "numbered": '<ol class="utrecht-ordered-list">{}</ol>',
    "item": '<li class="utrecht-unordered-list__item">{}</li>',
    "table": '<table class="utrecht-table loket-table loket-letter-table">{}</table>',
    "row": "<tr>{}</tr>",
    "header": '<th scope="col">{}</th>',
    "cell": "<td>{}</td>",
    "bold": "<strong>{}</strong>",
    "emphasis": "<em>{}</em>",
    "break": "<br>{}",
    "link": '<a class="utrecht-link" href="{0}">{0}</a>',
    "text": "{}",
}


def parse_markup(body: str) -> list[Node]:
    """Parse a text into nodes, from which both HTML and Typst are made. They contain words, never code."""
    return [node for part in BETWEEN.split(body) for node in _parse_part(part, settings.SITE_URL)]


def render_markup(body: str, *, heading: int = 2) -> SafeString:
    """Render as HTML, for a page whose title is one level above `heading`."""
    return _join_html(parse_markup(body), heading)


@lru_cache(maxsize=PARTS_KEPT)
def _parse_part(part: str, site: str) -> tuple[Node, ...]:
    """The nodes of some blocks; cached, as letters share many paragraphs. Callers must not modify them."""
    return tuple(_build_nodes(iter(PARSER.parse(part)), site))


def _build_nodes(tokens: Iterator[Token], site: str) -> Iterator[Node]:
    """Nodes for the tokens up to the end of the enclosing element."""
    for token in tokens:
        kind = token.type.removesuffix("_open")
        if token.nesting < 0:
            return
        if kind == "text":
            yield from _split_words(token.content, site)
        elif kind == "inline":
            yield from _build_nodes(iter(token.children or ()), site)
        elif token.nesting == 0:
            yield {"kind": KINDS[kind], "text": ""}
        elif kind in AROUND or token.hidden:  # hidden: the paragraphs of a list without blank lines
            yield from _build_nodes(tokens, site)
        elif children := list(_build_nodes(tokens, site)):
            yield {"kind": KINDS[kind], "children": children}


def _split_words(text: str, site: str) -> Iterator[Node]:
    """Split a text into plain words and links, which are the URLs of this site."""
    start = 0
    for match in URL.finditer(text):
        if match[0] == site or match[0].startswith(f"{site}/"):
            yield from _make_plain_node(text[start : match.start()])
            yield {"kind": "link", "text": match[0]}
            start = match.end()
    yield from _make_plain_node(text[start:])


def _make_plain_node(text: str) -> Iterator[Node]:
    if text:
        yield {"kind": "text", "text": text}


def _join_html(nodes: list[Node], heading: int) -> SafeString:
    return format_html_join("", "{}", ((_render_element(node, heading),) for node in nodes))


def _render_element(node: Node, heading: int) -> SafeString:
    inside = _join_html(node["children"], heading) if "children" in node else node["text"]
    return format_html(HTML[node["kind"]], inside, level=heading)
