"""Lines of a spreadsheet, whatever file they came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from casework.uploads.refusals import FileRefused

MOST_LINES = 100_000
"""The maximum number of lines, empty ones included. It protects the machine; each reader limits filled rows itself."""
MOST_COLUMNS = 40
Lines = Iterator["Line"]


@dataclass(frozen=True)
class Formula:
    """A formula, which we refuse because its value depends on the program that opens the file."""

    text: str


@dataclass(frozen=True)
class Line:
    """One line, with its number as spreadsheet programs show it."""

    number: int
    cells: tuple[object, ...]

    @property
    def is_empty(self) -> bool:
        return all(cell is None or cell == "" for cell in self.cells)


def name_cell(number: int, column: int) -> str:
    """A cell as spreadsheet programs name it; columns count from 0."""
    return f"{get_column_letter(column + 1)}{number}"


def filter_filled_lines(lines: Lines) -> Lines:
    """The lines that are not empty; raises FileRefused for a sheet with too many lines."""
    for line in lines:
        if line.number > MOST_LINES:
            raise FileRefused(
                _("The sheet continues below line %(most)s. Take the empty lines out, or use our spreadsheet.")
                % {"most": MOST_LINES}
            )
        if not line.is_empty:
            yield line
