"""A figure compared with the period before, if a row is missing or was handed in partly."""

from datetime import date

from reporting.comparison import Comparison
from reporting.figures import FIGURES, Row
from reporting.period import Period
from reporting.presentation import make_section
from reporting.report import ComputedFigure

BEFORE = Period(date(2025, 4, 1), date(2025, 5, 31), date(2025, 5, 31))


def cells(figure: str, now: Row, then: Row) -> list[list[str]]:
    """The words of the table: what, how many, the share of the whole if there is one, before, difference."""
    beside = Comparison(BEFORE, None, {figure: {then.key: then}}, {})
    return [
        [str(cell.words) for cell in row] for row in make_section(ComputedFigure(FIGURES[figure], [now]), beside).rows
    ]


def test_no_plates_are_no_percentage_of_all_plates():
    found = cells("R24", Row("national", "All", 1, 2, 50), Row("GM0344", "Utrecht", 1, 1, 100))

    assert found[1] == ["Utrecht", "0", "–", "1", "−1"]


def test_what_is_no_longer_there_is_no_part_of_the_whole():
    found = cells("R10", Row("LEV", "LEV", 2, 2, 100), Row("NEV", "NEV", 1, 1, 100))

    assert found[1] == ["NEV", "0", "0%", "1", "−1"]


def test_what_was_handed_in_in_part_has_no_difference():
    whole, part = Row("GM0344", "Utrecht", 20), Row("GM0344", "Utrecht", 10, partial=True)

    assert [cells("R14", *sides)[0][-1] for sides in ((whole, whole), (whole, part), (part, whole))] == ["0", "–", "–"]
