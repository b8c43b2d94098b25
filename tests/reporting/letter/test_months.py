"""What months tell together: how a number went since January, and what mails were about."""

from datetime import date
from typing import Any

import pytest

from reporting.letter import months
from reporting.letter.language import fill_template
from reporting.letter.values import build_letter_values
from tests.reporting.letter.test_values import FACTS, report

JANUARY = date(2025, 1, 1)


def talks(*counts: int | None, year: int = 2025, first: int = 1) -> dict[str, Any]:
    """A month each, from January on unless said otherwise."""
    rows = [{"key": f"{year}-{month:02}", "count": count} for month, count in enumerate(counts, start=first)]
    return {"rows": rows}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((6120, 5710, 5390), ("daalde", "elke maand")),
        ((200, 210, 205), ("steeg", "per saldo")),
        ((5, 6, 7), ("steeg", "elke maand")),
        ((5, 9, 5), ("bleef", "per saldo gelijk")),
    ],
)
def test_the_course_since_january(counts: tuple[int, ...], words: tuple[str, str]):
    found = months.find_trend(talks(*counts), (), date(2025, 3, 1))

    assert found is not None
    assert (found["verb"], found["how"]) == words
    assert (found["first_month"], found["last_month"]) == ("januari 2025", "maart 2025")


@pytest.mark.parametrize("figure", [talks(5, 6), talks(5, None, 6), talks(5, 6, 7, first=2), {"rows": []}, {}], ids=str)
def test_of_too_few_or_missing_months_nothing_is_told(figure: dict[str, Any]):
    assert months.find_trend(figure, (), date(2025, 3, 1)) is None


def test_in_january_it_goes_back_to_the_january_before():
    rows = talks(*range(1, 13))["rows"] + talks(13, 14, year=2026)["rows"]

    found = months.find_trend({"rows": rows}, (), date(2026, 1, 1))

    assert found is not None
    assert (found["first_month"], found["last"]) == ("januari 2025", 14)


def mails(month: str, **counts: int) -> list[tuple[Any, ...]]:
    """A month with its mails by topic and tone: `Kentekens__practical=3`."""
    rows = [(f"{month}:{name.replace('__', ':')}", count) for name, count in counts.items()]
    return [(month, sum(counts.values())), *rows]


@pytest.mark.parametrize(
    ("counts", "tone"),
    [
        ({"Laden__informing": 3, "Regels__informing": 5}, "allemaal vragen om informatie"),
        ({"Laden__practical": 8, "Regels__informing": 2}, "80% praktische vragen en 20% vragen om informatie"),
        ({"Laden__practical": 5, "A__complaint": 1}, "83% praktische vragen en 17% klachten"),
        ({}, ""),
    ],
)
def test_the_tone_of_a_month(counts: dict[str, int], tone: str):
    rows = {key: {"count": count} for key, count in mails("2025-06", **counts)}

    assert months.describe_tone(rows, "2025-06") == tone


def test_topics_are_compared_with_the_same_months_of_before_as_they_are_known_now():
    now = mails("2025-06", Buitenland__practical=60, Laden__informing=40)
    before = mails("2025-05", Buitenland__practical=50, Laden__informing=50)
    whole = report("2025-05-01", "2025-06-30", R20=[*before, *now])
    current, previous = report("2025-06-01", "2025-06-30", R20=now), report("2025-05-01", "2025-05-31", R20=[])

    values = build_letter_values({"current": current, "previous": previous, "cumulative": whole, "facts": FACTS})
    text = "{% for one in R20.topics %}{{ one.label }}: {{ one.value|share }}, {{ one.value|compared }}. {% endfor %}"

    assert fill_template(text, values) == (
        "Buitenland: 60% (60), 20% meer dan in mei 2025 (toen 50). "
        "Laden: 40% (40), 20% minder dan in mei 2025 (toen 50). "
    )
