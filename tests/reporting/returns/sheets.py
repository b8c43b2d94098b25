"""Spreadsheets as municipalities make them, good and bad."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from reporting.returns.columns import SHEET

HEADER = [column.header for column in SHEET]
NAMES = [column.name for column in SHEET]
GOOD: dict[str, Any] = {
    "code": "GM0344",
    "name": "Utrecht",
    "month": "2025-06",
    "warnings": 120,
    "fines_van": 30,
    "fines_truck": 0,
    "passages_van": 1000,
    "compliant_van": 960,
    "interval_days": 7,
    "zone_km2": 3.25,
    "warning_until": date(2025, 6, 30),
    "context": "",
}


def row(**cells: Any) -> list[Any]:
    """A good row, with other cells where these say so."""
    values = {**GOOD, **cells}
    return [values.get(name) for name in NAMES]


def book(*rows: list[Any], header: list[Any] = HEADER, title: str = "Opgaven") -> Workbook:
    made = Workbook()
    made.worksheets[0].title = title
    for line in (header, *rows):
        made.worksheets[0].append(line)
    return made


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def xlsx(*rows: list[Any], **about: Any) -> bytes:
    return saved(book(*rows, **about))


def as_csv(*rows: list[Any], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([HEADER, *rows])
    return file.getvalue().encode(encoding)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same zip file, with one part more."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same zip file, with other words in one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part in archive.namelist():
            read = archive.read(part)
            made.writestr(part, read.replace(old, new) if part == name else read)
    return file.getvalue()


def upload(content: bytes, name: str = "opgaven.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
