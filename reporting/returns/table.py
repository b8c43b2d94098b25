"""Reads the table of a spreadsheet: finds its sheet and columns, and the values of its cells.

An unknown header makes the whole file unusable; a bad cell is a problem of its row only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.spreadsheets import lines
from casework.spreadsheets.lines import Formula, Line, Lines, name_cell
from casework.uploads.refusals import FileRefused
from reporting.deliveries import readers
from reporting.deliveries.columns import Column
from reporting.deliveries.readers import NotRead
from reporting.returns.columns import NAME, SHEET
from zones.models import Municipality

SHEET_NAME = "Opgaven"
MOST_ROWS = 1000
"""The maximum of filled rows that one request can check: all municipalities over more than three years."""


def filter_filled_lines(read: Lines) -> Lines:
    """The header and the filled rows; raises FileRefused for too many, without reading the rest."""
    for seen, line in enumerate(lines.filter_filled_lines(read)):
        if seen > MOST_ROWS:
            raise FileRefused(
                _("The file has more than %(most)s rows. Send only the months that are new or changed.")
                % {"most": MOST_ROWS}
            )
        yield line


def choose_sheet(sheets: Sequence[Any]) -> Any:
    """The sheet with our name, or the only sheet of a workbook whatever its name; raises FileRefused otherwise."""
    found = find_sheet(SHEET_NAME, sheets) or (sheets[0] if len(sheets) == 1 else None)
    if found is None:
        raise FileRefused(
            _("We do not know which sheet to read. Call the sheet with the returns “%(name)s”.") % {"name": SHEET_NAME}
        )
    return found


def find_sheet(name: str, sheets: Sequence[Any]) -> Any:
    """The first sheet of this name; None if there is none."""
    return next((sheet for sheet in sheets if sheet.title.strip().lower() == name.lower()), None)


@dataclass
class Problem:
    """What is wrong with a cell, or with a row if no cell is named."""

    row: int
    cell: str
    column: str
    words: str


@dataclass
class TableRow:
    """One return as it was read."""

    number: int
    values: dict[str, Any] = field(default_factory=lambda: {column.name: column.empty for column in SHEET})
    problems: list[Problem] = field(default_factory=list)
    municipality: Municipality | None = None

    @property
    def subject(self) -> tuple[str, date] | None:
        """The CBS code and month of the return, if they could be read."""
        month = self.values.get("month")
        return (self.municipality.cbs_code, month) if self.municipality and month else None


@dataclass(frozen=True)
class Head:
    """The header of a file: the position of each column."""

    columns: dict[int, Column]

    def read(self, line: Line) -> TableRow:
        """Read every cell according to its column; an unreadable one is a problem of the row."""
        row = TableRow(line.number)
        for place, cell in enumerate(line.cells):
            column = self.columns.get(place)
            try:
                if column is not None:
                    row.values[column.name] = value_of(cell, column)
                elif cell not in (None, ""):
                    raise NotRead(_("There is something here without a name above it. Take it out."))
            except NotRead as error:
                title = column.header if column else ""
                row.problems.append(Problem(row.number, name_cell(row.number, place), title, str(error)))
        return row

    def note(self, row: TableRow, column: Column, words: str) -> None:
        """Add a problem to a row, unless the cell has one already."""
        place = next(number for number, one in self.columns.items() if one is column)
        cell = name_cell(row.number, place)
        if all(problem.cell != cell for problem in row.problems):
            row.problems.append(Problem(row.number, cell, column.header, words))
            row.problems.sort(key=lambda problem: (len(problem.cell), problem.cell))


def read_header(rows: Lines) -> Head:
    """Read the first line; raises FileRefused for an unknown, missing or duplicate column."""
    line = next(rows, None)
    if line is None:
        raise FileRefused(_("The file is empty. Download our spreadsheet and fill it in."))
    by_title = {readers.read_line(column.header).lower(): column for column in SHEET}
    titles = {place: title for place, cell in enumerate(line.cells) if (title := readers.read_line(cell))}
    for place, title in titles.items():
        if title.lower() not in by_title:
            raise FileRefused(describe_unknown_column(title, name_cell(line.number, place)))
    found = {place: by_title[title.lower()] for place, title in titles.items()}
    refuse_columns(list(found.values()))
    return Head(found)


def refuse_columns(columns: Sequence[Column]) -> None:
    """Raise FileRefused for a missing or duplicate column: a missing one does not mean 'not handed in'."""
    missing = [column.header for column in SHEET if column is not NAME and column not in columns]
    if missing:
        raise FileRefused(
            _("These columns are missing: %(columns)s. Use our spreadsheet; leave empty what you do not have.")
            % {"columns": ", ".join(missing)}
        )
    twice = [column.header for column, times in Counter(columns).items() if times > 1]
    if twice:
        raise FileRefused(_("The column “%(column)s” is there twice. Take one out.") % {"column": twice[0]})


def describe_unknown_column(title: str, cell: str) -> str:
    """The message about an unknown column."""
    return _(
        "We do not know the column “%(title)s” (%(cell)s). The first line must have the names of our spreadsheet."
    ) % {"title": readers.shorten_text(title), "cell": cell}


def value_of(cell: object, column: Column) -> object:
    """The value of a cell; raises NotRead for a formula, or for a value that the column does not accept."""
    if isinstance(cell, Formula):
        raise NotRead(
            _("Here is a formula: %(formula)s. Copy the cell, and paste it back as a value.")
            % {"formula": readers.shorten_text(cell.text)}
        )
    return column.read(cell)
