"""Files with plates: honest ones are read cell by cell, hostile ones refused in a sentence."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from casework.uploads.refusals import FileRefused
from exemptions.fleet import files, sheets
from exemptions.fleet.paste_parser import Entry
from tests.portal import files as handed_in

MOST = 5000


def upload(content: bytes, name: str = "wagenpark.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def workbook(*rows: list[Any], change: Any = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, name: str = "wagenpark.xlsx") -> list[Entry]:
    return sheets.read_upload(upload(content, name), most=MOST)[1]


def test_a_workbook_with_our_header() -> None:
    (one, two) = read(workbook(["Kenteken", "Opmerking"], ["VX-123-Z", "blauw"], ["v001aa", None]))

    assert (one.plate, one.remark, one.cell) == ("VX123Z", "blauw", "A2")
    assert (two.plate, two.remark, two.cell) == ("V001AA", "", "A3")


def test_columns_may_stand_elsewhere_or_have_no_header() -> None:
    assert read(workbook(["Naam", "Kenteken"], ["Jan", "VX123Z"]))[0].remark == "Jan"
    assert read(workbook(["VX123Z", "Jan"]))[0].remark == "Jan"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_in_any_encoding_that_excel_writes(encoding: str) -> None:
    (one,) = read("Kenteken;Opmerking\r\nVX-123-Z;café\r\n".encode(encoding), "wagenpark.csv")

    assert (one.plate, one.remark, one.cell) == ("VX123Z", "café", "A2")


def test_the_example_reads_back() -> None:
    for format in ("csv", "xlsx"):
        example: Any = files.serve_example(format)
        content = b"".join(example.streaming_content)
        assert [one.plate for one in read(content, f"voorbeeld.{format}")] == ["AB12CD", "XY345Z"]


def test_a_formula_is_a_problem_of_its_cell() -> None:
    (one,) = read(workbook(["Kenteken"], ['=HYPERLINK("http://example.org")']))
    (two,) = read(b"Kenteken\n=cmd|' /C calc'!A0\n", "a.csv")

    assert (one.cell, two.cell) == ("A2", "A2")
    assert "formule" in one.problem
    assert "formule" in two.problem


def merged(book: Workbook) -> None:
    book.worksheets[0].merge_cells("A2:B2")


def hidden(book: Workbook) -> None:
    book.create_sheet("geheim").sheet_state = "hidden"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"\xd0\xcf\x11\xe0oud", "wachtwoord"),
        (b"PK\x03\x04half", "beschadigd"),
        (b"\x00\x01\x02\x03", "niet lezen als spreadsheet"),
        (b"\n\n", "leeg"),
        (b"Kenteken\n", "geen kentekens"),
        (handed_in.office("xl__workbook_DOT_xml", xl__vbaProject_DOT_bin=b"Sub"), "macro"),
        (handed_in.office("xl__workbook_DOT_xml", xl__big_DOT_xml=b"\0" * 70_000_000), "veel te groot"),
        (handed_in.office("word__document_DOT_xml"), "geen Excel"),
        (handed_in.office("xl__workbook_DOT_xml"), "vanbinnen"),
        (workbook(["Kenteken"], ["VX123Z", "x"], change=merged), "samengevoegd"),
        (workbook(["Kenteken"], ["VX123Z"], change=hidden), "verborgen"),
        (b"Kenteken\n" + b"VX123Z\n" * (MOST + 1), "5000"),
        (b"VX123Z\n" * 50_000, "5000"),
    ],
)
def test_a_file_of_no_use_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        read(content)


def test_a_workbook_of_fifty_thousand_rows_is_refused() -> None:
    with pytest.raises(FileRefused, match="5000"):
        read(workbook(["Kenteken"], *(["VX123Z"] for _number in range(50_000))))


def test_what_leaves_is_safe_for_programs_that_run_formulas() -> None:
    content = files.as_csv(["Opmerking"], [["=1+1"], ["@SUM(A1)"]]).decode()

    assert "'=1+1" in content
    assert "'@SUM" in content
