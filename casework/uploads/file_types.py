"""What a file is, by its content and never by its name: the types that we take, and whether the content is whole."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile, ZipInfo

import puremagic
from django.utils.translation import gettext as _

from casework.uploads.refusals import FileRefused

MAX_UNPACKED = 200 * 1024 * 1024  # bytes; an honest office file of 20 MB stays far below it
MAX_PARTS = 5000
OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"


@dataclass(frozen=True)
class Type:
    """A type that we take: `reads` tells whether the content holds together as one."""

    content_type: str
    suffixes: tuple[str, ...]
    reads: Callable[[bytes], bool]


def recognise_type(content: bytes, *, name: str) -> Type:
    """The type of the content; raises FileRefused if we do not take it or it is damaged."""
    found = TYPES.get(guess_content_type(content))
    if found is None and content.startswith(b"PK\x03\x04"):
        found = office_type(content, name=name)
    if found is None:
        raise FileRefused(not_taken(content, name=name))
    if not found.reads(content):
        raise FileRefused(
            _("“%(name)s” is damaged or not complete. Open it yourself to check, and save or scan it again.")
            % {"name": name}
        )
    return found


def guess_content_type(content: bytes) -> str:
    """The most likely content type by its first bytes, among those that are not containers; empty if unknown."""
    if content.startswith(b"PK\x03\x04"):
        return ""
    try:
        matches = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    # A match counts at the very start only: a page of HTML with a PDF behind it is a page of HTML.
    likely = [match.mime_type for match in matches if match.confidence >= matches[0].confidence and match.offset < 8]
    return next((kind for kind in likely if kind in TYPES), "")


def not_taken(content: bytes, *, name: str) -> str:
    """Why a file is refused, as near to the person's own file as we can tell."""
    about = {"name": name}
    if content.startswith((b"MZ", b"\x7fELF", b"#!")):
        return _("“%(name)s” is a program, not a document. Send the document itself, as PDF or photo.") % about
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _("“%(name)s” is an old Office file or has a password. Save it as PDF without password.") % about
    if content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _("“%(name)s” is a web page or drawing. Print it to PDF, or take a screenshot, and send that.") % about
    return _("We cannot read “%(name)s”. Send a PDF, a photo (JPEG, PNG, HEIC), or a Word, Excel or ODT file.") % about


def reads_pdf(content: bytes) -> bool:
    """Whether it begins and ends as a PDF: half a download has no end."""
    return any(mark in content[-2048:] for mark in (b"%%EOF", b"startxref", b"trailer"))


def reads_png(content: bytes) -> bool:
    """Whether every chunk is whole, up to the last."""
    position = 8
    while position + 12 <= len(content):
        length = struct.unpack(">I", content[position : position + 4])[0]
        body = content[position + 4 : position + 8 + length]
        checksum = content[position + 8 + length : position + 12 + length]
        if len(checksum) < 4 or zlib.crc32(body) != struct.unpack(">I", checksum)[0]:
            return False
        if body[:4] == b"IEND":
            return True
        position += 12 + length
    return False


def reads_jpeg(content: bytes) -> bool:
    """Whether its segments lead to a picture that also ends; cameras may add bytes after the end."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xDA:
            return b"\xff\xd9" in content[position:]
        position += 2 + struct.unpack(">H", content[position + 2 : position + 4])[0]
    return False


def reads_heic(content: bytes) -> bool:
    """Whether the boxes of a phone's picture fill the file."""
    position = 0
    while position + 8 <= len(content):
        size = struct.unpack(">I", content[position : position + 4])[0]
        if size == 0:
            return True
        if size == 1:
            size = struct.unpack(">Q", content[position + 8 : position + 16].rjust(8, b"\0"))[0]
        if size < 8:
            return False
        position += size
    return position == len(content)


# --- Office files are zip files -------------------------------------------------------------------------


def office_type(content: bytes, *, name: str) -> Type | None:
    """Which office file a zip file is; None if it is another. Raises FileRefused for a bomb, a macro, a password."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            refuse_bad_parts(parts, name=name)
            return detect_office_type(archive, parts)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileRefused(
            _("“%(name)s” is damaged or has a password. Save it again without password, or as PDF.") % {"name": name}
        ) from error


def refuse_bad_parts(parts: dict[str, ZipInfo], *, name: str) -> None:
    """No bomb and no macro."""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts.values()) > MAX_UNPACKED:
        raise FileRefused(_("“%(name)s” becomes far too large when it is opened. Save it as PDF.") % {"name": name})
    if any(re.search(r"vbaProject|/?Basic/|/?Scripts/", part) for part in parts):
        raise FileRefused(_("“%(name)s” has macros: small programs. Save it as .docx, .xlsx or PDF.") % {"name": name})


def detect_office_type(archive: ZipFile, parts: dict[str, ZipInfo]) -> Type | None:
    """By its main part, whose first bytes are really unpacked."""
    for part, kind in OFFICE_PARTS.items():
        if part in parts and "[Content_Types].xml" in parts:
            return kind if read_beginning(archive, part).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else None
    return ODF_TYPES.get(read_beginning(archive, "mimetype")) if {"mimetype", "content.xml"} <= parts.keys() else None


def read_beginning(archive: ZipFile, part: str) -> bytes:
    """The first bytes of a part."""
    with archive.open(part) as file:
        return file.read(100)


def reads_zip(_content: bytes) -> bool:
    """Its parts were looked at already."""
    return True


PDF = Type("application/pdf", (".pdf",), reads_pdf)
JPEG = Type("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), reads_jpeg)
HEIC = Type("image/heic", (".heic", ".heif"), reads_heic)
TYPES = {
    "application/pdf": PDF,
    "image/jpeg": JPEG,
    "image/png": Type("image/png", (".png",), reads_png),
    "image/heic": HEIC,
    "image/heif": HEIC,
}
OFFICE_PARTS = {
    "word/document.xml": Type(f"{OFFICE}.wordprocessingml.document", (".docx",), reads_zip),
    "xl/workbook.xml": Type(XLSX, (".xlsx",), reads_zip),
}
ODF_TYPES = {
    content_type.encode(): Type(content_type, (suffix,), reads_zip)
    for content_type, suffix in (
        ("application/vnd.oasis.opendocument.text", ".odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    )
}
