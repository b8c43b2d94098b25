"""Spreadsheets as editors make them, good and bad; and months as they are handed in."""

import csv
import io
from datetime import date
from typing import Any

from openpyxl import Workbook

from reporting.models import SiteMonthVersion
from reporting.site.columns import OF_MAILS, OF_MONTH, ONE_TABLE
from reporting.site.deliver import deliver
from tests.reporting.returns.sheets import saved

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
NUMBERS: dict[str, Any] = {"visitors": 27000, "pages": 170000, "conversations": 4552, "mails": 208}
GOOD: dict[str, Any] = {"month": "2025-06", **NUMBERS, "source": "Statistiek"}
MAIL: dict[str, Any] = {"month": "2025-06", "topic": "Kentekens", "tone": "klacht", "count": 50}


def month(**cells: Any) -> dict[str, Any]:
    """A good row of a month, with other cells where these say so."""
    return {**GOOD, **cells}


def mail(**cells: Any) -> dict[str, Any]:
    """A good row of mails, with other cells where these say so."""
    return {**MAIL, **cells}


def headers() -> list[str]:
    """Of the sheet of months."""
    return [column.header for column in OF_MONTH]


def book(*rows: dict[str, Any]) -> Workbook:
    """The months on the first sheet, the mails on the second."""
    made = Workbook()
    months, mails = made.worksheets[0], made.create_sheet("Mails")
    months.title = "Maanden"
    for sheet, columns in ((months, OF_MONTH), (mails, OF_MAILS)):
        sheet.append([column.header for column in columns])
    for row in rows:
        sheet, columns = (mails, OF_MAILS) if "topic" in row else (months, OF_MONTH)
        sheet.append([row.get(column.name) for column in columns])
    return made


def xlsx(*rows: dict[str, Any]) -> bytes:
    return saved(book(*rows))


def streamed(*rows: dict[str, Any]) -> bytes:
    """The same, made without holding all of it."""
    made = Workbook(write_only=True)
    sheets = {True: made.create_sheet("Mails"), False: made.create_sheet("Maanden")}
    for is_mail, columns in ((True, OF_MAILS), (False, OF_MONTH)):
        sheets[is_mail].append([column.header for column in columns])
        for row in rows:
            if ("topic" in row) == is_mail:
                sheets[is_mail].append([row.get(column.name) for column in columns])
    return saved(made)


def as_csv(*rows: dict[str, Any], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow([column.header for column in ONE_TABLE.columns])
    writer.writerows([row.get(column.name) for column in ONE_TABLE.columns] for row in rows)
    return file.getvalue().encode(encoding)


def hand_in(when: date = JUNE, **given: Any) -> SiteMonthVersion | None:
    """A month as it is handed in, by the system unless told."""
    about = {"by": None, "source": "Statistiek", "topics": {}, "numbers": NUMBERS, **given}
    return deliver(month=when, **about)
