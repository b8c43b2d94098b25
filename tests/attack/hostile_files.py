"""Files that somebody sends who means harm, or whose program is broken: each with the name that it comes under."""

import io
import struct
import zlib
from dataclasses import dataclass

import pikepdf
from openpyxl import Workbook

from tests import given
from tests.portal import files
from tests.reporting.returns.sheets import changed, with_part

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = b"MZ" + b"\0" * 200
HTML = b"<!DOCTYPE html><html><script>pwn(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwn(1)'/>"
JAVASCRIPT = files.pdf(OpenAction=files.action("JavaScript", JS="app.alert(1)"))


@dataclass(frozen=True)
class File:
    """One file as a form sends it."""

    name: str
    content: bytes


def huge_picture() -> bytes:
    """A small PNG that unpacks to ten gigabytes; its pixels alone would take a hundred megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1024 * 1024) for _ in range(100)) + packer.flush()
    head = files.chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + files.chunk(b"IDAT", packed) + files.chunk(b"IEND", b"")


def workbook() -> bytes:
    """A real XLSX file with a plate and a formula."""
    book, made = Workbook(), io.BytesIO()
    book.worksheets[0].append(["Kenteken", "Opmerking"])
    book.worksheets[0].append(["VX123Z", '=HYPERLINK("https://evil.example","Klik")'])
    book.save(made)
    return made.getvalue()


def with_entity(where: str) -> bytes:
    """An XLSX file that asks its reader to include another file."""
    words, declared = "xl/sharedStrings.xml", f"<!DOCTYPE sst [<!ENTITY a SYSTEM '{where}'>]><sst ".encode()
    return changed(changed(workbook(), words, b"<sst ", declared), words, b"VX123Z", b"&a;")


def locked() -> bytes:
    return files.protected(user="geheim", owner="ander geheim")


def deep_pdf() -> bytes:
    """A PDF of arrays within arrays, on which a reader that calls itself runs out of stack."""
    return files.small_pdf(b"1 0 obj<</Type/Catalog/Pages 2 0 R/A " + b"[" * 50_000 + b"]" * 50_000 + b">>endobj")


def carrying(content: bytes) -> bytes:
    """A PDF with a file in it."""
    made, packed = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.attachments["bijlage"] = pikepdf.AttachedFileSpec(made, content)
    made.save(packed)
    return packed.getvalue()


HONEST = {"a PDF": File("bewijs.pdf", files.PDF), "a sheet": File("lijst.csv", b"Kenteken\r\nVX123Z\r\n")}
MAY_BE_KEPT = {
    "without a name": File("", files.PDF),
    "a name of spaces": File("   ", files.PDF),
    "a name that is a way": File("../../../etc/cron.d/x.pdf", files.PDF),
    "a name that is a way on Windows": File("C:\\Windows\\System32\\x.pdf", files.PDF),
    "a name of two lines": File("a%0D%0ASet-Cookie: x=1\r\nX: 1.pdf", files.PDF),
    "a name without end": File("a" * 500 + ".pdf", files.PDF),
    "a name that turns": File("offerte\u202efdp.exe", files.PDF),
    "a name of code": File('"><img src=pwn>{{7191*7}}#panic("x").pdf', files.PDF),
    "a name with a NUL": File("a\0b.pdf", files.PDF),
    "a picture with a page behind it": File("foto.png", files.PNG + HTML),
    "a PDF that is a zip too": File("beide.pdf", files.PDF + files.zipped(a=PROGRAM)),
    "a picture of ten gigabytes": File("foto.png", huge_picture()),
    "a sheet that leads elsewhere": File(
        "lijst.xlsx", with_part(workbook(), "xl/externalLinks/externalLink1.xml", b"<x/>")
    ),
    "a sheet that asks for our files": File("lijst.xlsx", with_entity("file:///etc/passwd")),
    "a sheet that asks for another site": File("lijst.xlsx", with_entity("http://127.0.0.1:1/")),
}
"""A strange name, or more in it than one sees: handed out as what it says that it is, it does nothing."""
REFUSED = {
    "empty": File("leeg.pdf", b""),
    "a PNG that is a page": File("foto.png", HTML),
    "a drawing that runs": File("tekening.svg", SVG),
    "a page before a PDF": File("foto.pdf", HTML + files.PDF),
    "a program that is called a PDF": File("factuur.pdf", PROGRAM),
    "a PDF with a script": File("contract.pdf", JAVASCRIPT),
    "a PDF with a program in it": File("contract.pdf", carrying(PROGRAM)),
    "a PDF with a password": File("contract.pdf", locked()),
    "a PDF that becomes far too large": File("contract.pdf", files.pdf_bomb()),
    "a PDF without a bottom": File("contract.pdf", deep_pdf()),
    "half a PDF": File("contract.pdf", files.PDF[:60]),
    "a document with macros": File("brief.docx", files.MACROS),
    "a document that becomes far too large": File("brief.docx", files.BOMB),
    "a virus that is none": File("eicar.com", EICAR),
    "a sheet that becomes far too large": File(
        "lijst.xlsx", with_part(workbook(), "xl/media/x", b"\0" * 210 * 1024 * 1024)
    ),
    "a sheet with a program": File("lijst.xlsm", with_part(workbook(), "xl/vbaProject.bin", b"Sub AutoOpen()")),
    "a sheet of a million lines": File("lijst.csv", b"Kenteken\r\n" + b"VX123Z\r\n" * 1_000_000),
    "a sheet of one line": File("lijst.csv", b"a;" * 2_000_000),
    "a sheet with formulas": File("lijst.csv", b"Kenteken\r\n=cmd|' /C calc'!A0\r\n"),
    "a sheet of no letters": File("lijst.csv", bytes(range(256)) * 40),
    "larger than we take": File("groot.pdf", given.PDF + b"\n" * 21 * 1024 * 1024),
}
"""These no form keeps."""
