"""Files as people hand them in, made here: honest ones, damaged ones and hostile ones."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import given

PDF = given.PDF + b"% handed in"  # another file than the ones that a case of `given` has already
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


def pdf(**catalogue: Any) -> bytes:
    """A page as PDF, packed as programs do it, with this in its catalogue; `_file`: content of a file within it."""
    made, within = pikepdf.new(), catalogue.pop("_file", None)
    made.add_blank_page()
    for name, value in catalogue.items():
        made.Root[f"/{name}"] = made.make_indirect(value)
    if within is not None:
        made.attachments["bijlage"] = pikepdf.AttachedFileSpec(made, within)
    packed = io.BytesIO()
    made.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


def protected(*, user: str = "", owner: str) -> bytes:
    """A PDF with a password to open it (`user`), or only against changes (`owner`)."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.save(packed, encryption=pikepdf.Encryption(user=user, owner=owner))
    return packed.getvalue()


def small_pdf(objects: bytes) -> bytes:
    """One as somebody types it who wants to mislead; readers mend what lacks."""
    return PDF.replace(b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", objects)


def action(sort: str, **more: Any) -> pikepdf.Dictionary:
    """What a PDF does when it is opened."""
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{sort}"), **more)


def pdf_bomb() -> bytes:
    """What becomes four hundred megabytes where its objects are unpacked."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(400)) + packer.flush()
    head = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 3 0 R>>endobj\n"
    objects = b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed
    body = head + objects + b"\nendstream endobj\n"
    places = [(0, 0, 0), (1, 9, 0), (1, len(head), 0), (2, 2, 0), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIH", *place) for place in places)
    cross = b"4 0 obj<</Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table) + table
    return body + cross + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def pdf_with_a_number() -> bytes:
    """As macOS, Ghostscript and Cairo write it: a length stands as a number in an object of its own."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Length = made.make_indirect(3)  # type: ignore[call-overload]
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def pdf_of_many_bombs() -> bytes:
    """Small, and half a minute's work to unpack: many streams that each stay below what one may become."""
    packed = zlib.compress(b"4 0 " + b" " * 60_000_000, 9)
    stream = b"%d 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
    body, places = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n", [(0, 0, 0), (1, 9, 0), (0, 0, 0)]
    for number in range(3, 203, 2):
        places += [(1, len(body), 0), (2, number, 0)]
        body += stream % (number, len(packed), packed)
    table = b"".join(struct.pack(">BIH", *place) for place in [*places, (1, len(body), 0)])
    head = b"%d 0 obj<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Length %d>>stream\n"
    cross = head % (len(places), len(places) + 1, len(table)) + table
    return body + cross + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
