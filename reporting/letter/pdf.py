"""The letter as a tagged PDF (PDF/UA-1): language, title, headings, header cells, alternative text of charts."""

import json
from datetime import datetime
from functools import cache, singledispatch
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
import typst

from reporting.letter import pictures
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
from reporting.letter.wording import DUTCH

log = structlog.get_logger("loket.letters")

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
ONE_AT_A_TIME = Lock()  # a compiler caches its last document for speed, so it serves one thread at a time
ATTEMPTS = ((False, True), (True, True), (True, False))
"""Whether to use the machine's fonts too, and whether to claim PDF/UA-1; as in `casework.letter_pdfs`."""

Data = dict[str, Any]


def render_pdf(document: Document, *, made_at: datetime) -> bytes:
    """The bytes of the PDF; the same document at the same moment gives the same bytes."""
    data = {
        "title": document.title,
        "language": DUTCH,
        "concept": document.concept,
        "blocks": [as_data(block) for block in document.blocks],
    }
    for machine_fonts, sealed in ATTEMPTS[:-1]:
        try:
            return _compile_once(data, made_at, machine_fonts, sealed)
        except typst.TypstError as error:
            log.info("other_fonts_needed", template="letter to parliament", reason=str(error)[:200])
    return _compile_once(data, made_at, *ATTEMPTS[-1])


def _compile_once(data: Data, made_at: datetime, machine_fonts: bool, sealed: bool) -> bytes:
    with ONE_AT_A_TIME:
        made = _make_compiler(machine_fonts).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"] if sealed else [],
            timestamp=int(made_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"one PDF was expected, not {type(made).__name__}")
    return made


@cache
def _make_compiler(machine_fonts: bool) -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=typst.Fonts(include_system_fonts=machine_fonts))


# --- Blocks as the template reads them: strings and numbers, never Typst --------------------------------


@singledispatch
def as_data(block: Block) -> Data:
    """A block as JSON-ready data."""
    raise TypeError(type(block).__name__)


@as_data.register
def _(block: Letterhead) -> Data:
    return {"kind": "letterhead", "title": block.title, "addressee": block.addressee, "facts": block.facts}


@as_data.register
def _(block: Heading) -> Data:
    return {"kind": "heading", "level": block.level, "text": block.text, "new_page": block.new_page}


@as_data.register
def _(block: Paragraph) -> Data:
    return {"kind": "paragraph", "parts": dump_line(block.parts)}


@as_data.register
def _(block: Bullets) -> Data:
    return {"kind": "numbered" if block.numbered else "list", "items": [dump_line(item) for item in block.items]}


@as_data.register
def _(block: Table) -> Data:
    widths = block.widths or (3, *(1 for _name in block.head[1:]))
    return {
        "kind": "table",
        "caption": block.caption,
        "head": block.head,
        "rows": block.rows,
        "numeric": sorted(block.numeric),
        "widths": widths,
        "notes": block.notes,
        "narrow": len(block.head) <= NARROW and len(block.rows) > LONG,
    }


NARROW, LONG = 3, 24
"""A table with at most NARROW columns and more than LONG rows is set in newspaper columns, to save pages."""


@as_data.register
def _(block: Figure) -> Data:
    return {
        "kind": "figure",
        "caption": block.caption,
        "svg": pictures.draw_svg(block.chart),
        "alternative": f"{block.caption}. {block.alternative}",
    }


@as_data.register
def _(block: Signature) -> Data:
    return {"kind": "signature", "lines": block.lines}


@as_data.register
def _(block: Problem) -> Data:
    return {"kind": "problem", "text": block.text}


def dump_line(parts: Line) -> list[Data]:
    """A line as JSON-ready data."""
    return [_dump_part(part) for part in parts]


def _dump_part(part: Any) -> Data:
    if isinstance(part, Break):
        return {"kind": "break"}
    if isinstance(part, Note):
        return {"kind": "note", "text": part.text}
    return {"kind": "text", "text": part.text, "bold": part.bold, "emphasis": part.emphasis}
