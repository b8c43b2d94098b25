"""The letter as HTML, for its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reporting.letter.blocks import (
    Block,
    Break,
    Bullets,
    Figure,
    Heading,
    Inline,
    Letterhead,
    Line,
    Note,
    Paragraph,
    Problem,
    Signature,
    Table,
)

UNDER = 2
"""The number of heading levels between a chapter of the letter and the page's own title."""


@dataclass(frozen=True)
class Part:
    """A piece of a page: a chapter that can be folded, or what stands outside the chapters (no title).

    Annexes start folded because they are much longer than the letter, but not if a text in one cannot be filled in.
    """

    anchor: str
    title: str
    body: SafeString
    is_open: bool
    below: Sequence[tuple[str, str]] = ()
    """Anchor and title of each heading within it."""


def render_html(blocks: Sequence[Block]) -> SafeString:
    """Blocks as HTML, with their footnotes below."""
    counted = Numbering(UNDER if any(is_chapter(one) for one in blocks) else UNDER - 1)
    return format_html("{}{}", render_blocks(blocks, counted), render_footnotes(list_footnotes(blocks)))


def split_parts(blocks: Sequence[Block]) -> list[Part]:
    """The whole letter for its own page, split into chapters; the footnotes come last."""
    counted = Numbering(UNDER)
    found = [render_chapter(number, piece, counted) for number, piece in enumerate(split_chapters(blocks), start=1)]
    below = render_footnotes(list_footnotes(blocks))
    return [*found, Part("", "", below, is_open=True)] if below else found


def split_chapters(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks by chapter; the signature is a piece of its own."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if is_chapter(block) or isinstance(block, Signature):
            found.append([])
        found[-1].append(block)
    return [piece for piece in found if piece]


def render_chapter(number: int, piece: Sequence[Block], counted: "Numbering") -> Part:
    """A chapter with its contents, as part `number` of the page."""
    first = piece[0]
    if not isinstance(first, Heading) or not is_chapter(first):
        return Part("", "", render_blocks(piece, counted), is_open=True)
    is_open = not first.new_page or any(isinstance(block, Problem) for block in piece)
    titles = [block.text for block in piece[1:] if isinstance(block, Heading)]
    below = [(anchor_of(place), title) for place, title in enumerate(titles, start=counted.headings + 1)]
    return Part(f"deel-{number}", first.text, render_blocks(piece[1:], counted), is_open, below)


def anchor_of(heading: int) -> str:
    """The anchor of the page's nth heading."""
    return f"kop-{heading}"


def is_chapter(block: Block) -> bool:
    """Whether a chapter begins here."""
    return isinstance(block, Heading) and block.level == 1


def render_blocks(blocks: Sequence[Block], counted: "Numbering") -> SafeString:
    """Blocks one after another."""
    return format_html_join("\n", "{}", ((render_block(block, counted),) for block in blocks))


def list_footnotes(blocks: Sequence[Block]) -> list[str]:
    """The footnotes, in order."""
    return [part.text for block in blocks for line in list_lines(block) for part in line if isinstance(part, Note)]


class Numbering:
    """Numbers footnotes and headings while rendering. `under`: how many levels headings go below the page's title."""

    def __init__(self, under: int) -> None:
        self.notes, self.headings, self.under = 0, 0, under

    def line(self, parts: Line) -> SafeString:
        """A line with its markup."""
        return format_html_join("", "{}", ((self.part(part),) for part in parts))

    def part(self, part: Inline) -> SafeString:
        """A run of text, a new line, or the mark of a footnote."""
        if isinstance(part, Break):
            return format_html("<br>")
        if isinstance(part, Note):
            self.notes += 1
            return format_html(
                '<sup><a class="utrecht-link" href="#noot-{0}" id="bij-noot-{0}">{0}</a></sup>', self.notes
            )
        words = format_html("<strong>{}</strong>", part.text) if part.bold else format_html("{}", part.text)
        return format_html("<em>{}</em>", words) if part.emphasis else words


def list_lines(block: Block) -> Iterator[Line]:
    """The lines of a block that can hold footnotes."""
    if isinstance(block, Paragraph):
        yield block.parts
    elif isinstance(block, Bullets):
        yield from block.items


def render_footnotes(words: Sequence[str]) -> SafeString:
    """The footnotes, each with a link back to its mark."""
    if not words:
        return SafeString("")
    items = format_html_join(
        "",
        '<li class="utrecht-ordered-list__item" id="noot-{0}">{1} <a class="utrecht-link" href="#bij-noot-{0}">↩'
        '<span class="loket-hidden"> terug naar de tekst</span></a></li>',
        enumerate(words, start=1),
    )
    return format_html('<ol class="utrecht-ordered-list letter-notes">{}</ol>', items)


@singledispatch
def render_block(block: Block, counted: Numbering) -> SafeString:
    """A block as an element."""
    raise TypeError(type(block).__name__)


@render_block.register
def _(block: Letterhead, counted: Numbering) -> SafeString:
    address = format_html_join(SafeString("<br>"), "{}", ((line,) for line in block.addressee))
    facts = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", block.facts)
    return format_html('<p class="utrecht-paragraph">{}</p><dl class="letter-facts">{}</dl>', address, facts)


@render_block.register
def _(block: Heading, counted: Numbering) -> SafeString:
    counted.headings += 1
    level, anchor = block.level + counted.under, anchor_of(counted.headings)
    return format_html('<h{0} class="utrecht-heading-{0}" id="{1}">{2}</h{0}>', level, anchor, block.text)


@render_block.register
def _(block: Paragraph, counted: Numbering) -> SafeString:
    return format_html('<p class="utrecht-paragraph">{}</p>', counted.line(block.parts))


@render_block.register
def _(block: Bullets, counted: Numbering) -> SafeString:
    tag, kind = ("ol", "ordered") if block.numbered else ("ul", "unordered")
    items = format_html_join(
        "",
        '<li class="utrecht-{}-list__item">{}</li>',
        ((kind, counted.line(item)) for item in block.items),
    )
    return format_html('<{0} class="utrecht-{1}-list">{2}</{0}>', tag, kind, items)


@render_block.register
def _(block: Table, counted: Numbering) -> SafeString:
    return SafeString(render_to_string("reporting/letter/table.html", {"table": block}))


@render_block.register
def _(block: Figure, counted: Numbering) -> SafeString:
    return SafeString(render_to_string("reporting/letter/figure.html", {"figure": block}))


@render_block.register
def _(block: Signature, counted: Numbering) -> SafeString:
    return format_html_join("", '<p class="utrecht-paragraph">{}</p>', ((line,) for line in block.lines))


@render_block.register
def _(block: Problem, counted: Numbering) -> SafeString:
    words = {"kind": "error", "text": block.text, "title": ""}
    return SafeString(render_to_string("components/notice.html", words))
