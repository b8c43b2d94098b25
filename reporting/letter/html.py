"""The letter on a page."""

from collections.abc import Iterator, Sequence
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
"""A chapter of the letter stands so many levels below the page's own title."""


def render(blocks: Sequence[Block]) -> SafeString:
    """Blocks as HTML, with their footnotes below."""
    notes = [part.text for block in blocks for line in lines(block) for part in line if isinstance(part, Note)]
    counted = Counted(UNDER if any(isinstance(one, Heading) and one.level == 1 for one in blocks) else UNDER - 1)
    body = format_html_join("\n", "{}", ((element(block, counted),) for block in blocks))
    return format_html("{}{}", body, footnotes(notes))


class Counted:
    """Numbers the footnotes, and draws a line of text; a part shown without its chapter moves one level up."""

    def __init__(self, under: int) -> None:
        self.notes, self.under = 0, under

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


def lines(block: Block) -> Iterator[Line]:
    """The lines of a block that can hold footnotes."""
    if isinstance(block, Paragraph):
        yield block.parts
    elif isinstance(block, Bullets):
        yield from block.items


def footnotes(notes: Sequence[str]) -> SafeString:
    """The notes, each with a way back."""
    if not notes:
        return SafeString("")
    items = format_html_join(
        "",
        '<li class="utrecht-ordered-list__item" id="noot-{0}">{1} <a class="utrecht-link" href="#bij-noot-{0}">↩'
        '<span class="loket-hidden"> terug naar de tekst</span></a></li>',
        enumerate(notes, start=1),
    )
    return format_html('<ol class="utrecht-ordered-list letter-notes">{}</ol>', items)


@singledispatch
def element(block: Block, counted: Counted) -> SafeString:
    """A block as an element."""
    raise TypeError(type(block).__name__)


@element.register
def _(block: Letterhead, counted: Counted) -> SafeString:
    address = format_html_join(SafeString("<br>"), "{}", ((line,) for line in block.addressee))
    facts = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", block.facts)
    return format_html('<p class="utrecht-paragraph">{}</p><dl class="letter-facts">{}</dl>', address, facts)


@element.register
def _(block: Heading, counted: Counted) -> SafeString:
    return format_html('<h{0} class="utrecht-heading-{0}">{1}</h{0}>', block.level + counted.under, block.text)


@element.register
def _(block: Paragraph, counted: Counted) -> SafeString:
    return format_html('<p class="utrecht-paragraph">{}</p>', counted.line(block.parts))


@element.register
def _(block: Bullets, counted: Counted) -> SafeString:
    tag, kind = ("ol", "ordered") if block.numbered else ("ul", "unordered")
    items = format_html_join(
        "",
        '<li class="utrecht-{}-list__item">{}</li>',
        ((kind, counted.line(item)) for item in block.items),
    )
    return format_html('<{0} class="utrecht-{1}-list">{2}</{0}>', tag, kind, items)


@element.register
def _(block: Table, counted: Counted) -> SafeString:
    return SafeString(render_to_string("reporting/letter/table.html", {"table": block}))


@element.register
def _(block: Figure, counted: Counted) -> SafeString:
    return SafeString(render_to_string("reporting/letter/figure.html", {"figure": block}))


@element.register
def _(block: Signature, counted: Counted) -> SafeString:
    return format_html_join("", '<p class="utrecht-paragraph">{}</p>', ((line,) for line in block.lines))


@element.register
def _(block: Problem, counted: Counted) -> SafeString:
    words = {"kind": "error", "text": block.text, "title": ""}
    return SafeString(render_to_string("components/notice.html", words))
