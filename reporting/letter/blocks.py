"""What a letter consists of, whatever it is drawn as: page, PDF and DOCX are all made from these blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from reporting.charts import Chart


@dataclass(frozen=True)
class Words:
    """A run of text."""

    text: str
    bold: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote, at the position of its mark."""

    text: str


@dataclass(frozen=True)
class Break:
    """A new line within a paragraph."""


Inline = Words | Note | Break
Line = Sequence[Inline]


@dataclass(frozen=True)
class Letterhead:
    """To whom, when, about what. Its title is the title of the document."""

    title: str
    addressee: Sequence[str]
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """A chapter (1) or a part of one (2); an annex begins a page of its own."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    parts: Line


@dataclass(frozen=True)
class Bullets:
    """A list, with bullets or with numbers."""

    items: Sequence[Line]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """Cells as they are read; `numeric` says which columns hold numbers, `widths` how wide they are to each other."""

    name: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """A chart; `alternative` tells who cannot see it what it shows, and the table holds every number of it."""

    name: str
    caption: str
    chart: Chart
    alternative: str
    table: Table


@dataclass(frozen=True)
class Signature:
    """Who signs."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Problem:
    """A text that cannot be filled in: said in its place, and such a letter is not published."""

    text: str


Block = Letterhead | Heading | Paragraph | Bullets | Table | Figure | Signature | Problem


@dataclass(frozen=True)
class Document:
    """The whole letter; `concept` marks what nobody has settled yet."""

    title: str
    blocks: Sequence[Block]
    concept: bool
    open_texts: Sequence[StrOrPromise] = ()
    """What an editor still has to fill in, or to leave empty."""

    @property
    def problems(self) -> list[str]:
        """What is wrong with its texts."""
        return [block.text for block in self.blocks if isinstance(block, Problem)]

    @property
    def figures(self) -> list[Figure]:
        """The charts, in order."""
        return [block for block in self.blocks if isinstance(block, Figure)]


def flatten_line(parts: Line) -> str:
    """A line without markup and notes."""
    return "".join(part.text if isinstance(part, Words) else " " if isinstance(part, Break) else "" for part in parts)
