"""Lines of an XLSX file, read as a stream. What it hides, merges or computes is refused, not guessed."""

import re
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from exemptions.filing.uploads import FileRefused
from reporting.returns.lines import MOST_COLUMNS, Formula, Line, Lines

SHEET_NAME = "Opgaven"
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([^\"']{1,40})[\"']")
PIECE, OVERLAP = 1024 * 1024, 200
PLAIN = (str, int, float, date, time, timedelta)


def lines(content: bytes, *, sheet_name: str = SHEET_NAME, by_name_only: bool = False) -> Lines:
    """The lines of one sheet; raises FileRefused where it is not to be read.

    A file with a single sheet means that one, however it is called, unless `by_name_only`.
    """
    with damaged_in_words(), closing(open_book(content)) as book:
        sheet: Any = the_sheet(book, sheet_name, by_name_only=by_name_only)
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
        raise FileRefused(
            _("This file is damaged on the inside. Copy the rows to our own spreadsheet, and send that.")
        ) from error


def open_book(content: bytes) -> Workbook:
    """As a stream, with its formulas as such, and without what lies in other files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about layout that the library does not know, and we do not need
        return load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)


def the_sheet(book: Workbook, name: str, *, by_name_only: bool) -> Any:
    """That with our name, or the only one; a hidden one is refused, for its sender may not know of it."""
    sheets = book.worksheets
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    if hidden:
        raise FileRefused(
            _("The file has a hidden sheet: “%(sheet)s”. Show it or take it out, and send the file again.")
            % {"sheet": hidden[0]}
        )
    ours = [sheet for sheet in sheets if sheet.title.strip().lower() == name.lower()]
    if ours or (len(sheets) == 1 and not by_name_only):
        return (ours or sheets)[0]
    if by_name_only:
        raise FileRefused(
            _("The sheet “%(name)s” is missing. Use our spreadsheet; leave empty what you do not have.")
            % {"name": name}
        )
    raise FileRefused(
        _("We do not know which sheet to read. Call the sheet with the returns “%(name)s”.") % {"name": name}
    )


def value_of(cell: Any) -> object:
    """What a cell holds: words, a number, a day, or a formula."""
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", None) or cell.value)[:100])
    return cell.value if isinstance(cell.value, PLAIN) else None if cell.value is None else str(cell.value)


def refuse_merged(content: bytes, part: str) -> None:
    """Merged cells say one thing in several places. They stand behind the rows, so they are looked for last."""
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
