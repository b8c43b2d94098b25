"""Lines of an XLSX file, read as a stream. What it hides, merges or computes is refused, not guessed."""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from casework.file_checks import FileRefused
from casework.spreadsheets.lines import MOST_COLUMNS, Formula, Line, Lines

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
