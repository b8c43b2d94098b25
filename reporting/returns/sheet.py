"""From lines to returns: every row that is good, and of every other cell what is wrong and what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exemptions.filing.uploads import FileRefused
from reporting.returns import months, reading, rules
from reporting.returns.columns import CODE, MONTH, NAME, SHEET, Column, as_json
from reporting.returns.lines import Formula, Line, Lines, address, filled
from reporting.returns.reading import NotRead
from zones.models import Municipality

BY_HEADER = {reading.words(column.header).lower(): column for column in SHEET}
NEEDED = [column for column in SHEET if column is not NAME]


@dataclass
class Problem:
    """What is wrong with a cell, or with a row where no cell is named."""

    row: int
    cell: str
    column: str
    words: str


@dataclass
class Row:
    """One return as it was read."""

    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    municipality: Municipality | None = None

    @property
    def subject(self) -> tuple[str, date] | None:
        """Which return it is about, where that could be read."""
        month = self.values.get("month")
        return (self.municipality.cbs_code, month) if self.municipality and month else None


@dataclass(frozen=True)
class Asker:
    """On whose behalf a file is read: the municipalities, and their months."""

    own: Mapping[str, Municipality]
    every: Mapping[str, Municipality]
    months: Mapping[int, list[date]]
    today: date


@dataclass
class Sheet:
    """What a file says."""

    rows: list[Row]

    @property
    def good(self) -> list[dict[str, Any]]:
        """The rows without a problem, to keep."""
        return [kept(row) for row in self.rows if not row.problems]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Every problem, in the order of the file."""
        return [vars(problem) for row in self.rows for problem in row.problems]


def kept(row: Row) -> dict[str, Any]:
    """A row as an upload keeps it."""
    code, month = row.subject or ("", None)
    values = {name: value for name, value in row.values.items() if name not in ("code", "name", "month")}
    return {"row": row.number, "code": code, "month": month and month.isoformat(), "values": as_json(values)}


def read(lines: Lines, *, asker: Asker) -> Sheet:
    """All rows; raises FileRefused where the file as a whole is of no use."""
    rows = filled(lines)
    header = next(rows, None)
    if header is None:
        raise FileRefused(_("The file is empty. Download our spreadsheet and fill it in."))
    columns = columns_of(header)
    sheet = Sheet([])
    for line in rows:
        row = row_of(line, columns)
        if row.problems or not rules.is_empty(row.values):
            check(row, columns, asker=asker)
            sheet.rows.append(row)
    refuse_nothing(sheet)
    refuse_twice(sheet.rows, columns)
    return sheet


def refuse_nothing(sheet: Sheet) -> None:
    """A template as it was downloaded is no delivery."""
    if not sheet.rows:
        raise FileRefused(_("No row has numbers in it. Fill in the months that you hand in, and send it again."))


# --- The header ---------------------------------------------------------------------------------------------


def columns_of(header: Line) -> dict[int, Column]:
    """Which column stands where; raises FileRefused for one that is unknown, missing or there twice."""
    found: dict[int, Column] = {}
    for place, cell in enumerate(header.cells):
        title = reading.words(cell)
        if not title:
            continue
        column = BY_HEADER.get(title.lower())
        if column is None:
            raise FileRefused(unknown(title, address(header.number, place)))
        found[place] = column
    refuse_header(list(found.values()))
    return found


def unknown(title: str, cell: str) -> str:
    """A column that we do not know."""
    return _(
        "We do not know the column “%(title)s” (%(cell)s). The first line must have the names of our spreadsheet."
    ) % {"title": reading.short(title), "cell": cell}


def refuse_header(columns: list[Column]) -> None:
    """Each column that counts is there, and once: a column that is not there is not the same as nothing handed in."""
    missing = [column.header for column in NEEDED if column not in columns]
    if missing:
        raise FileRefused(
            _("These columns are missing: %(columns)s. Use our spreadsheet; leave empty what you do not have.")
            % {"columns": ", ".join(missing)}
        )
    twice = [column.header for column, times in Counter(columns).items() if times > 1]
    if twice:
        raise FileRefused(_("The column “%(column)s” is there twice. Take one out.") % {"column": twice[0]})


# --- A row --------------------------------------------------------------------------------------------------


def row_of(line: Line, columns: dict[int, Column]) -> Row:
    """Every cell read by its column."""
    row = Row(line.number, {column.name: None for column in SHEET} | {"context": ""})
    for place, cell in enumerate(line.cells):
        column = columns.get(place)
        try:
            if column is not None:
                row.values[column.name] = value_of(cell, column)
            elif cell not in (None, ""):
                raise NotRead(_("There is something here without a name above it. Take it out."))
        except NotRead as error:
            title = column.header if column else ""
            row.problems.append(Problem(line.number, address(line.number, place), title, str(error)))
    return row


def value_of(cell: object, column: Column) -> object:
    """What a cell says; raises NotRead for a formula or what its column cannot take."""
    if isinstance(cell, Formula):
        raise NotRead(
            _("Here is a formula: %(formula)s. Copy the cell, and paste it back as a value.")
            % {"formula": reading.short(cell.text)}
        )
    return column.read(cell)


def check(row: Row, columns: dict[int, Column], *, asker: Asker) -> None:
    """Whose row it is, which month, and, where each could be read, whether its numbers go together."""
    place = {column.name: number for number, column in columns.items()}

    def note(column: Column, words: str) -> None:
        cell = address(row.number, place[column.name])
        if all(problem.cell != cell for problem in row.problems):
            row.problems.append(Problem(row.number, cell, column.header, words))

    together = () if row.problems else of_numbers(row)
    for column, words in (*of_whom(row, asker), *of_when(row, asker), *together):
        note(column, words)
    row.problems.sort(key=lambda problem: (len(problem.cell), problem.cell))


def of_whom(row: Row, asker: Asker) -> Iterable[tuple[Column, str]]:
    """The municipality: one that is known, one's own, and the one that is named beside it."""
    code, name = str(row.values["code"] or "").upper(), str(row.values["name"] or "")
    known = asker.every.get(code)
    if not code:
        yield CODE, _("The municipality code is missing. Type GM and four digits, as in our spreadsheet.")
    elif known is None:
        yield CODE, _("“%(code)s” is no municipality with a zone.") % {"code": reading.short(code)}
    elif code not in asker.own:
        yield CODE, _("You do not hand in for %(name)s. Take this row out.") % {"name": known}
    elif name and name.lower() != known.name.lower():
        yield (
            NAME,
            _("%(code)s is %(known)s, not “%(name)s”. Mend the code or the name.")
            % {"code": code, "known": known, "name": reading.short(name)},
        )
    else:
        row.municipality = known


def of_when(row: Row, asker: Asker) -> Iterable[tuple[Column, str]]:
    """The month: there, over, and one in which there was a zone."""
    month = row.values["month"]
    if month is None:
        yield MONTH, _("The month is missing. Type it as 2025-06.")
    elif row.municipality:
        sentence = months.refused(month, asker.months[row.municipality.pk], today=asker.today)
        if sentence:
            yield MONTH, sentence


def of_numbers(row: Row) -> Iterable[tuple[Column, str]]:
    """What the numbers must keep to among themselves."""
    by_name = {column.name: column for column in SHEET}
    for name, words in rules.problems(row.values).items():
        if name:
            yield by_name[name], words


def refuse_twice(rows: list[Row], columns: dict[int, Column]) -> None:
    """Two rows about one return contradict each other: neither is taken."""
    times = Counter(row.subject for row in rows if row.subject)
    place = next(number for number, column in columns.items() if column is MONTH)
    for row in rows:
        if row.subject and times[row.subject] > 1:
            others = [str(other.number) for other in rows if other.subject == row.subject and other is not row]
            sentence = _("%(month)s of %(municipality)s is in the file twice: also in row %(rows)s. Keep one.") % {
                "month": date_format(row.subject[1], "F Y"),
                "municipality": row.municipality,
                "rows": ", ".join(others),
            }
            row.problems.append(Problem(row.number, address(row.number, place), MONTH.header, sentence))
