"""What the texts can name, compared with the vocabulary that checks them."""

from typing import Any

import pytest

from reporting import comparison
from reporting.letter import wording
from reporting.letter.value import Value
from reporting.letter.values import Rows, build_letter_values
from reporting.letter.vocabulary import BY_ID, NAMES
from reporting.period import Period, read_day
from tests.reporting.letter import history


def report(first: str, last: str, **figures: list[tuple[Any, ...]]) -> dict[str, Any]:
    """A report as data: of each row its key, count, whole and percentage."""
    made = {name: {"rows": [row(*one) for one in found]} for name, found in figures.items()}
    return {"from": first, "to": last, "as_of": last, "figures": made}


def row(key: str, count: int | None, of: int | None = None, percent: int | None = None) -> dict[str, Any]:
    return {"key": key, "label": key, "count": count, "of": of, "percent": percent, "note": ""}


FACTS = {
    "zones": {
        "count": 18,
        "fining": 14,
        "unknown": 4,
        "new": [{"name": "Enschede", "day": "1 juli 2025"}],
        "begun": [{"day": "1 juli 2025", "names": "Enschede", "count": 1}],
        "ended": [],
    },
    "returns": {"expected": 18, "some": 17, "complete": 16, "missing": [{"name": "Assen", "months": "alle maanden"}]},
    "municipalities": {},
    "signals": [{"organisation": "evofenedex", "topic": "Laden", "text": "Meer\n*palen* [figuur R05]"}],
    "corrections": ["In de brief van toen stond 3."],
}


def named(current: dict[str, Any], previous: dict[str, Any] | None = None) -> dict[str, Any]:
    return build_letter_values({"current": current, "previous": previous, "cumulative": current, "facts": FACTS})


def test_a_figure_beside_the_period_before():
    now = report("2025-06-01", "2025-07-31", R07=[("van", 30), ("truck", 5)])
    then = report("2025-04-01", "2025-05-31", R07=[("van", 20)])

    found = named(now, then)["R07"]

    assert (found["van"].change, found["truck"].change, found["all"].change) == (10, 5, 15)
    assert found["van"].since == "april en mei 2025"


def test_weeks_are_compared_as_a_whole_since_no_week_comes_back():
    now = report("2025-06-01", "2025-07-31", R05=[("2025-W23", 6), ("2025-W24", 7)])
    then = report("2025-04-01", "2025-05-31", R05=[("2025-W14", 10), ("2025-W15", 10)])

    assert named(now, then)["R05"]["all"].change == -7


def test_what_was_not_handed_in_then_cannot_be_compared():
    now = report("2025-06-01", "2025-07-31", R19=[("2025-06", 5), ("2025-07", 6)])
    then = report("2025-04-01", "2025-05-31", R19=[("2025-04", 5), ("2025-05", None)])

    assert named(now, then)["R19"]["all"] == 11
    assert named(now, then)["R19"]["all"].change is None
    assert named(now, report("2025-04-01", "2025-05-31"))["R19"]["all"].change is None


def test_parts_of_a_municipality_are_not_counted_twice():
    now = report(
        "2025-06-01", "2025-07-31", R15=[("GM0599", 9), ("GM0599:van", 4), ("GM0599:truck", 5), ("GM0363", None)]
    )

    assert named(now)["R15"]["all"] == 9


def test_compliance_is_told_of_the_municipalities_that_handed_in_passages():
    now = report(
        "2025-06-01",
        "2025-07-31",
        R16=[("GM0599", 95, 100, 95), ("GM0363", 196, 200, 98), ("GM0344", None)],
    )

    found = named(now)["R16"]

    assert (found["delivered"], found["all"].percent) == (2, 97)
    assert (found["lowest"].percent, found["highest"].percent) == (95, 98)


def test_months_of_the_site():
    now = report("2025-06-01", "2025-07-31", R18=[("2025-06:visitors", 27000), ("2025-06:pages", 170000)])

    found = named(now)["R18"]

    assert found["months"] == [{"month": "juni 2025", "visitors": Value(27000), "pages": Value(170000)}]
    assert found["visitors"] == 27000


def test_what_people_wrote_stays_plain_text_on_one_line():
    assert named(report("2025-06-01", "2025-07-31"))["signals"][0]["text"] == r"Meer \*palen\* \[figuur R05\]"


def test_before_the_opening_there_is_nothing_to_compare_with():
    found = named(report("2024-07-01", "2024-08-31", R01=[("national", 3)]))

    assert found["R01"]["national"].change is None
    assert (found["previous"], found["previous_period"]) == ({}, "")


@pytest.mark.django_db
def test_the_vocabulary_is_that_of_the_values():
    found = {**named(report("2025-06-01", "2025-07-31")), "letter_on": "", "signed_by": "", "ordinal": "", "own": {}}

    assert found.keys() - {"R17"} <= NAMES.keys()
    assert NAMES.keys() - BY_ID.keys() == found.keys() - BY_ID.keys()
    for name in ("zones", "returns"):
        assert found[name].keys() == NAMES[name].keys()
    for name in ("signals", "corrections"):
        assert found[name][0].keys() == NAMES[name][0].keys()
    for name, figure in history.known().items():
        if isinstance(figure, Rows) and name in BY_ID:
            assert not {key for key in figure if key not in BY_ID[name] and key.isidentifier()}, name


# --- Periods --------------------------------------------------------------------------------------------


def period(first: str, last: str, as_of: str = "") -> Period:
    return Period(read_day(first), read_day(last), read_day(as_of or last))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2025-06-01", "2025-07-31", "2025-09-20"), ("2025-04-01", "2025-05-31", "2025-07-21")),
        (("2025-01-01", "2025-02-28"), ("2024-11-01", "2024-12-31")),
        (("2025-06-03", "2025-06-09"), ("2025-05-27", "2025-06-02")),
    ],
)
def test_the_period_before_is_as_long_and_known_as_long_after_its_end(days, before):
    assert comparison.find_previous_period(period(*days)) == period(*before)


@pytest.mark.django_db
def test_there_is_no_period_before_the_desk_opened():
    assert comparison.find_previous_period(period("2024-07-01", "2024-08-31")) is None
    assert comparison.since_opening(period("2025-06-01", "2025-07-31")) == period("2024-07-01", "2025-07-31")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-06-01", "2025-06-30", "juni 2025"),
        ("2025-06-01", "2025-07-31", "juni en juli 2025"),
        ("2025-08-01", "2025-10-31", "augustus, september en oktober 2025"),
        ("2025-12-01", "2026-01-31", "december 2025 en januari 2026"),
        ("2024-07-01", "2025-07-31", "1 juli 2024 tot en met 31 juli 2025"),
        ("2025-06-02", "2025-07-31", "2 juni 2025 tot en met 31 juli 2025"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str):
    assert wording.format_period(read_day(first), read_day(last)) == words
