"""The table of a spreadsheet: which sheet it is on, which columns it has, where they stand, and what its cells say.

A header that is not ours makes the whole file of no use; a cell that is wrong is a problem of its row.
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
"""Rows with something in them: all municipalities over more than three years. What one request can still check."""


def filter_filled_lines(read: Lines) -> Lines:
    """A header and the rows with something in them; raises FileRefused for too many, before the rest is read."""
    for seen, line in enumerate(lines.filter_filled_lines(read)):
        if seen > MOST_ROWS:
            raise FileRefused(
                _("The file has more than %(most)s rows. Send only the months that are new or changed.")
                % {"most": MOST_ROWS}
            )
        yield line


def choose_sheet(sheets: Sequence[Any]) -> Any:
    """The sheet with our name; a workbook with a single sheet means that one, however it is called."""
    found = find_sheet(SHEET_NAME, sheets) or (sheets[0] if len(sheets) == 1 else None)
    if found is None:
        raise FileRefused(
            _("We do not know which sheet to read. Call the sheet with the returns “%(name)s”.") % {"name": SHEET_NAME}
        )
    return found


def find_sheet(name: str, sheets: Sequence[Any]) -> Any:
    """The first sheet of this name, None without one."""
    return next((sheet for sheet in sheets if sheet.title.strip().lower() == name.lower()), None)


@dataclass
class Problem:
    """What is wrong with a cell, or with a row where no cell is named."""

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
        """Which return it is about, where that could be read."""
        month = self.values.get("month")
        return (self.municipality.cbs_code, month) if self.municipality and month else None


@dataclass(frozen=True)
class Head:
    """The header of a file: the position of each column."""

    columns: dict[int, Column]

    def read(self, line: Line) -> TableRow:
        """Every cell read by its column; one that says nothing we can take is a problem of the row."""
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
        """One more problem of a row, unless that cell has one."""
        place = next(number for number, one in self.columns.items() if one is column)
        cell = name_cell(row.number, place)
        if all(problem.cell != cell for problem in row.problems):
            row.problems.append(Problem(row.number, cell, column.header, words))
            row.problems.sort(key=lambda problem: (len(problem.cell), problem.cell))


def read_header(rows: Lines) -> Head:
    """The first line; raises FileRefused for a column that is unknown, missing or there twice."""
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
    """Each column that counts is there, and once: one that is not there is not the same as nothing handed in."""
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
    """A column that we do not know."""
    return _(
        "We do not know the column “%(title)s” (%(cell)s). The first line must have the names of our spreadsheet."
    ) % {"title": readers.shorten_text(title), "cell": cell}


def value_of(cell: object, column: Column) -> object:
    """What a cell says; raises NotRead for a formula or what its column cannot take."""
    if isinstance(cell, Formula):
        raise NotRead(
            _("Here is a formula: %(formula)s. Copy the cell, and paste it back as a value.")
            % {"formula": readers.shorten_text(cell.text)}
        )
    return column.read(cell)
