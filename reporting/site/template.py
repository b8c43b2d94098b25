"""The spreadsheet to download: every month, with what was handed in already, ready to fill in."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casework.sheets import csv_row, put
from reporting.models import MailTopic
from reporting.returns import reading
from reporting.returns.columns import Column
from reporting.returns.template import HELP_SHEET, accepts, explain, lay_out, saved, whole_only
from reporting.site import delivery
from reporting.site.columns import (
    MAILS_SHEET,
    MONTHS_SHEET,
    OF_MAILS,
    OF_MONTH,
    ONE_TABLE,
    TONE,
    TONES,
)
from reporting.site.overview import MonthRow
from reporting.site.sheet import MOST_ROWS

Cells = dict[str, object]


def of_months(rows: Sequence[MonthRow]) -> Iterator[Cells]:
    """A row a month, oldest first; the source is taken over from the month before."""
    source = ""
    for row in reversed(rows):
        said = delivery.of(row.newest)
        source = said.source or source
        yield {"month": f"{row.month:%Y-%m}", **said.numbers, "source": source, "context": said.context}


def of_mails(rows: Sequence[MonthRow]) -> Iterator[Cells]:
    """A row a topic and tone, by month, oldest first."""
    for row in reversed(rows):
        for (topic, tone), count in delivery.of(row.newest).topics.items():
            name = TONES[MailTopic.Tone(tone)]
            yield {"month": f"{row.month:%Y-%m}", "topic": topic, "tone": name, "count": count}


def as_csv(rows: Sequence[MonthRow]) -> bytes:
    """One header over both kinds of rows; with semicolons and a mark of its encoding, as Dutch Excel opens it."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([column.header for column in ONE_TABLE.columns])
    for cells in (*of_months(rows), *of_mails(rows)):
        writer.writerow(csv_row(cells.get(column.name) for column in ONE_TABLE.columns))
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[MonthRow]) -> bytes:
    """A sheet of months and one of mails, that warn of what cannot be, and a sheet that explains them."""
    book = Workbook()
    months, mails = book.worksheets[0], book.create_sheet(MAILS_SHEET)
    months.title = MONTHS_SHEET
    fill(months, OF_MONTH, of_months(rows))
    fill(mails, OF_MAILS, of_mails(rows))
    mails.add_data_validation(one_of_the_tones())
    explain(book.create_sheet(HELP_SHEET), (*OF_MONTH, *OF_MAILS[1:]), sentences=what_to_do())
    return saved(book)


def fill(sheet: Worksheet, columns: Sequence[Column], rows: Iterator[Cells]) -> None:
    """Rows below a header; numbers are looked at while somebody types."""
    for number, cells in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            put(sheet.cell(number, place), cells.get(column.name))
    lay_out(sheet, columns, freeze="B2")
    for place, column in enumerate(columns, start=1):
        if column.is_count:
            most = str(reading.MOST)
            sheet.add_data_validation(accepts(get_column_letter(place), "whole", "0", most, error=whole_only()))


def one_of_the_tones() -> DataValidation:
    """A list to choose from."""
    letter = get_column_letter(OF_MAILS.index(TONE) + 1)
    names = ",".join(TONES.values())
    validation = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True, showErrorMessage=True)
    validation.error, validation.errorTitle = _("Choose a tone from the list."), MAILS_SHEET
    validation.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    return validation


def what_to_do() -> list[str]:
    """What one must know before one fills it in."""
    sheets = {"months": MONTHS_SHEET, "mails": MAILS_SHEET}
    return [
        _("Fill in one row for each month on the sheet “%(months)s”. Rows without numbers are left as they are.")
        % sheets,
        _("On the sheet “%(mails)s” one row says how many emails of a month were about a topic, in a tone.") % sheets,
        _(
            "Together the topics have at most all emails of that month. If you do not count them, leave "
            "the sheet “%(mails)s” with its first line only."
        )
        % sheets,
        _("Empty means: not handed in. Type 0 only if it was zero."),
        _("Numbers in digits only: 1234, not 1.234. No formulas, no merged cells, no other columns."),
        _(
            "A month that has already been handed in is replaced as a whole, with its topics. The earlier "
            "numbers stay visible."
        ),
        _("Upload the file in the portal. You first see what would change; nothing is saved before you accept it."),
    ]
