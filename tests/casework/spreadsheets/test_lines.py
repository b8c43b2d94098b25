"""Lines of spreadsheets, whatever file they came from: numbered as spreadsheet programs number them."""

import io
import time
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from casework.spreadsheets import csv_lines, lines, uploaded_file, xlsx_lines
from casework.spreadsheets.cells import safe_text
from casework.spreadsheets.lines import Formula, Line
from casework.uploads.refusals import FileRefused


def saved(*rows: list[Any], second: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if second:
        book.create_sheet(second).append(["elsewhere"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, name: str = "a.xlsx") -> list[Line]:
    return list(uploaded_file.lines_of(SimpleUploadedFile(name, content))[1])


def test_a_workbook_keeps_numbers_days_and_formulas_apart() -> None:
    day = datetime(2025, 6, 1)  # noqa: DTZ001 - a cell has no time zone

    (line,) = read(saved(["x", 12, day, "=1+1"]))

    assert (line.number, line.cells[:5]) == (1, ("x", 12, day, Formula("=1+1"), None))


def test_in_csv_every_cell_is_words() -> None:
    assert read(b"a;b\n=1+1; 12 \n") == [Line(1, ("a", "b")), Line(2, ("=1+1", "12"))]


def test_the_mark_that_we_put_before_a_formula_is_no_part_of_the_words() -> None:
    assert read(f"a;{safe_text('=1+1')}\n".encode()) == [Line(1, ("a", "=1+1"))]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_the_one_of_the_header(separator: str) -> None:
    assert read(f"a{separator}b\n1{separator}2".encode())[1].cells == ("1", "2")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_or_the_one_that_the_file_names_in_a_line_that_counts_as_a_line(separator: str) -> None:
    assert read(f"sep={separator}\r\na{separator}b".encode()) == [Line(2, ("a", "b"))]


@pytest.mark.parametrize("begin", [b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"{\\rtf1"])
def test_another_document_under_the_name_of_a_spreadsheet_is_told_from_one(begin: bytes) -> None:
    with pytest.raises(FileRefused, match=r"\.xlsx"):
        read(begin + b"a;b;c\n1;2;3\n", name="opgaven.xlsx")


def test_of_several_sheets_the_first_is_read_unless_the_reader_chooses() -> None:
    content = saved(["here"], second="Other")

    assert [line.cells[0] for line in xlsx_lines.read_xlsx_lines(content)] == ["here"]
    assert [line.cells[0] for line in xlsx_lines.read_xlsx_lines(content, choose=lambda sheets: sheets[1])] == [
        "elsewhere"
    ]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert [line.number for line in lines.filter_filled_lines(csv_lines.read_csv_lines(b"a\n\n\nb\n"))] == [1, 4]


def test_a_sheet_that_goes_on_and_on_is_refused() -> None:
    with pytest.raises(FileRefused, match="100000"):
        list(lines.filter_filled_lines(csv_lines.read_csv_lines(b"a\n" + b"\n" * lines.MOST_LINES)))


def with_inside(content: bytes, part: str, inside: bytes) -> bytes:
    """The workbook, with this in a part of it."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(changed, "w", ZIP_DEFLATED) as after:
        for one in {*before.namelist()} - {part}:
            after.writestr(one, before.read(one))
        after.writestr(part, inside)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("part", "inside"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>" + b"<c/>" * 3_000_000),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>".encode("utf-16") + b"<\0c\0/\0>\0" * 3_000_000),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/><mergeCells>" + b"<mergeCell/>" * 3_000_000),
        ("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<x>" * 3_000_000),
        ("xl/worksheets/sheet1.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"),
        ("xl/sharedStrings.xml", b"<sst><si>" + b"<r/>" * 1_000_000),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 1_000_000),
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 1_000_000),
    ],
    ids=["row", "other encoding", "behind the rows", "depth", "entities", "a text", "texts", "styles"],
)
def test_a_small_file_that_becomes_millions_of_cells_is_refused_before_they_are_made(part: str, inside: bytes) -> None:
    content, began = with_inside(saved(["x"]), part, inside), time.thread_time()
    with pytest.raises(FileRefused, match="veel te groot"):
        read(content)
    assert time.thread_time() - began < 2


def test_the_widest_and_the_longest_sheet_of_an_honest_program_are_read() -> None:
    assert len(read(saved(*[["x"] * 300] * 500, ["x"] * 16_384))) == 501


def test_what_stands_far_to_the_right_is_not_read() -> None:
    far = ["x"] * (lines.MOST_COLUMNS + 5)

    assert len(read(saved(far))[0].cells) == len(read(";".join(far).encode())[0].cells) == lines.MOST_COLUMNS


def test_a_cell_has_the_name_that_programs_give_it() -> None:
    assert lines.name_cell(12, 27) == "AB12"
