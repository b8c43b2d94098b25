"""The light markup of the answers: that of letters, tables, and links to pages and questions of this site alone.

`[the prices](page:prices)` and `[the fine](topic:hoogte-boete)` become links. Any other address stays plain text, so no
text can lead a reader elsewhere. Raw HTML is plain text too.
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
"""With the heading of its column in each cell: on a phone a row is a card."""
TABLE_BLOCK = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n((?:\|.*\|(?:\n|$))+)", re.MULTILINE)


class _Parser(MarkdownIt):
    """Without HTML, and with our own two sorts of links only."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False})
        self.enable(["heading", "list", "table", "escape", "newline", "emphasis", "link"])
        self.enable(["balance_pairs", "fragments_join", "text_join"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the library's name
        """Whether markup makes a link of it."""
        return TARGET.fullmatch(url) is not None


PARSER = _Parser()


def address(target: str) -> str:
    """Where `page:prices` or `topic:kosten` is; empty where the site has no such page."""
    found = TARGET.fullmatch(target)
    if found is None:
        return ""
    sort, name = found.groups()
    try:
        return reverse(name) if sort == "page" else reverse("topic", args=[name])
    except NoReverseMatch:
        return ""


def html(text: str, *, heading: int = 2) -> SafeString:
    """The text as HTML for a page whose title stands one level above `heading`."""
    return _joined(_tree(text), heading)


def plain(text: str) -> str:
    """Its words alone, a block a line: for mails, search and whoever reads no markup."""
    return "\n".join(filter(None, (_words(block).strip() for block in _blocks(_tree(text)))))


def without_tables(text: str) -> str:
    """The text with each row of a table as an item of a list: for mails and whoever shows no tables.

    The first cells name what the last one tells: `| Truck | 2017 | until 2027 |` is `- Truck, 2017: until 2027`.
    """
    return TABLE_BLOCK.sub(lambda found: "\n".join(map(_item, found[1].strip().split("\n"))) + "\n", text)


def _item(row: str) -> str:
    *names, told = (cell.strip() for cell in row.strip().strip("|").split("|"))
    return f"- {', '.join(names)}: {told}"


def lead(text: str) -> str:
    """The words of its first paragraph."""
    first = next((node for node in _tree(text).children if node.type == "paragraph"), None)
    return _words(first).strip() if first else ""


def targets(text: str) -> list[str]:
    """Where its links lead, as written: page:prices."""
    links = (node for node in _tree(text).walk() if node.type == "link")
    return list(dict.fromkeys(str(node.attrs["href"]) for node in links))


def _tree(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(PARSER.parse(text))


def _blocks(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    if any(child.type == "inline" for child in node.children):
        yield node
    else:
        for child in node.children:
            yield from _blocks(child)


def _words(node: SyntaxTreeNode) -> str:
    if node.type == "text":
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_words(child) for child in node.children)


def _heading_of(cell: SyntaxTreeNode) -> str:
    """The words above the column of a cell: table > body > row > cell."""
    row = cell.parent
    table = row and row.parent and row.parent.parent
    if not row or not table:
        return ""
    headings = table.children[0].children[0].children
    return _words(headings[row.children.index(cell)])


def _joined(node: SyntaxTreeNode, heading: int) -> SafeString:
    return format_html_join("", "{}", ((_element(child, heading),) for child in node.children))


def _element(node: SyntaxTreeNode, heading: int) -> SafeString:
    if node.type == "text":
        return format_html("{}", node.content)
    inside = _joined(node, heading)
    if node.type == "inline" or node.hidden:  # hidden: a paragraph of a list without white lines
        return inside
    if node.type == "link":
        url = address(str(node.attrs["href"]))
        return format_html(LINK, url, inside) if url else inside
    if node.type in TABLE:
        return format_html(TABLE[node.type], inside, label=_heading_of(node) if node.type == "td" else "")
    return format_html(HTML[KINDS[node.type]], inside, level=heading)
