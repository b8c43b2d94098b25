"""The files of a letter. Those of a draft say CONCEPT, in a way that suits the format."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.styles import Font

from reporting.comparison import since_opening
from reporting.letter import docx, pdf
from reporting.letter.blocks import Document
from reporting.letter.document import CONCEPT
from reporting.letter.numbers import Reports
from reporting.letter.wording import DUTCH
from reporting.report import Report
from reporting.report_files import FORMATS as SHEETS

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARK = f"{CONCEPT}: nog niet vastgesteld"
OF_ALL = "total."
"""Prefix of the files with the numbers since the opening, next to those with the numbers of the period."""


@dataclass(frozen=True)
class LetterFiles:
    """Everything that the files of a letter are made from."""

    document: Document
    reports: Reports
    at: datetime


def as_pdf(made: LetterFiles) -> bytes:
    """The letter, to read and to print."""
    return pdf.render_pdf(made.document, made_at=made.at)


def as_docx(made: LetterFiles) -> bytes:
    """The letter, to edit further in a word processor."""
    return docx.render_docx(made.document, made_at=made.at)


def choose_workbook(name: str, *, whole: bool) -> Callable[[LetterFiles], bytes]:
    """A function that makes the numbers' file, for the period or (`whole`) for everything since the opening."""

    def make(made: LetterFiles) -> bytes:
        report: Report = made.reports.cumulative if whole else made.reports.current
        content = SHEETS[name][0](report)
        return MARKS[name](content) if made.document.concept else content

    return make


def mark_json(content: bytes) -> bytes:
    """Mark JSON as a draft: an extra `status` before all other names."""
    return (json.dumps({"status": MARK, **json.loads(content)}, ensure_ascii=False, indent=1) + "\n").encode()


def mark_csv(content: bytes) -> bytes:
    """Mark CSV as a draft: a line above the header."""
    return f"{MARK}\r\n".encode() + content


def mark_xlsx(content: bytes) -> bytes:
    """Mark a workbook as a draft: an extra first sheet, and a header on each printed page."""
    book = load_workbook(io.BytesIO(content))
    for one in book.worksheets:
        if one.oddHeader is not None:
            one.oddHeader.right.text = MARK
    cover = book.create_sheet(CONCEPT, 0)
    cover["A1"], cover["A1"].font = MARK, Font(bold=True, size=16)
    book.active = 0
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


MARKS: dict[str, Callable[[bytes], bytes]] = {"json": mark_json, "csv": mark_csv, "xlsx": mark_xlsx}
FORMATS: dict[str, tuple[Callable[[LetterFiles], bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, DOCX_TYPE),
    **{name: (choose_workbook(name, whole=False), SHEETS[name][1]) for name in MARKS},
    **{f"{OF_ALL}{name}": (choose_workbook(name, whole=True), SHEETS[name][1]) for name in MARKS},
}
"""By file name: the function that makes the bytes, and their media type."""


def list_formats(reports: Reports) -> list[str]:
    """The files of a letter; without a second set of numbers if its period already goes back to the opening."""
    same = since_opening(reports.period) == reports.period
    return [name for name in FORMATS if not (same and name.startswith(OF_ALL))]


def make_file(name: str, made: LetterFiles) -> bytes:
    """The bytes of one file, in Dutch."""
    with override(DUTCH):
        return FORMATS[name][0](made)
