"""A report as a file: the same numbers as JSON, CSV and XLSX."""

import csv
import io
import json
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from casework.spreadsheets.cells import csv_row, xlsx_row
from reporting.report import ComputedFigure, Report

COLUMNS = ("figure", "title", "key", "label", "count", "of", "percent", "note")
WIDTHS = {"A": 24, "B": 56}


def as_json(report: Report) -> bytes:
    """One object; its shape is fixed in docs/statistics.md."""
    return (json.dumps(report.as_data(), ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(report: Report) -> bytes:
    """One line per row of each figure, below a header; column names stay English, for programs."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("from", "to", "as_of", *COLUMNS))
    days = [day.isoformat() for day in (report.period.first, report.period.last, report.period.as_of)]
    writer.writerows([*days, *csv_row(cells)] for cells in _build_csv_lines(report))
    return file.getvalue().encode()


def as_xlsx(report: Report) -> bytes:
    """A workbook: the definitions on the first sheet, then one sheet per figure."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill_cover(book.create_sheet(_("Definitions")), report)
    for name, computed in report.figures.items():
        _fill_sheet(book.create_sheet(name), computed)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FORMATS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""By file extension: the function that makes the bytes, and their media type."""


def _build_csv_lines(report: Report) -> Iterator[tuple[object, ...]]:
    for name, computed in report.figures.items():
        for row in computed.rows:
            shown = (row.key, str(row.label), row.count, row.of, row.percent, row.remark)
            yield name, str(computed.figure.title), *shown


def _fill_cover(sheet: Worksheet, report: Report) -> None:
    period = report.period
    sheet.append([_("From"), period.first, _("Until"), period.last, _("As of"), period.as_of])
    sheet.append([])
    sheet.append([_("Figure"), _("Title"), _("Counted on"), _("Cases"), _("Count"), _("Of")])
    for name, computed in report.figures.items():
        figure = computed.figure
        words = (figure.title, figure.counted_on, figure.scope, figure.numerator, figure.denominator)
        sheet.append([name, *map(str, words)])
    _lay_out(sheet, header=3)


def _fill_sheet(sheet: Worksheet, computed: ComputedFigure) -> None:
    sheet.append([_("Key"), str(computed.figure.title), _("Count"), _("Of"), _("Percent"), _("Note")])
    for row in computed.rows:
        sheet.append(xlsx_row(sheet, [row.key, str(row.label), row.count, row.of, row.percent, row.remark]))
    _lay_out(sheet, header=1)


def _lay_out(sheet: Worksheet, *, header: int) -> None:
    for cell in sheet[header]:
        cell.font = Font(bold=True)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"A{header + 1}"
