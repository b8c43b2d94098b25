"""The letter for a word processor: real styles, lists, footnotes and tables; charts have alternative text."""

import io
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import singledispatch
from typing import Any, cast

import docx as package
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from casework.spreadsheets.cells import UNWRITABLE
from reporting.letter import docx_parts, pictures
from reporting.letter.blocks import (
    Block,
    Break,
    Bullets,
    Document,
    Figure,
    Heading,
    Letterhead,
    Line,
    Note,
    Paragraph,
    Problem,
    Signature,
    Table,
)
from reporting.letter.document import CONCEPT

TEXT_WIDTH = Cm(16)
ACCENT = RGBColor(0x22, 0x40, 0x5F)
CONCEPT_LINE = f"{CONCEPT} – nog niet vastgesteld"
FONT = "Arial"
SMALL, MANY = Pt(8.5), 3
"""A table with more columns than MANY has a smaller font."""
SHORT = 14
"""A table with no more rows than this stays on one page."""


def render_docx(document: Document, *, made_at: datetime) -> bytes:
    """The bytes of the DOCX."""
    made = package.Document()
    document = cast(Document, strip_control_characters(document))
    set_up(made, document, made_at=made_at)
    for block in document.blocks:
        add_block(block, made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def strip_control_characters(part: Any) -> Any:
    """Any part of the letter without the characters that XML forbids: a single one would make the file unreadable."""
    if isinstance(part, str):
        return UNWRITABLE.sub("", part)
    if isinstance(part, list | tuple):
        return [strip_control_characters(one) for one in part]
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: strip_control_characters(getattr(part, one.name)) for one in fields(part)})
    return part


def set_up(made: Docx, document: Document, *, made_at: datetime) -> None:
    """Set the page size, language, properties, styles, header and footer."""
    section = made.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    named = made.core_properties
    named.title, named.language, named.author, named.comments = document.title, "nl-NL", "Centraal Loket", ""
    named.created = named.modified = made_at.replace(tzinfo=None)
    docx_parts.set_language(made, "nl-NL")
    docx_parts.prepare_notes(made)
    set_styles(made)
    if document.concept:
        head = section.header.paragraphs[0]
        head.text, head.alignment = CONCEPT_LINE, WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("Pagina ")
    docx_parts.add_field(foot, "PAGE")
    foot.add_run(" van ")
    docx_parts.add_field(foot, "NUMPAGES")


def set_styles(made: Docx) -> None:
    """Give the styles of python-docx our font, sizes and spacing."""
    sizes = {
        "Normal": (10.5, 0, 8),
        "Title": (14, 0, 18),
        "Heading 1": (14, 20, 8),
        "Heading 2": (11.5, 14, 6),
        "Caption": (9.5, 12, 4),
        "List Bullet": (10.5, 0, 4),
        "List Number": (10.5, 0, 4),
    }
    for name, (size, before, after) in sizes.items():
        style: Any = made.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        docx_parts.set_font(style, FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name in ("Title", "Heading 1", "Heading 2", "Caption"):
            style.font.color.rgb, style.font.bold = ACCENT, True
            style.paragraph_format.keep_with_next = True
    docx_parts.without_border(made.styles["Title"])


# --- Blocks ---------------------------------------------------------------------------------------------


@singledispatch
def add_block(block: Block, made: Docx) -> None:
    """Append a block to the document."""
    raise TypeError(type(block).__name__)


@add_block.register
def _(block: Letterhead, made: Docx) -> None:
    _add_lines(made, block.addressee)
    made.add_paragraph()
    for name, value in block.facts[:-1]:
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{name}: ")
        line.add_run(value)
    made.add_paragraph(block.title, style="Title").paragraph_format.space_before = Pt(18)


@add_block.register
def _(block: Heading, made: Docx) -> None:
    heading = made.add_paragraph(block.text, style=f"Heading {block.level}")
    heading.paragraph_format.page_break_before = block.new_page


@add_block.register
def _(block: Paragraph, made: Docx) -> None:
    write_line(block.parts, made.add_paragraph())


@add_block.register
def _(block: Bullets, made: Docx) -> None:
    number = docx_parts.new_numbering(made) if block.numbered else None
    for item in block.items:
        line = made.add_paragraph(style="List Number" if block.numbered else "List Bullet")
        if number is not None:
            docx_parts.number_by(line, number)
        write_line(item, line)


@add_block.register
def _(block: Table, made: Docx) -> None:
    made.add_paragraph(block.caption, style="Caption")
    table = made.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    set_widths(table, block)
    fill_row(table.rows[0], block.head, block, bold=True)
    docx_parts.mark_header(table, caption=block.caption)
    for cells in block.rows:
        row = table.add_row()
        fill_row(row, cells, block, bold=False)
        docx_parts.keep_whole(row)
    if len(block.rows) <= SHORT:
        docx_parts.keep_together(table)
    for note in block.notes:
        line = made.add_paragraph()
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(3), Pt(3)
        line.add_run(note).font.size = Pt(9)
    made.add_paragraph()


def set_widths(table: Any, block: Table) -> None:
    """Set the width of each column: some word processors read it here, others at each cell."""
    for column, width in zip(table.columns, compute_column_widths(block), strict=True):
        column.width = width


def compute_column_widths(block: Table) -> list[Emu]:
    """The width of each column."""
    parts = block.widths or (3, *(1 for _name in block.head[1:]))
    return [Emu(int(TEXT_WIDTH * part / sum(parts))) for part in parts]


def fill_row(row: Any, words: Any, block: Table, *, bold: bool) -> None:
    """Write the cells of a row."""
    for place, (cell, word, width) in enumerate(zip(row.cells, words, compute_column_widths(block), strict=True)):
        cell.width = width
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(1)
        if place in block.numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(word)
        run.bold = bold
        if len(block.head) > MANY:
            run.font.size = SMALL


@add_block.register
def _(block: Figure, made: Docx) -> None:
    made.add_paragraph(block.caption, style="Caption")
    line = made.add_paragraph()
    picture = line.add_run().add_picture(io.BytesIO(pictures.draw_png(block.chart)), width=TEXT_WIDTH)
    docx_parts.describe_picture(picture, title=block.caption, words=f"{block.caption}. {block.alternative}")


@add_block.register
def _(block: Signature, made: Docx) -> None:
    for words in block.lines[:1]:
        made.add_paragraph(words).paragraph_format.keep_with_next = True
    for _line in range(3):
        made.add_paragraph().paragraph_format.keep_with_next = True
    _add_lines(made, block.lines[1:])


@add_block.register
def _(block: Problem, made: Docx) -> None:
    made.add_paragraph().add_run(block.text).bold = True


def _add_lines(made: Docx, lines: Any) -> None:
    """Append lines that belong together as one paragraph."""
    if lines:
        line = made.add_paragraph()
        for number, words in enumerate(lines):
            if number:
                line.add_run().add_break(WD_BREAK.LINE)
            line.add_run(words)


def write_line(parts: Line, paragraph: DocxParagraph) -> None:
    """Write a line with its markup; a footnote goes to the foot of the page."""
    for part in parts:
        if isinstance(part, Break):
            paragraph.add_run().add_break(WD_BREAK.LINE)
        elif isinstance(part, Note):
            docx_parts.add_note(paragraph, part.text)
        else:
            run = paragraph.add_run(part.text)
            run.bold, run.italic = part.bold or None, part.emphasis or None
