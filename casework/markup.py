"""The light markup of letter texts: paragraphs, `## heading`, `- list`, `**bold**`, tables with `|`. Nothing else.

Page and PDF share one parser, so that they say the same. Raw HTML, images and links are plain text; only URLs of this
site become links, so that nobody can lead a reader elsewhere through a letter of ours.
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
"""Has `kind`, and either `text` or `children`; a link has its URL as `text`."""

PARSER = MarkdownIt("zero", {"html": False}).enable(
    ["heading", "list", "table", "escape", "newline", "emphasis", "balance_pairs", "fragments_join", "text_join"]
)
BETWEEN = re.compile(r"\n[ \t]*\n(?=[^\s\-+*\d])")
"""A blank line that ends every block, because what follows neither continues a list nor is indented."""
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
"""Elements that only group others."""

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
    """The text as nodes from which both HTML and Typst are made; they contain words, never code."""
    return [node for part in BETWEEN.split(body) for node in _parse_part(part, settings.SITE_URL)]


def render_markup(body: str, *, heading: int = 2) -> SafeString:
    """The text as HTML for a page whose title stands one level above `heading`."""
    return _join_html(parse_markup(body), heading)


@lru_cache(maxsize=PARTS_KEPT)
def _parse_part(part: str, site: str) -> tuple[Node, ...]:
    """The nodes of some blocks, cached because letters have much in common. Callers must not change them."""
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
        elif kind in AROUND or token.hidden:  # hidden: a paragraph in a list without blank lines
            yield from _build_nodes(tokens, site)
        elif children := list(_build_nodes(tokens, site)):
            yield {"kind": KINDS[kind], "children": children}


def _split_words(text: str, site: str) -> Iterator[Node]:
    """Plain text, and links for the URLs of this site within it."""
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
