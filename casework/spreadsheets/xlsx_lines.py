"""Lines of an XLSX file, read as a stream. Hidden sheets, merged cells and formulas are refused, not guessed at.

The structure of the workbook is checked before any of it is loaded into memory.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from casework.spreadsheets.lines import MOST_COLUMNS, Formula, Line, Lines
from casework.uploads.refusals import FileRefused

MOST_IN_A_ROW = 100_000
"""The maximum number of elements in a row or a text; Excel's widest row has some fifty thousand."""
MOST, MOST_TEXTS, DEEPEST = 3_000_000, 300_000, 100
"""Maximum elements in a part, elements in a part with cell texts, and depth: half a minute's work at worst."""
TEXT = "si"
BEGINS_ANEW = ("row", TEXT)
PIECE = 64 * 1024


class BloatedSheet(Exception):
    """The XML is of a shape that no spreadsheet program writes."""


class Shape:
    """Counts the elements of a part without keeping any; raises BloatedSheet beyond the limits."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.begin, self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.depth = self.in_row = self.number = 0
        self.most = MOST

    def begin(self, name: str, _attributes: object) -> None:
        self.depth, self.number = self.depth + 1, self.number + 1
        bare = name.rpartition(":")[2]
        self.in_row = 0 if bare in BEGINS_ANEW else self.in_row + 1
        self.most = MOST_TEXTS if bare == TEXT else self.most
        if self.in_row > MOST_IN_A_ROW or self.number > self.most or self.depth > DEEPEST:
            raise BloatedSheet

    def end(self, _name: str) -> None:
        self.depth -= 1

    def refuse(self, *_declared: object) -> None:
        """Refuse a document type: entities can blow up a small file, and no workbook declares any."""
        raise BloatedSheet


def is_bloated(archive: ZipFile) -> bool:
    """Whether a workbook is built to exhaust its reader."""
    try:
        for part in archive.infolist():
            with archive.open(part) as file:
                look_through(file)
    except BloatedSheet:
        return True
    return False


def look_through(file: IO[bytes]) -> None:
    """Count one part until it stops being XML (for an image at once). The library itself refuses broken files."""
    shape = Shape()
    try:
        while piece := file.read(PIECE):
            shape.parser.Parse(piece)
    except expat.ExpatError:
        return


MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([^\"']{1,40})[\"']")
PIECE, OVERLAP = 1024 * 1024, 200
LONGEST_FORMULA = 100
PLAIN = (str, int, float, date, time, timedelta)
Choose = Callable[[Sequence[Any]], Any]
"""Chooses the sheet to read from those of a workbook; raises FileRefused if that is unclear."""


def pick_first_sheet(sheets: Sequence[Any]) -> Any:
    """The first sheet."""
    return sheets[0]


def read_xlsx_lines(content: bytes, *, choose: Choose = pick_first_sheet) -> Lines:
    """The lines of one sheet; raises FileRefused, possibly only after the last line."""
    with refusing_damaged(), closing(open_book(content)) as book:
        refuse_hidden(book)
        sheet = choose(book.worksheets)
        sheet.reset_dimensions()  # the size that a file declares need not be true
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        for number, cells in enumerate(rows, start=1):
            yield Line(number, tuple(value_of(cell) for cell in cells))
        refuse_merged(content, sheet._worksheet_path)


@contextmanager
def refusing_damaged() -> Iterator[None]:
    """Turn any failure of the library, which a damaged file can cause, into FileRefused."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        message = _("This file is damaged on the inside. Copy the rows to our own file, and send that.")
        raise FileRefused(message) from error


def open_book(content: bytes) -> Workbook:
    """Open a workbook as a stream, with formulas as such, and without external links."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they are about layout that the library does not know and we do not need
        return load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)


def refuse_hidden(book: Workbook) -> None:
    """Raise FileRefused for a hidden sheet, of which the sender may be unaware."""
    hidden = next((sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"), None)
    if hidden is not None:
        raise FileRefused(
            _("The file has a hidden sheet: “%(sheet)s”. Show it or take it out, and send the file again.")
            % {"sheet": hidden}
        )


def value_of(cell: Any) -> object:
    """The value of a cell: text, a number, a day, or a Formula."""
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", None) or cell.value)[:LONGEST_FORMULA])
    return cell.value if isinstance(cell.value, PLAIN) else None if cell.value is None else str(cell.value)


def refuse_merged(content: bytes, part: str) -> None:
    """Raise FileRefused for merged cells, which are ambiguous. The file lists them after its rows, so check last."""
    with ZipFile(BytesIO(content)) as archive, archive.open(part) as file:
        rest = b""
        while piece := file.read(PIECE):
            found = MERGED.search(rest + piece)
            if found:
                raise FileRefused(
                    _("The cells %(cells)s are merged. Split them, give each row its own values, and send it again.")
                    % {"cells": found[1].decode("ascii", "replace")}
                )
            rest = piece[-OVERLAP:]
