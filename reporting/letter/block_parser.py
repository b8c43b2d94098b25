"""Reads filled-in texts as blocks: the light markup of letters, with footnotes, charts and tables added.

`# heading`, `## part`, `- list`, `1. list`, `**bold**`, `^[footnote]`; and on a line of its own `[figuur R05]` or
`[tabel R10]`, which stands for a chart or a table (`reporting.letter.tables`).
"""

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reporting.letter.blocks import (
    Block,
    Break,
    Bullets,
    Heading,
    Inline,
    Note,
    Paragraph,
    Problem,
    Words,
    flatten_line,
)

PARSER = (
    MarkdownIt("zero", {"html": False})
    .enable(["heading", "list", "escape", "newline", "emphasis", "balance_pairs", "fragments_join"])
    .disable("text_join")
)
"""Like the parser of letters, but an escaped character stays separate (`text_special`), so it never becomes markup."""
NOTE = re.compile(r"\^\[([^\]]+)\]")
PLACED = re.compile(r"^\[(figuur|tabel) (\w+)\]$")
Make = Callable[[str, str], Block | None]
"""Makes a chart or table from its sort ('figuur' or 'tabel') and its name; None if it has nothing to show."""


def read_blocks(body: str, *, make: Make, new_page: bool = False) -> list[Block]:
    """The blocks of a text. `new_page`: its first heading starts a new page."""
    found = [block for node in SyntaxTreeNode(PARSER.parse(body)).children for block in _read_block(node, make)]
    return [_move_to_new_page(found[0]), *found[1:]] if found and new_page else found


def find_placed_pictures(body: str) -> list[tuple[str, str]]:
    """The sort and name of each chart and table that a text places."""
    asked = (PLACED.match(line.strip()) for line in body.splitlines())
    return [(match[1], match[2]) for match in asked if match]


def _move_to_new_page(block: Block) -> Block:
    return Heading(block.level, block.text, new_page=True) if isinstance(block, Heading) else block


def _read_block(node: SyntaxTreeNode, make: Make) -> Iterator[Block]:
    if node.type == "heading":
        yield Heading(1 if node.tag == "h1" else 2, flatten_line(_read_line(node)))
    elif node.type in ("bullet_list", "ordered_list"):
        items = [_read_line(item) for item in node.children]
        yield Bullets(items, numbered=node.type == "ordered_list")
    elif node.type == "paragraph":
        yield from _read_paragraph(_read_line(node), make)


def _read_paragraph(parts: list[Inline], make: Make) -> Iterator[Block]:
    match = PLACED.match(flatten_line(parts).strip()) if len(parts) == 1 else None
    if match is None:
        yield Paragraph(parts)
        return
    try:
        if block := make(match[1], match[2]):
            yield block
    except LookupError:
        yield Problem(flatten_line(parts))


def _read_line(node: SyntaxTreeNode) -> list[Inline]:
    """Everything below a node as one line; a second paragraph or list within an item starts on a new line."""
    parts: list[Inline] = []
    for child in node.children:
        if child.type in ("paragraph", "bullet_list", "ordered_list") and parts:
            parts.append(Break())
        parts.extend(_read_line(child) if child.type in ("paragraph", "inline", "list_item") else _read_inline(child))
    return parts


def _read_inline(node: SyntaxTreeNode, *, bold: bool = False, emphasis: bool = False) -> list[Inline]:
    if node.type in ("softbreak", "hardbreak"):
        return [Break() if node.type == "hardbreak" else Words(" ")]
    if node.type == "text":
        return list(_read_words(node.content, bold=bold, emphasis=emphasis))
    if node.type == "text_special":
        return [Words(node.content, bold=bold, emphasis=emphasis)]
    bold, emphasis = bold or node.type == "strong", emphasis or node.type == "em"
    return [part for child in node.children for part in _read_inline(child, bold=bold, emphasis=emphasis)]


def _read_words(text: str, *, bold: bool, emphasis: bool) -> Iterator[Inline]:
    for number, part in enumerate(NOTE.split(text)):
        if number % 2:
            yield Note(part)
        elif part:
            yield Words(part, bold=bold, emphasis=emphasis)
