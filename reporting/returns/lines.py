"""Lines of a spreadsheet, whatever file they came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from exemptions.filing.uploads import FileRefused

MOST_ROWS = 1000
"""Rows with something in them: all municipalities over more than three years."""
MOST_LINES = 100_000
"""Down to here we look, past empty lines."""
MOST_COLUMNS = 40
Lines = Iterator["Line"]


@dataclass(frozen=True)
class Formula:
    """A cell that computes: what it gives depends on the program that opens it, so that we do not take it."""

    text: str


@dataclass(frozen=True)
class Line:
    """One line, with its number as spreadsheet programs show it."""

    number: int
    cells: tuple[object, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell is None or cell == "" for cell in self.cells)


def address(number: int, column: int) -> str:
    """A cell as spreadsheet programs name it; columns count from 0."""
    return f"{get_column_letter(column + 1)}{number}"


def filled(lines: Lines, *, most: int = MOST_ROWS) -> Lines:
    """The lines with something in them; raises FileRefused where there are too many, before the rest is read."""
    seen = 0
    for line in lines:
        if line.number > MOST_LINES:
            raise FileRefused(
                _("The sheet goes on below line %(most)s. Take the empty lines out, or use our spreadsheet.")
                % {"most": MOST_LINES}
            )
        if line.is_empty:
            continue
        seen += 1
        if seen > most + 1:
            raise FileRefused(
                _("The file has more than %(most)s rows. Send only the months that are new or changed.")
                % {"most": most}
            )
        yield line
