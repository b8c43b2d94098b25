"""`manage.py compliance`: what it writes, and what it says of files that are of no use."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.reporting.compliance.files import write_csv, write_facts, write_parquet, write_passages

pytestmark = pytest.mark.django_db
AT = "2026-11-10T10:00:00+01:00"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def facts(tmp_path):
    return write_facts(tmp_path / "facts.csv", ("V123BX", "van", "", "5", "2015-01-01", "", ""))


def run(passages, facts=None, zone="GM0344", **options):
    out = StringIO()
    call_command("compliance", passages=passages, zone=zone, facts=facts, stdout=out, **options)
    return out.getvalue()


def refuse(passages, **options) -> str:
    with override("en"), pytest.raises(CommandError) as error:
        run(passages, **options)
    return str(error.value)


def test_it_counts_by_part_of_day_class_and_why_and_names_no_plate(tmp_path, facts):
    passages = write_passages(tmp_path / "p.csv", *[("V-123-BX", "NL", AT, "van")] * 7, *[("PZ1234", "PL", AT, "")] * 6)

    text = run(passages, facts)

    result = json.loads(text)
    assert (result["zone"], result["passages"]) == ("GM0344", 13)
    assert result["rows"] == [
        {"part_of_day": "morning", "vehicle_class": "unknown", "why": "unknown", "count": 6},
        {"part_of_day": "morning", "vehicle_class": "van", "why": "rule", "count": 7},
    ]
    assert "123" not in json.dumps([result["rows"], result["rests_on"]["rules"]])


def test_it_says_which_rules_and_exemptions_it_rests_on(tmp_path, facts):
    passages = write_passages(tmp_path / "p.csv", *[("V-123-BX", "NL", AT, "van")] * 7)

    first, again = (json.loads(run(passages, facts)) for _time in range(2))

    assert {"code": "V2", "valid_from": "2025-01-01"} in first["rests_on"]["rules"]
    assert first["rests_on"]["exemptions_sha256"] == again["rests_on"]["exemptions_sha256"]
    assert first["return"] == {
        "month": "2026-11",
        "passages_van": 7,
        "compliant_van": 7,
        "passages_truck": 0,
        "compliant_truck": 0,
    }


def test_passages_of_two_months_are_no_return(tmp_path, facts):
    rows = [("V123BX", "NL", at, "") for at in ("2026-10-31T23:30:00+01:00", "2026-11-01T00:30:00+01:00")] * 9

    assert json.loads(run(write_passages(tmp_path / "p.csv", *rows), facts))["return"]["month"] is None


def test_the_result_can_go_to_a_file(tmp_path, facts):
    passages, output = write_passages(tmp_path / "p.csv", ("V123BX", "NL", AT, "")), tmp_path / "result.json"

    assert run(passages, facts, output=output) == ""
    assert json.loads(output.read_text())["passages"] is None


def test_an_unknown_zone_is_answered_with_those_that_there_are(tmp_path):
    message = refuse(write_passages(tmp_path / "p.csv", ("V123BX", "NL", AT, "")), zone="GM9999")

    assert "GM9999" in message
    assert "GM0344 (Utrecht)" in message


@pytest.mark.parametrize(
    ("header", "missing"),
    [("kenteken,land,moment", "plate, country, at"), ("plate,country,At", "at"), ("V123BX,NL,x", "at")],
)
def test_missing_columns_are_named_and_what_stands_there_is_not(tmp_path, header, missing):
    message = refuse(write_csv(tmp_path / "p.csv", header, ("V123BX", "NL", AT)))

    assert missing in message
    assert "V123BX" not in message


@pytest.mark.parametrize("at", ["2026-11-10T10:00:00", "2026-11-10", "10-11-2026 10:00", "", "yesterday"])
def test_a_moment_without_time_zone_stops_the_count(tmp_path, at):
    rows = [("V123BX", "NL", AT, ""), ("V123BX", "NL", at, "")]

    message = refuse(write_passages(tmp_path / "p.csv", *rows))

    assert "1 of 2" in message
    assert "time zone" in message


def test_parquet_moments_without_time_zone_are_refused(tmp_path):
    sql = "SELECT 'V123BX' AS plate, 'NL' AS country, TIMESTAMP '2026-11-10 10:00:00' AS at"

    assert "time zone" in refuse(write_parquet(tmp_path / "p.parquet", sql))


def test_moments_in_nanoseconds_are_read_too(tmp_path, facts):
    sql = f"SELECT 'V123BX' AS plate, 'NL' AS country, CAST(TIMESTAMPTZ '{AT}' AS TIMESTAMPTZ_NS) AS at FROM range(9)"

    assert json.loads(run(write_parquet(tmp_path / "p.parquet", sql), facts))["rows"][0]["part_of_day"] == "morning"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2000-01-01T10:00:00+01:00"])
def test_moments_of_another_age_are_refused(tmp_path, at):
    assert "2020" in refuse(write_passages(tmp_path / "p.csv", ("V123BX", "NL", AT, ""), ("V123BX", "NL", at, "")))


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_half_a_file_is_refused_without_a_word_of_it(tmp_path, kind):
    whole = tmp_path / f"whole.{kind}"
    if kind == "csv":
        write_passages(whole, *[("V123BX", "NL", AT, '"van"')] * 1000)
    else:
        write_parquet(whole, f"SELECT 'V123BX' AS plate, 'NL' AS country, TIMESTAMPTZ '{AT}' AS at FROM range(1000)")
    half = tmp_path / "half"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2 - 3])

    message = refuse(half)

    assert "V123BX" not in message
    assert "Export" in message or "export" in message


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x01", b"plate,country,at\n", b"PAR1PAR1", b"%PDF-1.7\n"])
def test_what_holds_no_passages_is_refused(tmp_path, content):
    file = tmp_path / "p.csv"
    file.write_bytes(content)

    assert "again" in refuse(file) or "column" in refuse(file)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refuse(tmp_path / "none.parquet")


def test_a_formula_in_the_place_of_a_plate_is_no_more_than_an_unknown_plate(tmp_path, facts):
    formula = '=HYPERLINK("http://example.org","x")'

    text = run(write_passages(tmp_path / "p.csv", *[(formula, "NL", AT, "van")] * 9), facts)

    assert [row["why"] for row in json.loads(text)["rows"]] == ["unknown"]
    assert "HYPERLINK" not in text


def test_another_format_is_refused(tmp_path):
    assert "json" in refuse(write_passages(tmp_path / "p.csv", ("V123BX", "NL", AT, "")), format="xlsx")


def test_passages_of_one_plate_take_no_more_memory(tmp_path, facts):
    sql = f"SELECT 'V123BX' AS plate, 'NL' AS country, TIMESTAMPTZ '{AT}' AS at FROM range(3000000)"

    result = json.loads(run(write_parquet(tmp_path / "p.parquet", sql), facts))

    assert [row["count"] for row in result["rows"]] == [3_000_000]
