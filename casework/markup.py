"""The light markup of letter texts: paragraphs, `## heading`, `- list`, `**bold**`, tables with `|`. Nothing else is.

One parser serves the page and the PDF, so that both say the same. Raw HTML, images and links are plain text here; only
an address of this site itself becomes a link, so nobody can lead a reader elsewhere through a letter of ours.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Node = dict[str, Any]
"""`kind`, and either `text` or `children`; a link has its address in `text` too."""

PARSER = MarkdownIt("zero", {"html": False}).enable(
    ["heading", "list", "table", "escape", "newline", "emphasis", "balance_pairs", "fragments_join", "text_join"]
)
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
AROUND = ("inline", "thead", "tbody")
"""What only holds others together."""

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
    """The text as a list of nodes that HTML and Typst both build on: it holds words, never code."""
    return list(_walk_children(SyntaxTreeNode(PARSER.parse(body))))


def render_markup(body: str, *, heading: int = 2) -> SafeString:
    """The text as HTML for a page whose title stands one level above `heading`."""
    return _join_html(parse_markup(body), heading)


def _walk_children(parent: SyntaxTreeNode) -> Iterator[Node]:
    """Its children as our nodes; what has no words in it is left out."""
    for node in parent.children:
        if node.type in AROUND or (node.type == "paragraph" and node.hidden):  # hidden: in a list without blank lines
            yield from _walk_children(node)
        elif node.type == "text":
            yield from _split_words(node.content)
        elif KINDS[node.type] == "break":
            yield {"kind": "break", "text": ""}
        elif children := list(_walk_children(node)):
            yield {"kind": KINDS[node.type], "children": children}


def _split_words(text: str) -> Iterator[Node]:
    """Plain words, and the addresses of this site between them."""
    start = 0
    for match in URL.finditer(text):
        if match[0] == settings.SITE_URL or match[0].startswith(f"{settings.SITE_URL}/"):
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
