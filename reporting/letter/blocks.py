"""The blocks of a letter, independent of its format: page, PDF and DOCX are all made from them."""

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
    """Addressee, date and subject. Its title is the title of the document."""

    title: str
    addressee: Sequence[str]
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """The heading of a chapter (level 1) or of a part of one (level 2); an annex starts on a new page."""

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
    """Cells as people read them. `numeric`: the indexes of columns with numbers; `widths`: relative to each other."""

    name: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """A chart. `alternative` says what it shows to those who cannot see it; `table` has every number in it."""

    name: str
    caption: str
    chart: Chart
    alternative: str
    table: Table


@dataclass(frozen=True)
class Signature:
    """The lines with the signature."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Problem:
    """A text that cannot be filled in: the reason stands in its place, and such a letter is not published."""

    text: str


Block = Letterhead | Heading | Paragraph | Bullets | Table | Figure | Signature | Problem


@dataclass(frozen=True)
class Document:
    """The whole letter; `concept` marks a draft that is not adopted yet."""

    title: str
    blocks: Sequence[Block]
    concept: bool
    open_texts: Sequence[StrOrPromise] = ()
    """The texts that an editor still has to fill in, or to leave empty."""

    @property
    def problems(self) -> list[str]:
        """The reasons why texts cannot be filled in."""
        return [block.text for block in self.blocks if isinstance(block, Problem)]

    @property
    def figures(self) -> list[Figure]:
        """The charts, in order."""
        return [block for block in self.blocks if isinstance(block, Figure)]


def flatten_line(parts: Line) -> str:
    """The text of a line, without markup and notes."""
    return "".join(part.text if isinstance(part, Words) else " " if isinstance(part, Break) else "" for part in parts)
