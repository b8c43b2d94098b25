"""The words of a file as a reader gets them: of a PDF, a DOCX, and the sheets of a workbook."""

import io
import re
from typing import Any

import docx
import pikepdf
from openpyxl import load_workbook


def pdf_words(content: bytes) -> str:
    """The words of a PDF, by its own tables from glyphs to letters."""
    words = []
    for page in pikepdf.open(io.BytesIO(content)).pages:
        fonts = {name: letters_of(font) for name, font in page.Resources.Font.items()}
        words.append(page_words(page, fonts))
    return re.sub(r"\s+", " ", " ".join(words))


def letters_of(font: pikepdf.Object) -> dict[int, str]:
    """The letters of a font, by their number in the page."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for code, letters in re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", table, re.MULTILINE):
        found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for first, last, letters in re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", table, re.M):
        start = int.from_bytes(bytes.fromhex(letters), "big")
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = chr(start + step)
    return found


def page_words(page: pikepdf.Page, fonts: dict[str, dict[int, str]]) -> str:
    words, font = [], {}
    for one in pikepdf.parse_content_stream(page):
        operands, operator = list(one.operands), one.operator
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
            codes = b"".join(strings)
            words.append("".join(font.get(codes[at] * 256 + codes[at + 1], "") for at in range(0, len(codes) - 1, 2)))
        elif str(operator) in ("ET",):
            words.append(" ")
    return "".join(words)


def docx_words(content: bytes) -> str:
    """The words of a DOCX in the order of the body, cells of tables included."""
    body = docx.Document(io.BytesIO(content)).element.body
    lines = ("".join(part.text or "" for part in line.xpath(".//w:t")) for line in body.iter("{*}p"))
    return re.sub(r"\s+", " ", " ".join(lines))


def docx_tables(content: bytes) -> list[list[list[str]]]:
    """The cells of every table of a DOCX, row by row."""
    tables = docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def workbook_rows(content: bytes) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Of each figure's sheet the rows by key: count, of how many, percent."""
    book = load_workbook(io.BytesIO(content))
    sheets = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book.worksheets[1:]}
    return {name: {str(row[0]): row[2:5] for row in rows} for name, rows in sheets.items()}
