"""The light markup of answers: that of letters, plus tables and links to pages and questions of this site.

`[the prices](page:prices)` and `[the fine](topic:hoogte-boete)` become links. Any other URL stays plain text, so that a
text cannot lead readers elsewhere; so does raw HTML.
"""

import re
from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from casework.markup import HTML, KINDS

TARGET = re.compile(r"(page|topic):([a-z0-9_-]{1,60})")
LINK = '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>'
TABLE = {
    "table": '<table class="utrecht-table loket-table loket-rows">{}</table>',
    "thead": '<thead class="utrecht-table__header">{}</thead>',
    "tbody": '<tbody class="utrecht-table__body">{}</tbody>',
    "tr": '<tr class="utrecht-table__row">{}</tr>',
    "th": '<th class="utrecht-table__header-cell" scope="col">{}</th>',
    "td": '<td class="utrecht-table__cell" data-label="{label}">{}</td>',
}
"""Each cell repeats its column's heading, because on a phone each row becomes a card."""
TABLE_BLOCK = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n((?:\|.*\|(?:\n|$))+)", re.MULTILINE)


class _Parser(MarkdownIt):
    """Without HTML, and with links of our two types only."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False})
        self.enable(["heading", "list", "table", "escape", "newline", "emphasis", "link"])
        self.enable(["balance_pairs", "fragments_join", "text_join"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the library's name
        """Whether a link is rendered as one."""
        return TARGET.fullmatch(url) is not None


PARSER = _Parser()


def resolve_link(target: str) -> str:
    """The URL for `page:prices` or `topic:kosten`; empty if the site has no such page."""
    found = TARGET.fullmatch(target)
    if found is None:
        return ""
    sort, name = found.groups()
    try:
        return reverse(name) if sort == "page" else reverse("topic", args=[name])
    except NoReverseMatch:
        return ""


def render_markup(text: str, *, heading: int = 2) -> SafeString:
    """Render as HTML, for a page whose title is one level above `heading`."""
    return _join_html(_parse_markup(text), heading)


def render_plain_words(text: str) -> str:
    """The words without markup, one line per block: for mails, search and screen readers."""
    return "\n".join(filter(None, (_join_words(block).strip() for block in _walk_text_blocks(_parse_markup(text)))))


def without_tables(text: str) -> str:
    """The text with each table row as a list item, for mails and readers without tables.

    The first cells become the label of the last: `| Truck | 2017 | until 2027 |` becomes `- Truck, 2017: until 2027`.
    """
    return TABLE_BLOCK.sub(lambda found: "\n".join(map(_write_list_item, found[1].strip().split("\n"))) + "\n", text)


def _write_list_item(row: str) -> str:
    *names, told = (cell.strip() for cell in row.strip().strip("|").split("|"))
    return f"- {', '.join(names)}: {told}"


def extract_lead(text: str) -> str:
    """The words of the first paragraph."""
    first = next((node for node in _parse_markup(text).children if node.type == "paragraph"), None)
    return _join_words(first).strip() if first else ""


def list_link_targets(text: str) -> list[str]:
    """The targets of its links as written, such as `page:prices`."""
    links = (node for node in _parse_markup(text).walk() if node.type == "link")
    return list(dict.fromkeys(str(node.attrs["href"]) for node in links))


def _parse_markup(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(PARSER.parse(text))


def _walk_text_blocks(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    if any(child.type == "inline" for child in node.children):
        yield node
    else:
        for child in node.children:
            yield from _walk_text_blocks(child)


def _join_words(node: SyntaxTreeNode) -> str:
    if node.type == "text":
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_join_words(child) for child in node.children)


def _heading_of(cell: SyntaxTreeNode) -> str:
    """The heading of a cell's column: table > body > row > cell."""
    row = cell.parent
    table = row and row.parent and row.parent.parent
    if not row or not table:
        return ""
    headings = table.children[0].children[0].children
    return _join_words(headings[row.children.index(cell)])


def _join_html(node: SyntaxTreeNode, heading: int) -> SafeString:
    return format_html_join("", "{}", ((_render_element(child, heading),) for child in node.children))


def _render_element(node: SyntaxTreeNode, heading: int) -> SafeString:
    if node.type == "text":
        return format_html("{}", node.content)
    inside = _join_html(node, heading)
    if node.type == "inline" or node.hidden:  # hidden: the paragraphs of a list without blank lines
        return inside
    if node.type == "link":
        url = resolve_link(str(node.attrs["href"]))
        return format_html(LINK, url, inside) if url else inside
    if node.type in TABLE:
        return format_html(TABLE[node.type], inside, label=_heading_of(node) if node.type == "td" else "")
    return format_html(HTML[KINDS[node.type]], inside, level=heading)
