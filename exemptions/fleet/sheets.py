"""Vehicles from a CSV or XLSX file. The content decides what it is; what hides, merges or computes is refused."""

import codecs
import csv
import io
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from casework.sheets import plain_text
from exemptions.filing import uploads
from exemptions.filing.uploads import FileRefused
from exemptions.fleet.pasted import LONGEST_TYPED, MOST, Entry, entry, too_many

PLATE_TITLES = ("kenteken", "kentekens", "kentekennummer", "plate", "number plate", "license plate", "licence plate")
REMARK_TITLES = ("opmerking", "opmerkingen", "bijnaam", "naam", "omschrijving", "remark", "remarks", "nickname", "name")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = (";", ",", "\t")
ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
STREAMED = "xl/worksheets/"
MAX_UNPACKED, MAX_PART, MAX_PARTS = 60 * 1024 * 1024, 10 * 1024 * 1024, 500
MOST_LINES, MOST_COLUMNS = 20_000, 20
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([^\"']{1,40})[\"']")
PIECE, OVERLAP = 1024 * 1024, 200

Cells = tuple["str | Formula", ...]
Lines = Iterator[tuple[int, Cells]]


class Formula(str):
    """A cell that computes: what it gives depends on the program that opens it."""

    __slots__ = ()


def read(upload: "UploadedFile[Any]") -> tuple[str, list[Entry]]:
    """The name to show and every vehicle of the file; raises FileRefused where the file as a whole is of no use."""
    name = uploads.tidy_name(upload.name or "")
    content = content_of(upload, name=name)
    uploads.scan(content, name=name)
    if content.startswith(ZIP):
        refuse_archive(content, name=name)
        return name, entries(of_workbook(content))
    return name, entries(of_text(content))


def content_of(upload: "UploadedFile[Any]", *, name: str) -> bytes:
    """The bytes of a file that can be a spreadsheet."""
    if not upload.size:
        raise FileRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        message = _("“%(name)s” is larger than %(size)s MB. Send only the sheet with the plates.")
        raise FileRefused(message % {"name": name, "size": uploads.megabytes()})
    upload.seek(0)
    content = bytes(upload.read())
    if content.startswith(OLD_OFFICE):
        message = _("“%(name)s” has a password or is an old Excel file. Save it as .xlsx without password.")
        raise FileRefused(message % {"name": name})
    return content


# --- From lines to vehicles -----------------------------------------------------------------------------


def entries(lines: Lines) -> list[Entry]:
    """By the names in the first line; without them the first column has the plates and the second the remarks."""
    filled = ((number, cells) for number, cells in lines if any(cells))
    first = next(filled, None)
    if first is None:
        raise FileRefused(_("The file is empty. Download our example and fill it in."))
    titles = [cell.strip().lower() for cell in first[1]]
    plate, remark = place_of(titles, PLATE_TITLES), place_of(titles, REMARK_TITLES)
    rows = filled if plate is not None else chain([first], filled)
    columns = (plate, remark) if plate is not None else (0, 1)
    found: list[Entry] = []
    for number, cells in rows:
        found.append(of_row(number, cells, *columns))
        if len(found) > MOST:
            raise FileRefused(too_many())
    if not found:
        raise FileRefused(_("The file has no plates below its first line. Fill it in, and send it again."))
    return found


def place_of(titles: list[str], known: tuple[str, ...]) -> int | None:
    """In which column one of these names stands."""
    return next((place for place, title in enumerate(titles) if title in known), None)


def of_row(number: int, cells: Cells, plate: int, remark: int | None) -> Entry:
    """One vehicle, or what is wrong with its cells."""
    typed, words = cell_at(cells, plate), cell_at(cells, remark)
    for place, cell in ((plate, typed), (remark or 0, words)):
        if isinstance(cell, Formula):
            sentence = _("Here is a formula. Copy the cell, and paste it back as a value.")
            return Entry(number, address(number, place), cell[:LONGEST_TYPED], problem=sentence)
    return entry(typed, number=number, cell=address(number, plate), remark=words)


def cell_at(cells: Cells, place: int | None) -> "str | Formula":
    """A cell, empty where the line is shorter."""
    return cells[place] if place is not None and place < len(cells) else ""


def address(number: int, place: int) -> str:
    """A cell as spreadsheet programs name it."""
    return f"{get_column_letter(place + 1)}{number}"


def refuse_long(number: int) -> None:
    """The sheet goes on and on."""
    if number > MOST_LINES:
        raise FileRefused(too_many())


# --- CSV ------------------------------------------------------------------------------------------------


def of_text(content: bytes) -> Lines:
    """Lines parted by semicolons, commas or tabs, in the encodings that Excel writes."""
    file = io.TextIOWrapper(io.BytesIO(content), encoding=encoding_of(content), newline="")
    try:
        first, started = file.readline(10_000), 1
        if first.lower().startswith("sep="):
            first, started = file.readline(10_000), 2
        separator = max(SEPARATORS, key=first.count)
        for number, cells in enumerate(csv.reader(chain([first], file), delimiter=separator), start=started):
            refuse_long(number)
            yield number, tuple(of_cell(cell) for cell in cells[:MOST_COLUMNS])
    except (UnicodeError, csv.Error) as error:
        raise FileRefused(not_text()) from error


def of_cell(cell: str) -> "str | Formula":
    """Words of a CSV file; the mark that we put before what looks like a formula is no part of them."""
    bare = cell.strip(" ").replace("\0", "")
    return Formula(bare) if bare.startswith("=") else plain_text(bare)


def encoding_of(content: bytes) -> str:
    """By the mark at its start; else UTF-8, else what Dutch Excel writes. Raises FileRefused for what is no text."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    if b"\0" in content:
        raise FileRefused(not_text())
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileRefused(not_text())


def not_text() -> str:
    """It is neither a workbook nor lines of text."""
    return _("We cannot read this file as a spreadsheet. Send an Excel file (.xlsx) or a CSV file.")


# --- XLSX -----------------------------------------------------------------------------------------------


def refuse_archive(content: bytes, *, name: str) -> None:
    """An XLSX file is a zip file: no macro, no bomb, no password, no other document."""
    about = {"name": name}
    with opened(content, name=name) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise FileRefused(_("“%(name)s” has a password. Save it without password.") % about)
        if has_macros(archive, parts):
            message = _("“%(name)s” has macros: small programs. Save it as .xlsx, without macros.")
            raise FileRefused(message % about)
        if is_too_large(parts):
            message = _("“%(name)s” becomes far too large when it is opened. Copy the plates to our example.")
            raise FileRefused(message % about)
        if "xl/workbook.xml" not in archive.namelist():
            raise FileRefused(_("“%(name)s” is no Excel file. Send it as .xlsx or .csv.") % about)


@contextmanager
def opened(content: bytes, *, name: str) -> Iterator[ZipFile]:
    """The zip file; raises FileRefused where it is damaged."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, FileRefused):
            raise
        message = _("“%(name)s” is damaged or not complete. Open it yourself to check, and save it again.")
        raise FileRefused(message % {"name": name}) from error


def has_macros(archive: ZipFile, parts: list[ZipInfo]) -> bool:
    """By its programs, or by what it says it is."""
    if any("vbaproject" in part.filename.lower() or "macrosheets" in part.filename.lower() for part in parts):
        return True
    kinds = next((part for part in parts if part.filename == "[Content_Types].xml"), None)
    return kinds is not None and kinds.file_size < MAX_PART and b"macroEnabled" in archive.read(kinds)


def is_too_large(parts: list[ZipInfo]) -> bool:
    """By what its parts become; a part never gives more than it says here. Sheets are read as a stream."""
    whole = [part.file_size for part in parts if not part.filename.startswith(STREAMED)]
    unpacked = sum(part.file_size for part in parts)
    return len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or any(size > MAX_PART for size in whole)


def of_workbook(content: bytes) -> Lines:
    """The lines of the only sheet, or of the first of several; raises FileRefused where it is not to be read."""
    with damaged_in_words(), closing(open_book(content)) as book:
        hidden = next((sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"), None)
        if hidden is not None:
            message = _("The file has a hidden sheet: “%(sheet)s”. Show it or take it out, and send the file again.")
            raise FileRefused(message % {"sheet": hidden})
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size need not be true
        refuse_merged(content, sheet._worksheet_path)
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            refuse_long(number)
            yield number, tuple(value_of(cell) for cell in cells)


@contextmanager
def damaged_in_words() -> Iterator[None]:
    """A file that is broken on the inside can make the library fail in any way; the reader gets one sentence."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        message = _("This file is damaged on the inside. Copy the plates to our own example, and send that.")
        raise FileRefused(message) from error


def open_book(content: bytes) -> Any:
    """As a stream, with its formulas as such, and without what lies in other files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about layout that the library does not know, and we do not need
        return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)


def value_of(cell: Any) -> "str | Formula":
    """What a cell holds as words; a formula as such."""
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", None) or cell.value)[:100])
    return "" if cell.value is None else str(cell.value).replace("\0", "")


def refuse_merged(content: bytes, part: str) -> None:
    """Merged cells say one thing in several places."""
    with ZipFile(io.BytesIO(content)) as archive, archive.open(part) as file:
        rest = b""
        while piece := file.read(PIECE):
            if found := MERGED.search(rest + piece):
                cells = found[1].decode("ascii", "replace")
                message = _("The cells %(cells)s are merged. Split them, and give each row its own plate.")
                raise FileRefused(message % {"cells": cells})
            rest = piece[-OVERLAP:]
