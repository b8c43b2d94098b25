"""Writes rows as CSV, XLSX or PDF. However many there are, only a chunk of them is in memory at a time."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from casework.exports.listing import Listing, Rows
from casework.spreadsheets.cells import csv_row, fill_cell, xlsx_row

CHUNK = 2000
MARK = b"\xef\xbb\xbf"
"""Marks the file as UTF-8; with it, and with semicolons as separators, Dutch Excel opens it correctly."""
MOST_ROWS = 1_048_576
"""The maximum number of rows of one sheet, header included; further rows go on the next sheet."""
WIDTH, WIDTH_OF_WORDS = 18, 80

Chunks = Iterable[Sequence[Any]]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to write: which list, with which filters, for whom, in which language."""

    listing: Listing
    filters: QueryDict
    owner: str
    language: str


def iterate_chunks(rows: Rows, *, size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """The rows in chunks; a queryset is read through a server-side cursor."""
    source = iter(rows.iterator(chunk_size=size) if isinstance(rows, QuerySet) else rows)
    while chunk := list(islice(source, size)):
        yield chunk


def as_csv(order: Order, chunks: Chunks) -> Iterator[bytes]:
    """A CSV file in pieces: a header in the reader's language, then each chunk as soon as it is read."""
    listing = order.listing
    yield MARK + in_language(order.language, lambda: as_lines([build_header(listing)]))
    for chunk in chunks:
        yield in_language(order.language, lambda chunk=chunk: as_lines(listing.lines(chunk)))  # type: ignore[misc]


def in_language(language: str, write: Callable[[], T]) -> T:
    """Call `write` in a language; between pieces the consumer may use another one."""
    with override(language):
        return write()


def build_header(listing: Listing) -> list[str]:
    """The titles of the columns."""
    return [str(column) for column in listing.columns]


def as_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as lines of a CSV file."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows(csv_row(as_text(plain_cell(value)) for value in row) for row in rows)
    return file.getvalue().encode()


def plain_cell(value: object) -> object:
    """The value of a cell: a number, a day, a naive moment in Amsterdam, or text."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, int | float | Decimal | date) and not isinstance(value, bool)):
        return value
    return str(value)


def as_text(value: object) -> object:
    """A day as 2026-11-24, a moment as 2026-11-24 10:00: the only notation that every program reads the same way."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def write_csv(file: IO[bytes], order: Order, chunks: Chunks) -> None:
    """Write a CSV file."""
    for piece in as_csv(order, chunks):
        file.write(piece)


def write_xlsx(file: IO[bytes], order: Order, chunks: Chunks) -> None:
    """Write a workbook, streaming its rows to disk. The first sheet describes them."""
    book = Workbook(write_only=True)
    with override(order.language):
        written = write_rows(book, order.listing, chunks)
        write_about(book, order, rows=written)
    book.active = 1
    book.save(file)


def write_rows(book: Workbook, listing: Listing, chunks: Chunks) -> int:
    """Write the rows, on as many sheets as they need; returns their number."""
    sheet, room, written = new_sheet(book, listing), MOST_ROWS - 1, 0
    for chunk in chunks:
        for line in listing.lines(chunk):
            if not room:
                sheet, room = new_sheet(book, listing), MOST_ROWS - 1
            sheet.append(xlsx_row(sheet, map(plain_cell, line)))
            room -= 1
        written += len(chunk)
    return written


def write_about(book: Workbook, order: Order, *, rows: int) -> None:
    """Describe the list: filters, who asked, when, number of rows, for whoever opens the file a year later."""
    sheet = book.create_sheet(_("About this list"), 0)
    for column, width in (("A", WIDTH), ("B", WIDTH_OF_WORDS)):
        sheet.column_dimensions[column].width = width
    for name, value in (
        (_("List"), order.listing.title),
        (_("Chosen"), order.listing.chosen(order.filters) or _("everything")),
        (_("Asked by"), order.owner),
        (_("Made on"), timezone.now()),
        (_("Number of rows"), rows),
        (_("Page of the list"), settings.SITE_URL + order.listing.page(order.filters)),
        (_("Please note"), order.listing.note),
    ):
        if value == "":
            continue
        sheet.append([make_bold_cell(sheet, name), *xlsx_row(sheet, [plain_cell(value)])])


def new_sheet(book: Workbook, listing: Listing) -> Any:
    """A sheet with only its header, which stays visible when scrolling."""
    sheet = book.create_sheet(_("Rows"))
    sheet.freeze_panes = "A2"
    for number in range(1, len(listing.columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.append([make_bold_cell(sheet, name) for name in build_header(listing)])
    return sheet


def make_bold_cell(sheet: Any, words: str) -> Any:
    """A cell of the header."""
    cell = WriteOnlyCell(sheet)
    fill_cell(cell, words)
    cell.font = Font(bold=True)
    return cell


def write_pdf(file: IO[bytes], order: Order, chunks: Chunks) -> None:
    """Write a PDF, as the list itself defines it; raises LookupError if it does not."""
    if order.listing.write_pdf is None:
        raise LookupError(f"{order.listing.name} is no PDF")
    order.listing.write_pdf(file, order, chunks)


WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "pdf": write_pdf}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
