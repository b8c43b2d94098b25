"""Files as people hand them in, made here: honest ones, damaged ones and hostile ones."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x02scan\xff\xd9"
HEIC = struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + struct.pack(">I", 12) + b"mdatabcd"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    + chunk(b"IEND", b"")
)


def zipped(**parts: bytes) -> bytes:
    """A zip file; `__` in a name is a slash, `_DOT_` a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return made.getvalue()


def office(main: str, **more: bytes) -> bytes:
    """An Office file with its main part, as `word__document_DOT_xml`."""
    made = io.BytesIO(zipped(**{main: b"<?xml version='1.0'?><a/>", **more}))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return made.getvalue()


DOCX = office("word__document_DOT_xml")
XLSX = office("xl__workbook_DOT_xml")
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_DOT_xml=b"<a/>")
BOMB = office("word__document_DOT_xml", word__big=b"\0" * 210 * 1024 * 1024)
MACROS = office("word__document_DOT_xml", word__vbaProject_DOT_bin=b"Sub AutoOpen()")


def upload(content: bytes, name: str = "bewijs.pdf") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, content_type="application/x-whatever-the-browser-says")
