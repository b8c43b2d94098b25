"""From lines to months: what is good, and of every other cell what is wrong and what to do.

A workbook has a sheet of months and one of mails; a CSV file has both kinds of rows below one header.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from casework.file_checks import FileRefused
from casework.reading import delimited, files, workbook
from casework.reading.lines import Lines
from reporting.returns.lines import by_name, filled
from reporting.returns.table import Table
from reporting.site import checks, columns
from reporting.site.columns import CONTEXT, COUNT, FIELDS, MAILS_SHEET, MONTHS_SHEET, TONE, TOPIC
from reporting.site.rows import Row, Sheet

MOST_ROWS = 5000
"""Of mails: fifty topics a month, over eight years."""


def read(content: bytes, *, today: date) -> Sheet:
    """All of it; raises FileRefused where the file as a whole is of no use."""
    sheet = of_workbook(content) if files.is_workbook(content) else of_csv(content)
    if not sheet.months and not sheet.mails:
        raise FileRefused(_("No row has numbers in it. Fill in the months that you hand in, and send it again."))
    checks.check(sheet, today=today)
    return sheet


# --- Where the rows stand -------------------------------------------------------------------------------------


def of_workbook(content: bytes) -> Sheet:
    """Two sheets, each by its name: one that is not there is not the same as nothing handed in."""
    found = {name: workbook.lines(content, choose=by_name(name)) for name in (MONTHS_SHEET, MAILS_SHEET)}
    return Sheet(
        months=[row for row in rows_of(found[MONTHS_SHEET], columns.MONTHS_TABLE) if tells_month(row)],
        mails=[row for row in rows_of(found[MAILS_SHEET], columns.MAILS_TABLE) if tells_mails(row)],
    )


def of_csv(content: bytes) -> Sheet:
    """One header; each row is about a month or about a topic of its mails, never both."""
    sheet = Sheet()
    for row in rows_of(delimited.lines(content), columns.ONE_TABLE):
        of_mails = any(row.values[column.name] not in ("", None) for column in (TOPIC, TONE, COUNT))
        if of_mails and says_something(row):
            row.note(TOPIC, _("This row is about the month and about a topic. Make two rows of it."))
        if of_mails and not says_something(row):
            sheet.mails.append(row)
        elif tells_month(row):
            sheet.months.append(row)
    return sheet


def rows_of(lines: Lines, asked: Table) -> Iterator[Row]:
    """Every row with something in it."""
    found = filled(lines, most=MOST_ROWS)
    head = asked.head(found)
    for line in found:
        row = Row(line.number, head=head)
        head.fill(row, line)
        yield row


def says_something(row: Row) -> bool:
    """Whether it has a number of the month, or an explanation."""
    return bool(row.values[CONTEXT.name]) or any(row.values[column.name] is not None for column in FIELDS)


def tells_month(row: Row) -> bool:
    """A month about which nothing is said is left as it is: our spreadsheet names all of them."""
    return bool(row.problems) or says_something(row)


def tells_mails(row: Row) -> bool:
    """Whether more than a month stands in it."""
    return bool(row.problems) or any(row.key) or row.values[COUNT.name] is not None
