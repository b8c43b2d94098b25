"""The spreadsheet to download: what is in it comes back as it was, and nothing in it is a formula."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from reporting.returns.accepting import Sort
from reporting.site import incoming
from reporting.site.columns import ONE_TABLE
from tests.reporting.returns.sheets import upload
from tests.reporting.site.sheets import NUMBERS, hand_in, headers

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'n Klacht"]


def downloaded(browser, kind="xlsx"):
    return browser.get(f"/cijfers/site/sjabloon/{kind}/").content


def hand_in_hostile_words():
    """A month for each, in every place that takes words."""
    for number, words in enumerate(HOSTILE, start=1):
        hand_in(date(2025, number, 1), source=words, context=words, topics={(words, "other"): 5})


def test_the_months_stand_in_it_and_a_sheet_explains_them(as_editor):
    months, mails, explanation = load_workbook(io.BytesIO(downloaded(as_editor))).worksheets

    assert [cell.value for cell in months[1]] == headers()
    assert [cell.value for cell in months["A"][1:]] == [f"2025-0{number}" for number in range(1, 8)]
    assert (mails.title, mails.max_row) == ("Mails", 2)
    assert {column.header for column in ONE_TABLE.columns} <= {cell.value for cell in explanation["A"]}


def test_its_cells_warn_while_one_types(as_editor):
    book = load_workbook(io.BytesIO(downloaded(as_editor)))
    checks = {
        f"{sheet.title}!{str(check.sqref).split(':')[0]}": (check.type, check.formula1)
        for sheet in book
        for check in sheet.data_validations.dataValidation
    }

    assert [place for place, (kind, least) in checks.items() if (kind, least) == ("whole", "0")] == [
        *(f"Maanden!{letter}2" for letter in "BCDE"),
        "Mails!D2",
    ]
    assert checks["Mails!C2"] == ("list", '"vraagt om informatie,praktische vraag,klacht,overig"')


def test_the_source_goes_on_in_the_months_that_are_missing_and_the_explanation_does_not(as_editor):
    hand_in(date(2025, 3, 1), source="Statistiek", context="Storing op 3 maart.")

    sheet = load_workbook(io.BytesIO(downloaded(as_editor)))["Maanden"]

    assert [cell.value for cell in sheet["F"][1:]] == [None, None, *["Statistiek"] * 5]
    assert [cell.value for cell in sheet["G"][1:]] == [None, None, "Storing op 3 maart.", *[None] * 4]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_handed_in_comes_back_unchanged(as_editor, editor, kind):
    hand_in_hostile_words()
    hand_in(date(2025, 7, 1), numbers={**NUMBERS, "pages": None, "conversations": 0}, context="Een regel.\nEn nog een.")

    taken = incoming.take_in(upload(downloaded(as_editor, kind)), by=editor)

    assert taken.problems == []
    assert [change.sort for change in incoming.compare(taken)] == [Sort.UNCHANGED] * 7


def test_no_cell_is_a_formula(as_editor):
    hand_in_hostile_words()

    book = load_workbook(io.BytesIO(downloaded(as_editor)))
    lines = list(csv.reader(io.StringIO(downloaded(as_editor, "csv").decode("utf-8-sig")), delimiter=";"))

    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n"}
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_format_that_is_not_made_does_not_exist(as_editor):
    assert as_editor.get("/cijfers/site/sjabloon/pdf/").status_code == 404
