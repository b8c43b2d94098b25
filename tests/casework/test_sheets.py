"""Nothing that somebody typed becomes a formula in a file of ours."""

import csv
import io
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from casework.spreadsheets.cells import STARTS_FORMULA, csv_row, fill_cell, plain_text, safe_text, xlsx_row
from tests.looping import each

SEPARATORS = ";,\t"
HOSTILE = ["=1+1", "+31", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
HIDDEN = ["x;=1", "x,=1", "x\t+1", "x\n-1", "x\r\n@y", 'x,"=1"', "x;'=1", "x,=1;=2", "x;＝1"]


@pytest.mark.parametrize("words", HOSTILE)
def test_in_csv_an_apostrophe_goes_before_it(words):
    assert safe_text(words).startswith("'" + words[0])
    assert plain_text(safe_text(words)) == words


@each("words, written, opened", product(HIDDEN, SEPARATORS, SEPARATORS))
def test_a_program_with_another_separator_finds_no_formula_either(words, written, opened):
    file = io.StringIO()
    csv.writer(file, delimiter=written).writerow(csv_row(["GM0344", words, "y"]))
    cells = [cell for row in csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=opened) for cell in row]

    assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝"))]
    assert plain_text(safe_text(words)) == words


@pytest.mark.parametrize("words", ["Utrecht", "3 - 1", "'t Gooi", "", "a=b", "a; b, c", "van - tot"])
def test_plain_words_stay_as_they_are(words):
    assert safe_text(words) == plain_text(words) == words


@given(st.text())
def test_no_text_at_all_begins_a_formula(words):
    assert not safe_text(words).startswith(STARTS_FORMULA)


@pytest.mark.parametrize("words", ["'=1+1", "'-", "''@x", "'＝1"])
def test_words_that_look_marked_already_are_marked_once_more(words):
    assert safe_text(words) == "'" + words
    assert plain_text(safe_text(words)) == words


@given(st.text(alphabet="'=-a ;,\"\n\t") | st.text())
def test_every_text_comes_back_as_it_was(words):
    assert plain_text(safe_text(words)) == words


def test_numbers_stay_numbers_also_below_zero():
    file = io.StringIO()
    csv.writer(file).writerow(csv_row([-3, 2.5, None, "-3"]))

    assert file.getvalue() == "-3,2.5,,'-3\r\n"


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("streamed", [False, True])
def test_in_xlsx_it_is_text_and_stays_text_when_edited(words, streamed):
    book = Workbook(write_only=streamed)
    sheet = book.create_sheet("x")
    if streamed:
        sheet.append(xlsx_row(sheet, [words, 12]))
    else:
        fill_cell(sheet["A1"], words)
    file = io.BytesIO()
    book.save(file)

    cell = load_workbook(file)["x"]["A1"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == words.strip()


def test_signs_that_xml_cannot_hold_are_left_out():
    cell = Workbook().worksheets[0]["A1"]

    fill_cell(cell, "a\x00b\x0bc")

    assert cell.value == "abc"
