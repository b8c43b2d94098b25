"""Files that no program misreads: numbers, days, formulas, characters that XML cannot hold, full cells and sheets."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from casework.exports.listing import Listing, map_rows
from casework.exports.writers import Order, as_csv, iterate_chunks, write_xlsx
from casework.spreadsheets.cells import MAX_CELL_LENGTH, plain_text
from exemptions.models import Applicant
from exemptions.terms import AMSTERDAM
from tests import given
from tests.casework.exports.files import book, rows

NOON = datetime(2026, 3, 1, 12, 30, tzinfo=AMSTERDAM)
HOSTILE = ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def order(*columns: str) -> Order:
    """A list whose rows are what its lines say."""
    one = Listing(
        name="x",
        title="X",
        columns=columns,
        rows=lambda _user, _filters: [],
        lines=map_rows(lambda row: row),
        page=lambda _filters: "/",
    )
    return Order(listing=one, filters=QueryDict(), owner="Kees", language="nl")


def lines(*given: list[Any]) -> list[list[str]]:
    """Rows as CSV, without the header."""
    data = b"".join(as_csv(order("A"), iterate_chunks(given))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1:]


def sheets(*given: list[Any]) -> list[Any]:
    """Rows as XLSX: its sheets without the one in front."""
    file = io.BytesIO()
    write_xlsx(file, order("A", "B"), iterate_chunks(given))
    return list(load_workbook(file).worksheets[1:])


def test_in_a_workbook_numbers_are_numbers_and_days_are_days():
    (sheet,) = sheets([7, Decimal("2.50"), date(2026, 3, 1), NOON, "7", None, ""])
    number, price, day, moment, words = (cell.value for cell in sheet[2])

    assert (number, price, words) == (7, 2.5, "7")
    assert (f"{day:%d-%m-%Y}", f"{moment:%d-%m-%Y %H:%M}") == ("01-03-2026", "01-03-2026 12:30")
    assert [cell.is_date for cell in sheet[2]] == [False, False, True, True, False]


def test_in_csv_a_day_is_written_in_the_way_that_nobody_turns_round():
    assert lines([7, Decimal("2.50"), date(2026, 3, 1), NOON, None]) == [
        ["7", "2.50", "2026-03-01", "2026-03-01 12:30", ""]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_an_applicant_is_no_formula(name, as_caseworker, applicant):
    given.filed(by=applicant)
    Applicant.objects.update(name=name)

    cell = book(as_caseworker, "application").worksheets[1]["B2"]
    assert (cell.data_type, cell.value.strip()) == ("s", name.strip())
    cell = rows(as_caseworker, "application")[0]["Aanvrager"]

    assert (cell[0], plain_text(cell)) == ("'", name)


@pytest.mark.parametrize("words", ["Jan; Piet", 'de "Korst"', "twee\nregels", "a,b\tc"])
def test_what_parts_cells_stays_within_its_cell(words):
    assert lines([words, "daarna"]) == [[words, "daarna"]]


@pytest.mark.parametrize("sign", ["\uffff", "\ufffe", "\x07"])
def test_a_sign_that_a_workbook_cannot_hold_is_left_out(sign):
    (sheet,) = sheets([f"a{sign}b"])

    assert sheet["A2"].value == "ab"


@pytest.mark.parametrize("words", ["x" * 100_000, "😀" * 20_000])
def test_a_cell_that_is_too_long_is_cut_so_that_one_sees_it(words):
    (sheet,) = sheets([words])

    assert sheet["A2"].value.endswith("…")
    assert len(sheet["A2"].value.encode("utf-16-le")) <= MAX_CELL_LENGTH * 2
    assert lines([words]) == [[words]]


def test_what_does_not_fit_on_a_sheet_goes_on_the_next(monkeypatch):
    monkeypatch.setattr("casework.exports.writers.MOST_ROWS", 3)
    found = sheets(*([number, ""] for number in range(5)))

    assert [[cell.value for cell in sheet["A"]] for sheet in found] == [["A", 0, 1], ["A", 2, 3], ["A", 4]]
    assert len({sheet.title for sheet in found}) == 3


def test_rows_are_read_some_at_a_time():
    read: list[int] = []

    def reading() -> Any:
        for number in range(10):
            read.append(number)
            yield [number]

    pieces = as_csv(order("A"), iterate_chunks(reading(), size=2))
    next(pieces)
    next(pieces)

    assert read == [0, 1]
