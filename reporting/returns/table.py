"""A table in a spreadsheet: which columns it has, where they stand in a file, and what its cells say.

A header that is not ours makes the whole file of no use; a cell that is wrong is a problem of its row.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from casework.file_checks import FileRefused
from casework.spreadsheets.lines import Formula, Line, Lines, address
from reporting.deliveries import readers
from reporting.deliveries.columns import Column
from reporting.deliveries.readers import NotRead


@dataclass
class Problem:
    """What is wrong with a cell, or with a row where no cell is named."""

    row: int
    cell: str
    column: str
    words: str


@dataclass
class Row:
    """A row as it was read."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """What is asked."""

    columns: tuple[Column, ...]
    may_lack: tuple[Column, ...] = ()

    def head(self, lines: Lines) -> "Head":
        """The first line; raises FileRefused for a column that is unknown, missing or there twice."""
        line = next(lines, None)
        if line is None:
            raise FileRefused(_("The file is empty. Download our spreadsheet and fill it in."))
        by_title = {readers.words(column.header).lower(): column for column in self.columns}
        found: dict[int, Column] = {}
        for place, cell in enumerate(line.cells):
            title = readers.words(cell)
            if not title:
                continue
            column = by_title.get(title.lower())
            if column is None:
                raise FileRefused(unknown(title, address(line.number, place)))
            found[place] = column
        self.refuse(list(found.values()))
        return Head(self, found)

    def refuse(self, columns: list[Column]) -> None:
        """Each column that counts is there, and once: one that is not there is not the same as nothing handed in."""
        needed = [column for column in self.columns if column not in self.may_lack]
        missing = [column.header for column in needed if column not in columns]
        if missing:
            raise FileRefused(
                _("These columns are missing: %(columns)s. Use our spreadsheet; leave empty what you do not have.")
                % {"columns": ", ".join(missing)}
            )
        twice = [column.header for column, times in Counter(columns).items() if times > 1]
        if twice:
            raise FileRefused(_("The column “%(column)s” is there twice. Take one out.") % {"column": twice[0]})


def unknown(title: str, cell: str) -> str:
    """A column that we do not know."""
    return _(
        "We do not know the column “%(title)s” (%(cell)s). The first line must have the names of our spreadsheet."
    ) % {"title": readers.short(title), "cell": cell}


@dataclass(frozen=True)
class Head:
    """The header of a file: which column stands where."""

    table: Table
    columns: dict[int, Column]

    def fill(self, row: Row, line: Line) -> None:
        """Every cell read by its column; one that says nothing we can take is a problem of the row."""
        row.values |= {column.name: column.empty for column in self.table.columns}
        for place, cell in enumerate(line.cells):
            column = self.columns.get(place)
            try:
                if column is not None:
                    row.values[column.name] = value_of(cell, column)
                elif cell not in (None, ""):
                    raise NotRead(_("There is something here without a name above it. Take it out."))
            except NotRead as error:
                title = column.header if column else ""
                row.problems.append(Problem(row.number, address(row.number, place), title, str(error)))

    def note(self, row: Row, column: Column, words: str) -> None:
        """One more problem of a row, unless that cell has one."""
        place = next(number for number, one in self.columns.items() if one is column)
        cell = address(row.number, place)
        if all(problem.cell != cell for problem in row.problems):
            row.problems.append(Problem(row.number, cell, column.header, words))
            row.problems.sort(key=lambda problem: (len(problem.cell), problem.cell))


def value_of(cell: object, column: Column) -> object:
    """What a cell says; raises NotRead for a formula or what its column cannot take."""
    if isinstance(cell, Formula):
        raise NotRead(
            _("Here is a formula: %(formula)s. Copy the cell, and paste it back as a value.")
            % {"formula": readers.short(cell.text)}
        )
    return column.read(cell)
