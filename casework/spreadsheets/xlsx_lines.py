"""Lines of an XLSX file, read as a stream. What it hides, merges or computes is refused, not guessed.

Whether its inside has the shape of a workbook is asked before any of it is kept in memory.
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
"""Elements between the beginnings of two rows, or of two texts: the widest row of Excel has some fifty thousand."""
MOST, MOST_TEXTS, DEEPEST = 3_000_000, 300_000, 100
"""Elements in one part, in one that holds the texts of the cells, and in each other: half a minute at the worst."""
TEXT = "si"
BEGINS_ANEW = ("row", TEXT)
PIECE = 64 * 1024


class BloatedSheet(Exception):
    """No spreadsheet program writes this."""


class Shape:
    """Counts what begins and ends in a part, and keeps nothing of it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.begin, self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.depth = self.in_row = self.number = 0
        self.most = MOST

    def begin(self, name: str, _attributes: object) -> None:
        """One element more."""
        self.depth, self.number = self.depth + 1, self.number + 1
        bare = name.rpartition(":")[2]
        self.in_row = 0 if bare in BEGINS_ANEW else self.in_row + 1
        self.most = MOST_TEXTS if bare == TEXT else self.most
        if self.in_row > MOST_IN_A_ROW or self.number > self.most or self.depth > DEEPEST:
            raise BloatedSheet

    def end(self, _name: str) -> None:
        """One that is over."""
        self.depth -= 1

    def refuse(self, *_declared: object) -> None:
        """Entities make much of little, and no workbook declares any."""
        raise BloatedSheet


def is_bloated(archive: ZipFile) -> bool:
    """Whether a workbook is made to harm its reader."""
    try:
        for part in archive.infolist():
            with archive.open(part) as file:
                look_through(file)
    except BloatedSheet:
        return True
    return False


def look_through(file: IO[bytes]) -> None:
    """One part, up to where it stops being XML (an image: at once). Broken files are refused by the library itself."""
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
"""Which sheet to read, of all in a workbook; raises FileRefused if that is not clear."""


def pick_first_sheet(sheets: Sequence[Any]) -> Any:
    """The sheet that somebody sees who opens the file."""
    return sheets[0]


def read_xlsx_lines(content: bytes, *, choose: Choose = pick_first_sheet) -> Lines:
    """The lines of one sheet; raises FileRefused if it is not to be read."""
    with damaged_in_words(), closing(open_book(content)) as book:
        refuse_hidden(book)
        sheet = choose(book.worksheets)
        sheet.reset_dimensions()  # what a file says of its size need not be true
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        for number, cells in enumerate(rows, start=1):
            yield Line(number, tuple(value_of(cell) for cell in cells))
        refuse_merged(content, sheet._worksheet_path)


@contextmanager
def damaged_in_words() -> Iterator[None]:
    """A file that is broken on the inside can make the library fail in any way; the reader gets one sentence."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        message = _("This file is damaged on the inside. Copy the rows to our own file, and send that.")
        raise FileRefused(message) from error


def open_book(content: bytes) -> Workbook:
    """As a stream, with its formulas as such, and without external links."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about layout that the library does not know, and we do not need
        return load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)


def refuse_hidden(book: Workbook) -> None:
    """Its sender may not know of a hidden sheet."""
    hidden = next((sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"), None)
    if hidden is not None:
        raise FileRefused(
            _("The file has a hidden sheet: “%(sheet)s”. Show it or take it out, and send the file again.")
            % {"sheet": hidden}
        )


def value_of(cell: Any) -> object:
    """What a cell holds: words, a number, a day, or a formula."""
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", None) or cell.value)[:LONGEST_FORMULA])
    return cell.value if isinstance(cell.value, PLAIN) else None if cell.value is None else str(cell.value)


def refuse_merged(content: bytes, part: str) -> None:
    """Merged cells say one thing in several places. They come after the rows, so they are looked for last."""
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
