"""The command, and the files that it writes."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reporting.figures import FIGURES
from tests.reporting.cases import case, day_exemption

pytestmark = pytest.mark.django_db
DAYS = ("--from", "2025-01-01", "--to", "2025-03-31", "--as-of", "2025-03-31")
NUMBER_OR_NOTHING = (int, type(None))


@pytest.fixture(autouse=True)
def _cases() -> None:
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20")
    case(file="2025-03-03")
    day_exemption("2025-03-03")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_json_has_the_shape_that_others_rely_on():
    report = json.loads(run(*DAYS, "--format", "json"))

    assert {name: report[name] for name in ("from", "to", "as_of")} == {
        "from": "2025-01-01",
        "to": "2025-03-31",
        "as_of": "2025-03-31",
    }
    assert list(report) == ["from", "to", "as_of", "figures"]
    assert list(report["figures"]) == list(FIGURES)
    for figure in report["figures"].values():
        assert list(figure) == ["title", "counted_on", "rows"]
        for row in figure["rows"]:
            assert list(row) == ["key", "count", "of", "percent"]
            assert isinstance(row["count"], NUMBER_OR_NOTHING)
            assert isinstance(row["of"], NUMBER_OR_NOTHING)
            assert isinstance(row["percent"], NUMBER_OR_NOTHING)


def test_a_bare_count_has_no_share():
    report = json.loads(run(*DAYS))

    assert report["figures"]["R01"]["rows"][0] == {"key": "national", "count": 2, "of": None, "percent": None}


def test_the_parts_of_a_whole_sum_to_it():
    for figure in json.loads(run(*DAYS))["figures"].values():
        split = [row for row in figure["rows"] if row["of"]]
        if len({row["of"] for row in split}) == 1 and len(split) > 1:
            assert sum(row["count"] for row in split) == split[0]["of"]
            assert sum(row["percent"] for row in split) == 100


def test_the_same_days_give_the_same_bytes():
    assert run(*DAYS) == run(*DAYS)


def test_csv_says_the_same_as_json():
    lines = list(csv.DictReader(io.StringIO(run(*DAYS, "--format", "csv"))))

    assert [(line["figure"], line["key"], int(line["count"]) if line["count"] else None) for line in lines] == numbers()
    assert lines[0]["from"] == "2025-01-01"


def test_xlsx_says_the_same_as_json(tmp_path):
    file = tmp_path / "report.xlsx"
    run(*DAYS, "--format", "xlsx", "--output", str(file))

    sheets = load_workbook(file).worksheets[1:]

    cells = [(sheet.title, row[0], row[2]) for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == numbers()


def numbers() -> list[tuple[Any, Any, Any]]:
    figures = json.loads(run(*DAYS))["figures"]
    return [(name, row["key"], row["count"]) for name, figure in figures.items() for row in figure["rows"]]


def test_a_file_is_written(tmp_path):
    file = tmp_path / "report.json"

    assert run(*DAYS, "--output", str(file)) == ""

    assert json.loads(file.read_text())["as_of"] == "2025-03-31"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--from", "2025-13-01", "--to", "2025-03-31", "--as-of", "2025-03-31"), "2025-13-01.*2025-07-31"),
        (("--from", "20250101", "--to", "2025-03-31", "--as-of", "2025-03-31"), "20250101"),
        (("--from", "2025-03-31", "--to", "2025-01-01", "--as-of", "2025-03-31"), "Wissel ze om"),
        (("--from", "2025-01-01", "--to", "2025-03-31", "--as-of", "2024-12-31"), "stand"),
        (("--from", "1812-01-01", "--to", "2025-03-31", "--as-of", "2025-03-31"), "2000"),
        ((*DAYS, "--format", "odt"), "json, csv, xlsx, pdf, docx"),
        ((*DAYS, "--output", "/nowhere/at/all.json"), "/nowhere/at/all.json"),
        (DAYS[:4], "--as-of"),
    ],
)
def test_a_bad_argument_gets_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


@pytest.mark.parametrize(("name", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_draft_of_the_letter_is_a_file_too(name, begins, tmp_path):
    run(*DAYS, "--format", name, "--output", str(tmp_path / "brief"))

    assert (tmp_path / "brief").read_bytes().startswith(begins)


def test_a_day_that_is_not_over_is_said_to_be_so():
    err = io.StringIO()

    call_command("report", *DAYS[:4], "--as-of", "2099-12-31", stdout=io.StringIO(), stderr=err)

    assert "--as-of" in err.getvalue()


def test_a_workbook_goes_through_a_pipe_as_it_is():
    pipe = io.TextIOWrapper(io.BytesIO())

    call_command("report", *DAYS, "--format", "xlsx", stdout=pipe)

    assert load_workbook(io.BytesIO(pipe.buffer.getvalue())).sheetnames[1] == "R01"
