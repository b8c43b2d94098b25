"""An uploaded file: its type, whether it can be read safely, and its lines. The content decides, never the name.

The limits protect the machine against archives built to harm it; an honest sheet stays far below them. A refusal
concerns the whole file and says what to do; nothing is kept.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casework.spreadsheets import csv_lines, xlsx_lines
from casework.spreadsheets.lines import Lines
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import get_upload_limit_mb, tidy_name
from casework.uploads.virus_scanner import scan_for_viruses

ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
NO_SHEETS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
"""Signatures of files often sent by mistake: PDF, pictures, RTF. Some of them could be read as lines of text."""
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PART = 10 * 1024 * 1024
MAX_PARTS = 500
STREAMED = "xl/worksheets/"
"""Sheets are read line by line, so they may be large; parts that are read as a whole may not."""


def lines_of(
    upload: "UploadedFile[Any]", *, choose: xlsx_lines.Choose = xlsx_lines.pick_first_sheet
) -> tuple[str, Lines]:
    """The name to show, and the lines of the file; raises FileRefused, possibly halfway through the lines."""
    name, content = check_spreadsheet(upload)
    return name, xlsx_lines.read_xlsx_lines(content, choose=choose) if is_workbook(
        content
    ) else csv_lines.read_csv_lines(content)


def check_spreadsheet(upload: "UploadedFile[Any]") -> tuple[str, bytes]:
    """The name to show, and the bytes of a file that can be read safely; raises FileRefused."""
    name = tidy_name(upload.name or "")
    content = content_of(upload, name=name)
    scan_for_viruses(content, name=name)
    if is_workbook(content):
        refuse_archive(content, name=name)
    return name, content


def is_workbook(content: bytes) -> bool:
    """Whether the file is XLSX; otherwise it can only be CSV."""
    return content.startswith(ZIP)


def content_of(upload: "UploadedFile[Any]", *, name: str) -> bytes:
    """The bytes of a file that may be a spreadsheet; raises FileRefused."""
    if not upload.size:
        raise FileRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(
            _("“%(name)s” is larger than %(size)s MB. Send only the sheet that we ask for.")
            % {"name": name, "size": get_upload_limit_mb()}
        )
    upload.seek(0)
    content = bytes(upload.read())
    if content.startswith(OLD_OFFICE):
        raise FileRefused(
            _("“%(name)s” has a password or is an old Excel file. Save it as .xlsx without password.") % {"name": name}
        )
    if content.startswith(NO_SHEETS):
        raise FileRefused(csv_lines.not_text())
    return content


def refuse_archive(content: bytes, *, name: str) -> None:
    """Raise FileRefused for an archive with a password or macros, a zip bomb, or another kind of document."""
    with open_zip(content, name=name) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise FileRefused(_("“%(name)s” has a password. Save it without password.") % {"name": name})
        if has_macros(archive, parts):
            raise FileRefused(
                _("“%(name)s” has macros: small programs. Save it as .xlsx, without macros.") % {"name": name}
            )
        if is_too_large(parts) or xlsx_lines.is_bloated(archive):
            message = _("“%(name)s” becomes far too large when it is opened. Copy the rows into our own file.")
            raise FileRefused(message % {"name": name})
        if "xl/workbook.xml" not in archive.namelist():
            raise FileRefused(_("“%(name)s” is not an Excel file. Send it as .xlsx or .csv.") % {"name": name})


@contextmanager
def open_zip(content: bytes, *, name: str) -> Iterator[ZipFile]:
    """The zip file; raises FileRefused if it is damaged."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FileRefused(
            _("“%(name)s” is damaged or not complete. Open it yourself to check, and save it again.") % {"name": name}
        ) from error


def has_macros(archive: ZipFile, parts: list[ZipInfo]) -> bool:
    """Whether the archive has macros, by its parts or by its declared content type."""
    if any("vbaproject" in part.filename.lower() or "macrosheets" in part.filename.lower() for part in parts):
        return True
    kinds = next((part for part in parts if part.filename == "[Content_Types].xml"), None)
    return kinds is not None and kinds.file_size < MAX_PART and b"macroEnabled" in archive.read(kinds)


def is_too_large(parts: list[ZipInfo]) -> bool:
    """Whether the archive unpacks to too much; a part never yields more than the size it declares."""
    whole = [part.file_size for part in parts if not part.filename.startswith(STREAMED)]
    return (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or any(size > MAX_PART for size in whole)
    )
