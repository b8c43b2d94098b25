"""Downloads: the example to fill in, and answers as CSV or XLSX. Whatever people typed remains text."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from casework.file_responses import guard_response
from casework.spreadsheets.cells import csv_row, xlsx_row

MARK = "\ufeff"
"""Marks the file as UTF-8; with it, and with semicolons as separators, Dutch Excel opens it correctly."""
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTH = 24


def as_file(name: str, format: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    """A table to download."""
    content = as_csv(head, rows) if format == "csv" else as_xlsx(head, rows)
    response = FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{name}.{format}", content_type=TYPES[format]
    )
    return guard_response(response, TYPES[format])


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file, safe for programs that run anything that looks like a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(head)
    writer.writerows(csv_row(row) for row in rows)
    return (MARK + file.getvalue()).encode()


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with one sheet, whose header stays in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Vehicles"))
    sheet.freeze_panes = "A2"
    for number in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.append(xlsx_row(sheet, head))
    for row in rows:
        sheet.append(xlsx_row(sheet, row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def serve_example(format: str) -> FileResponse:
    """Serve an example to fill in: the two columns, and two invented vehicles."""
    rows = [["AB-12-CD", _("the blue van")], ["XY-345-Z", ""]]
    return as_file(_("plates"), format, [_("Number plate"), _("Remark")], rows)
