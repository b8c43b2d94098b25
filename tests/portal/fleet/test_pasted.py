"""Reading a pasted list: whatever people put between their plates."""

import pytest

from casework.uploads.refusals import FileRefused
from exemptions.fleet import paste_parser
from exemptions.fleet.paste_parser import Entry

MOST = 20


def entries(text: str) -> list[Entry]:
    return paste_parser.read_paste(text, most=MOST)


def read(text: str) -> list[tuple[str, str]]:
    return [(one.plate, one.remark) for one in entries(text)]


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("VX-123-Z", [("VX123Z", "")]),
        ("vx123z", [("VX123Z", "")]),
        ("VX 123 Z", [("VX123Z", "")]),
        ("VX-123-Z\nV-001-AA", [("VX123Z", ""), ("V001AA", "")]),
        ("VX-123-Z\r\n\r\n  V-001-AA  ", [("VX123Z", ""), ("V001AA", "")]),
        ("VX-123-Z, V-001-AA;VX124Z\tVX125Z", [("VX123Z", ""), ("V001AA", ""), ("VX124Z", ""), ("VX125Z", "")]),
        ("VX-123-Z V-001-AA", [("VX123Z", ""), ("V001AA", "")]),
        ("VX 123 Z V 001 AA", [("VX123Z", ""), ("V001AA", "")]),
        ("VX-123-Z de blauwe bus", [("VX123Z", "de blauwe bus")]),
        ("VX-123-Z\tde blauwe bus", [("VX123Z", "de blauwe bus")]),
        ("VX-123-Z; blauw; van Jan", [("VX123Z", "blauw van Jan")]),
        ("VX-123-Z blauw, V-001-AA groen", [("VX123Z", "blauw"), ("V001AA", "groen")]),
    ],
)
def test_plates_and_remarks(text: str, plates: list[tuple[str, str]]) -> None:
    assert read(text) == plates


def test_what_is_no_plate_is_named_with_its_row() -> None:
    good, bad = entries("VX-123-Z\nGroningen")

    assert not good.problem
    assert (bad.number, bad.typed, bad.plate) == (2, "Groningen", "")
    assert "kenteken" in bad.problem


def test_a_foreign_plate_is_told_so() -> None:
    (one,) = entries("WOB-ZK-2951")

    assert "buitenlands" in one.problem


def test_a_remark_that_is_too_long_is_a_problem_of_its_row() -> None:
    (one,) = entries("VX-123-Z " + "a" * 101)

    assert "100" in one.problem


def test_no_plate_at_all_is_refused_in_a_sentence() -> None:
    with pytest.raises(FileRefused, match="geen kenteken"):
        entries(" \n ")


def test_more_than_we_take_is_refused_in_a_sentence() -> None:
    with pytest.raises(FileRefused, match=str(MOST)):
        entries("VX-123-Z\n" * (MOST + 1))
