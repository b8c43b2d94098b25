"""Lines of a CSV file: separated by semicolons, commas or tabs, in the encodings that Excel writes."""

import codecs
import csv
import io
from itertools import chain

from django.utils.translation import gettext as _

from casework.spreadsheets.cells import plain_text
from casework.spreadsheets.lines import MOST_COLUMNS, Line, Lines
from casework.uploads.refusals import FileRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (";", ",", "\t")
SAYS_SEPARATOR = "sep="
"""The start of a line that Excel writes for itself, before the header."""
LONGEST_HEADER = 10_000
"""The number of characters searched for the separator."""


def read_csv_lines(content: bytes) -> Lines:
    """The lines one by one; raises FileRefused if the file is not text."""
    file = io.TextIOWrapper(io.BytesIO(content), encoding=detect_encoding(content), newline="")
    try:
        first, started = file.readline(LONGEST_HEADER), 1
        separator = detect_separator(first)
        if first.lower().startswith(SAYS_SEPARATOR):
            separator = first[len(SAYS_SEPARATOR) :].strip(" \r\n")
            first, started = file.readline(LONGEST_HEADER), 2
        reader = csv.reader(chain([first], file), delimiter=separator if len(separator) == 1 else ";")
        for number, cells in enumerate(reader, start=started):
            yield Line(number, tuple(strip_csv_cell(cell) for cell in cells[:MOST_COLUMNS]))
    except (UnicodeError, csv.Error) as error:
        raise FileRefused(not_text()) from error


def detect_encoding(content: bytes) -> str:
    """The encoding: by byte order mark, else UTF-8, else cp1252 as Dutch Excel writes. Raises FileRefused."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    if b"\0" in content:
        raise FileRefused(not_text())
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileRefused(not_text())


def detect_separator(first: str) -> str:
    """The separator that occurs most in the header."""
    return max(SEPARATORS, key=first.count)


def strip_csv_cell(cell: str) -> str:
    """The text of a cell, without our mark before what looks like a formula."""
    return plain_text(cell.strip(" ").replace("\0", ""))


def not_text() -> str:
    """The message for a file that is neither a workbook nor text."""
    return _("We cannot read this file as a spreadsheet. Send an Excel file (.xlsx) or a CSV file.")
