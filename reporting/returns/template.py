"""The spreadsheet to download and fill in: the months of a municipality, with what was handed in already."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casework.spreadsheets.cells import csv_row, fill_cell
from reporting.deliveries import readers
from reporting.deliveries.columns import Column
from reporting.deliveries.overview import Cell
from reporting.returns.columns import CARRIED, FIELDS, OF_THE_MONTH, SHEET
from reporting.returns.table import MOST_ROWS, SHEET_NAME
from zones.models import Municipality

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELP_SHEET = "Uitleg"
FORMATS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
HEAD = PatternFill("solid", fgColor="E4F1EE")
TEXT_FORMAT, DAY_FORMAT = "@", "yyyy-mm-dd"
Kind = Literal["whole", "decimal", "date"]
SHARE_OF = {"compliant_van": "passages_van", "compliant_truck": "passages_truck"}


def rows_of(cells: Sequence[Cell[Municipality]]) -> Iterator[list[object]]:
    """A row per month, oldest first; rarely changing values are copied from the month before."""
    carried: dict[str, object] = {}
    for cell in reversed(cells):
        values = cell.values
        carried = {name: values[name] for name in CARRIED} if cell.newest else carried
        values |= carried
        yield [
            cell.subject.cbs_code,
            cell.subject.name,
            f"{cell.month:%Y-%m}",
            *(values[column.name] for column in FIELDS),
        ]


def as_csv(cells: Mapping[Municipality, list[Cell[Municipality]]]) -> bytes:
    """CSV with semicolons and a byte order mark, as Dutch Excel expects."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([column.header for column in SHEET])
    for found in cells.values():
        writer.writerows(csv_row(as_text(value) for value in row) for row in rows_of(found))
    return file.getvalue().encode("utf-8-sig")


def as_text(value: object) -> object:
    """The value of a cell; a day in the format that is read back."""
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(cells: Mapping[Municipality, list[Cell[Municipality]]]) -> bytes:
    """A workbook with a sheet to fill in, which warns of impossible values, and a sheet that explains it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET_NAME
    for number, row in enumerate((row for found in cells.values() for row in rows_of(found)), start=2):
        for place, value in enumerate(row, start=1):
            fill_cell(sheet.cell(number, place), value)
    lay_out(sheet, SHEET, freeze="D2")
    for validation in list_validations():
        sheet.add_data_validation(validation)
    explain_columns(book.create_sheet(HELP_SHEET), SHEET, sentences=list_instructions())
    return save_workbook(book)


def save_workbook(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lay_out(sheet: Worksheet, columns: Sequence[Column], *, freeze: str) -> None:
    """Add a header, widths and formats to a sheet with rows."""
    last = max(sheet.max_row, 2)
    for place, column in enumerate(columns, start=1):
        head = sheet.cell(1, place)
        fill_cell(head, column.header)
        head.font, head.fill = Font(bold=True), HEAD
        head.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        for (cell,) in sheet[f"{letter}2:{letter}{last}"]:
            cell.number_format = number_format(column)
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = freeze


def number_format(column: Column) -> str:
    """The Excel format of a column; a month is text, or Excel would turn it into a day."""
    if column.is_count or column.name == "interval_days":
        return "0"
    return {"zone_km2": "0.00", "warning_until": DAY_FORMAT}.get(column.name, TEXT_FORMAT)


def list_validations() -> Iterator[DataValidation]:
    """The checks that Excel makes while somebody types; we repeat them all on upload."""
    place = {column.name: get_column_letter(number) for number, column in enumerate(SHEET, start=1)}
    for name in OF_THE_MONTH:
        most = f"{place[SHARE_OF[name]]}2" if name in SHARE_OF else str(readers.MOST)
        yield accept_between(place[name], "whole", "0", most, error=whole_only())
    yield accept_between(place["interval_days"], "whole", "0", str(readers.MOST_DAYS), error=whole_only())
    yield accept_between(place["zone_km2"], "decimal", "0", "99999.99", error=_("Fill in square kilometres, as 3,25."))
    yield accept_between(place["warning_until"], "date", "36526", "73050", error=_("Fill in a day, as 2025-06-30."))


def whole_only() -> str:
    """Excel's message for a cell that needs a whole number."""
    return _("Fill in a whole number of zero or more, without dots. Leave it empty if you do not have it.")


def accept_between(letter: str, kind: Kind, least: str, most: str, *, error: str) -> DataValidation:
    """A check that a column's values lie between two others, in every row that a file may have."""
    validation = DataValidation(
        type=kind, operator="between", formula1=least, formula2=most, allow_blank=True, showErrorMessage=True
    )
    validation.error, validation.errorTitle = error, SHEET_NAME
    validation.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    return validation


def list_instructions() -> list[str]:
    """What one must know before filling it in."""
    return [
        _("Fill in one row for each month on the sheet “%(sheet)s”. Rows without numbers are left as they are.")
        % {"sheet": SHEET_NAME},
        _("Empty means: not handed in. Type 0 only if it was zero."),
        _("Numbers in digits only: 1234, not 1.234. No formulas, no merged cells, no other columns."),
        _("A month that has already been handed in is replaced as a whole. The earlier numbers stay visible."),
        _("Upload the file in the portal. You first see what would change; nothing is saved before you accept it."),
    ]


def explain_columns(sheet: Worksheet, columns: Sequence[Column], *, sentences: Sequence[str]) -> None:
    """Fill the help sheet: what to do, and what each column means."""
    for number, words in enumerate(sentences, start=1):
        fill_cell(sheet.cell(number, 1), words)
    top = len(sentences) + 2
    for number, (header, words) in enumerate(
        [(_("Column"), _("What it means")), *((column.header, str(column.help)) for column in columns)], start=top
    ):
        fill_cell(sheet.cell(number, 1), header)
        fill_cell(sheet.cell(number, 2), words)
        sheet.cell(number, 1).font = Font(bold=True)
        sheet.cell(number, 2).font = Font(bold=number == top)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 42, 100
