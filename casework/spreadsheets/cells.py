"""Cells of the spreadsheets that we write. What people typed remains text, which no program takes for a formula.

A spreadsheet program may execute a cell that begins with one of a few characters. An XLSX file can mark a cell as text;
a CSV file cannot, so there such a cell is prefixed with an apostrophe. The same goes for parts of a cell, because a
program that expects another separator would split it into cells of their own.
"""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Includes the full-width forms, which some programs read as the plain characters."""
MARK = "'"
_PART = r"([;,\t\r\n])%s(?=[\"']*[=+\-@\uff1d\uff0b\uff0d\uff20])"
PART, MARKED_PART = re.compile(_PART % ""), re.compile(_PART % MARK)
"""What a program with another separator would take for the start of a cell, and the same with our mark."""
UNWRITABLE = re.compile(ILLEGAL_CHARACTERS_RE.pattern + "|[\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so an XLSX file, cannot contain."""
MAX_CELL_LENGTH = 32_767
"""Characters in a cell, as Excel counts them: UTF-16 code units."""


def needs_mark(value: str) -> bool:
    """Whether a program could take the text for a formula, or `plain_text` take its first characters for our mark."""
    return value.lstrip(MARK).startswith(STARTS_FORMULA)


def safe_text(value: str) -> str:
    """Text for a cell of a CSV file, marked where a program could see a formula. `plain_text` is the inverse."""
    safe = PART.sub(rf"\1{MARK}", value)
    return MARK + safe if needs_mark(value) else safe


def plain_text(cell: str) -> str:
    """The inverse of `safe_text`: the text without our marks."""
    words = MARKED_PART.sub(r"\1", cell)
    return words[len(MARK) :] if words.startswith(MARK) and needs_mark(words[len(MARK) :]) else words


def csv_row(values: Iterable[object]) -> list[object]:
    """A row for `csv.writer`: numbers and days as they are, text made safe."""
    return [safe_text(value) if isinstance(value, str) else value for value in values]


def fit_cell(value: str) -> str:
    """Text cut to the maximum length of a cell, with an ellipsis if something was lost."""
    if len(value) * 2 <= MAX_CELL_LENGTH:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL_LENGTH:
        return value
    return units[: 2 * MAX_CELL_LENGTH - 2].decode("utf-16-le", "ignore") + "…"


def fill_cell(cell: Any, value: Any) -> None:
    """Fill a cell of an XLSX file: text as text, whatever it begins with; numbers and days as such."""
    if not isinstance(value, str) or not value:
        cell.value = None if value == "" else value
        return
    cell.value = fit_cell(UNWRITABLE.sub("", value))
    cell.data_type = "s"
    if value.startswith(STARTS_FORMULA):
        cell.quotePrefix = True


def xlsx_row(sheet: Any, values: Iterable[object]) -> list[Cell]:
    """A row to `append` to a write-only sheet."""
    cells = []
    for value in values:
        cells.append(WriteOnlyCell(sheet))
        fill_cell(cells[-1], value)
    return cells
