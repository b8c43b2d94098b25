"""The spreadsheet to download: what is in it comes back as it was, and nothing in it is a formula."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from reporting.deliveries.deliver import keep_delivery
from reporting.models import ReturnVersion
from reporting.returns import incoming
from reporting.returns.kind import RETURNS
from tests.reporting.returns.sheets import HEADER, upload

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"]


def downloaded(browser, kind="xlsx", **query):
    return browser.get(f"/opgaven/sjabloon/{kind}/", query).content


def hand_in(municipality, number, by, **given):
    values = {**RETURNS.values_of(None), "warnings": 10, **given}
    return keep_delivery(
        RETURNS, municipality, date(2025, number, 1), values=values, by=by, channel=ReturnVersion.Channel.FORM
    )


def test_the_months_stand_in_it_and_a_sheet_explains_them(as_municipal_reporter):
    sheet, explanation = load_workbook(io.BytesIO(downloaded(as_municipal_reporter))).worksheets

    assert [cell.value for cell in sheet[1]] == HEADER
    assert [cell.value for cell in sheet["C"][1:]] == [f"2025-0{number}" for number in range(1, 8)]
    assert {cell.value for cell in sheet["A"][1:]} == {"GM0344"}
    assert set(HEADER) <= {cell.value for cell in explanation["A"]}


def test_its_cells_warn_while_one_types(as_municipal_reporter):
    sheet = load_workbook(io.BytesIO(downloaded(as_municipal_reporter)))["Opgaven"]
    checks = {str(check.sqref).split(":")[0]: check for check in sheet.data_validations.dataValidation}

    assert sorted(checks) == ["D2", "E2", "F2", "G2", "H2", "I2", "J2", "K2", "L2", "M2"]
    assert (checks["H2"].type, checks["H2"].formula2, checks["D2"].formula1) == ("whole", "G2", "0")


def test_what_seldom_changes_goes_on_in_the_months_that_are_missing(as_municipal_reporter, utrecht, municipal_reporter):
    hand_in(utrecht, 3, municipal_reporter, interval_days=7)

    sheet = load_workbook(io.BytesIO(downloaded(as_municipal_reporter)))["Opgaven"]

    assert [cell.value for cell in sheet["K"][1:]] == [None, None, 7, 7, 7, 7, 7]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_handed_in_comes_back_unchanged(as_municipal_reporter, utrecht, municipal_reporter, kind):
    for number, words in enumerate(HOSTILE, start=1):
        hand_in(utrecht, number, municipal_reporter, context=words.strip(), warning_until=date(2025, 6, 30))

    taken = incoming.take_in(upload(downloaded(as_municipal_reporter, kind)), by=municipal_reporter)

    assert taken.problems == []
    assert {change.sort for change in incoming.compare_upload(taken)} == {incoming.RowChange.UNCHANGED}
    assert len(taken.rows) == len(HOSTILE)


def test_no_cell_is_a_formula(as_municipal_reporter, utrecht, municipal_reporter):
    for number, words in enumerate(HOSTILE, start=1):
        hand_in(utrecht, number, municipal_reporter, context=words)

    book = load_workbook(io.BytesIO(downloaded(as_municipal_reporter)))
    lines = list(csv.reader(io.StringIO(downloaded(as_municipal_reporter, "csv").decode("utf-8-sig")), delimiter=";"))

    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n"}
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_for_all_municipalities_or_for_one(as_reporter):
    every = load_workbook(io.BytesIO(downloaded(as_reporter)))["Opgaven"]
    one = load_workbook(io.BytesIO(downloaded(as_reporter, municipality="GM0363")))["Opgaven"]

    assert len({cell.value for cell in every["A"][1:]}) > 10
    assert {cell.value for cell in one["A"][1:]} == {"GM0363"}


def test_a_format_that_is_not_made_does_not_exist(as_reporter):
    assert as_reporter.get("/opgaven/sjabloon/pdf/").status_code == 404
