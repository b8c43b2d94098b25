"""Rows: every cell that is wrong by its address, what is wrong and what to do; the others are good."""

import pytest

from reporting.models import MonthlyReturn
from reporting.returns import incoming
from tests.reporting.returns.sheets import as_csv, book, row, saved, upload, xlsx

pytestmark = pytest.mark.django_db


def problems(user, *rows, content=None):
    taken = incoming.take_in(upload(content or xlsx(*rows)), by=user)
    assert not MonthlyReturn.objects.exists()
    return {problem["cell"]: problem["words"] for problem in taken.problems}


@pytest.mark.parametrize(
    ("cells", "cell", "sentence"),
    [
        ({"month": "2025-08"}, "C2", "not over yet"),
        ({"month": "2030-01"}, "C2", "not over yet"),
        ({"month": "2024-12"}, "C2", "before the zone began in January 2025"),
        ({"month": "zomer"}, "C2", "“zomer” is not a month"),
        ({"month": None}, "C2", "The month is missing"),
        ({"warnings": -1}, "D2", "below zero"),
        ({"fines_van": 2.5}, "E2", "has decimals"),
        ({"fines_truck": "geen"}, "F2", "“geen” is not a number"),
        ({"passages_van": "1.234"}, "G2", "If you mean 1234, type 1234"),
        ({"compliant_van": 1001}, "H2", "1001 compliant out of 1000 passages is not possible"),
        ({"passages_van": None}, "H2", "Fill in all passages too"),
        ({"interval_days": "elke week"}, "K2", "not a number"),
        ({"zone_km2": -2}, "L2", "more than zero"),
        ({"warning_until": "eind juni"}, "M2", "not a date"),
        ({"context": "x" * 4001}, "N2", "too long"),
        ({"code": "GM0363", "name": "Amsterdam"}, "A2", "You do not hand in for Amsterdam"),
        ({"code": "GM9999"}, "A2", "not a municipality with a zone"),
        ({"code": None}, "A2", "code is missing"),
        ({"name": "Amsterdam"}, "B2", "GM0344 is Utrecht, not “Amsterdam”"),
        ({"warnings": "=1+1"}, "D2", "Here is a formula: =1+1. Copy the cell, and paste it back as a value"),
    ],
)
def test_a_wrong_cell_gets_its_address_and_a_sentence(municipal_reporter, cells, cell, sentence):
    found = problems(municipal_reporter, row(**cells))

    assert list(found) == [cell]
    assert sentence in found[cell]


def test_several_wrong_cells_of_a_row_are_all_told(municipal_reporter):
    assert list(problems(municipal_reporter, row(warnings="x", fines_van=-1, month="nu"))) == ["C2", "D2", "E2"]


def test_a_month_twice_is_wrong_in_both_rows(municipal_reporter):
    found = problems(municipal_reporter, row(), row(month="2025-05"), row(month="juni 2025"))

    assert "also in row 4" in found["C2"]
    assert "also in row 2" in found["C4"]
    assert list(found) == ["C2", "C4"]


def test_a_value_without_a_name_above_it(municipal_reporter):
    assert "without a name above it" in problems(municipal_reporter, [*row(), 12])["O2"]


def test_words_that_look_like_a_formula_are_words_in_csv(municipal_reporter):
    taken = incoming.take_in(
        upload(as_csv(row(context="=SOM(A1)"), row(month="2025-05", context="'-5"))), by=municipal_reporter
    )

    assert [kept["values"]["context"] for kept in taken.rows] == ["=SOM(A1)", "-5"]


def test_a_row_that_was_left_alone_is_left_alone(municipal_reporter):
    taken = incoming.take_in(upload(xlsx(["GM0344", "Utrecht", "2025-04"], row(), [])), by=municipal_reporter)

    assert [kept["row"] for kept in taken.rows] == [3]
    assert taken.problems == []


def test_who_keeps_all_sends_every_municipality_in_one_file(reporter):
    taken = incoming.take_in(upload(xlsx(row(), row(code="gm0363", name="amsterdam"))), by=reporter)

    assert [kept["code"] for kept in taken.rows] == ["GM0344", "GM0363"]


def test_the_number_of_queries_does_not_grow_with_the_rows(reporter, django_assert_max_num_queries):
    rows = [row(month=f"2025-0{number}") for number in range(1, 8)]

    with django_assert_max_num_queries(12):
        incoming.take_in(upload(xlsx(*rows)), by=reporter)


def test_a_formula_that_fills_several_cells_is_told_in_each(municipal_reporter):
    made = book(row(), row(month="2025-05"))
    made.worksheets[0]["D2"] = "=E2*2"
    made.worksheets[0]["D3"] = "=E3*2"

    assert list(problems(municipal_reporter, content=saved(made))) == ["D2", "D3"]
