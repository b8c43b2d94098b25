"""Reads lines as returns: the good rows, and for every bad cell what is wrong and what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.spreadsheets.lines import Lines
from casework.uploads.refusals import FileRefused
from reporting.deliveries import readers
from reporting.deliveries.columns import Column
from reporting.returns import months, rules
from reporting.returns.columns import CODE, MONTH, NAME, SHEET, as_json
from reporting.returns.table import Head, TableRow, filter_filled_lines, read_header
from zones.models import Municipality


@dataclass(frozen=True)
class Asker:
    """On whose behalf a file is read: their own municipalities and these ones' months, and every municipality."""

    own: Mapping[str, Municipality]
    every: Mapping[str, Municipality]
    months: Mapping[Municipality, list[date]]
    today: date


@dataclass
class Sheet:
    """The contents of a file."""

    rows: list[TableRow]

    @property
    def good(self) -> list[dict[str, Any]]:
        """The rows without a problem, as an upload stores them."""
        return [dump_row(row) for row in self.rows if not row.problems]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Every problem, in the order of the file."""
        return [vars(problem) for row in self.rows for problem in row.problems]


def dump_row(row: TableRow) -> dict[str, Any]:
    """A row as an upload stores it."""
    code, month = row.subject or ("", None)
    values = {name: value for name, value in row.values.items() if name not in ("code", "name", "month")}
    return {"row": row.number, "code": code, "month": month and month.isoformat(), "values": as_json(values)}


def read_sheet(lines: Lines, *, asker: Asker) -> Sheet:
    """All rows that are filled in; raises FileRefused if the file as a whole is unusable."""
    rows = filter_filled_lines(lines)
    head = read_header(rows)
    sheet = Sheet([])
    for line in rows:
        row = head.read(line)
        if row.problems or not rules.is_empty(row.values):
            check_row(row, head, asker=asker)
            sheet.rows.append(row)
    refuse_nothing(sheet)
    refuse_twice(sheet.rows, head)
    return sheet


def refuse_nothing(sheet: Sheet) -> None:
    """Raise FileRefused for a file without rows, such as an empty template."""
    if not sheet.rows:
        raise FileRefused(_("No row has numbers in it. Fill in the months that you hand in, and send it again."))


# --- A row --------------------------------------------------------------------------------------------------


def check_row(row: TableRow, head: Head, *, asker: Asker) -> None:
    """Check municipality and month, and the numbers against each other if all could be read."""
    together = () if row.problems else of_numbers(row)
    for column, words in (*check_municipality(row, asker), *check_month(row, asker), *together):
        head.note(row, column, words)


def check_municipality(row: TableRow, asker: Asker) -> Iterable[tuple[Column, str]]:
    """Problems unless the municipality is known, the user's own, and matches the name next to it."""
    code, name = str(row.values["code"] or "").upper(), str(row.values["name"] or "")
    known = asker.every.get(code)
    if not code:
        yield CODE, _("The municipality code is missing. Type GM and four digits, as in our spreadsheet.")
    elif known is None:
        yield CODE, _("“%(code)s” is not a municipality with a zone.") % {"code": readers.shorten_text(code)}
    elif code not in asker.own:
        yield CODE, _("You do not hand in for %(name)s. Take this row out.") % {"name": known}
    elif name and name.lower() != known.name.lower():
        yield (
            NAME,
            _("%(code)s is %(known)s, not “%(name)s”. Correct the code or the name.")
            % {"code": code, "known": known, "name": readers.shorten_text(name)},
        )
    else:
        row.municipality = known


def check_month(row: TableRow, asker: Asker) -> Iterable[tuple[Column, str]]:
    """Problems unless the month is filled in, over, and one in which there was a zone."""
    month = row.values["month"]
    if month is None:
        yield MONTH, _("The month is missing. Type it as 2025-06.")
    elif row.municipality:
        sentence = months.explain_refusal(month, asker.months[row.municipality], today=asker.today)
        if sentence:
            yield MONTH, sentence


def of_numbers(row: TableRow) -> Iterable[tuple[Column, str]]:
    """Problems of the numbers with each other, by column."""
    by_name = {column.name: column for column in SHEET}
    for name, words in rules.find_problems(row.values).items():
        if name:
            yield by_name[name], words


def refuse_twice(rows: list[TableRow], head: Head) -> None:
    """Mark rows about the same return as problems: they may contradict each other, so none is accepted."""
    times = Counter(row.subject for row in rows if row.subject)
    for row in rows:
        if row.subject and times[row.subject] > 1:
            others = [str(other.number) for other in rows if other.subject == row.subject and other is not row]
            sentence = _("%(month)s of %(municipality)s is in the file twice: also in row %(rows)s. Keep one.") % {
                "month": date_format(row.subject[1], "F Y"),
                "municipality": row.municipality,
                "rows": ", ".join(others),
            }
            head.note(row, MONTH, sentence)
