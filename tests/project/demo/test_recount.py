"""Reports at any moment of the demo's history equal a recount event by event."""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from reporting.period import Period
from reporting.report import compute_report
from reporting.report_files import as_json
from reporting.selection import Selection
from tests.project.demo.recount import Question, World, count

pytestmark = pytest.mark.django_db
SEED = 20250731
FIRST, LAST = date(2024, 5, 1), date(2026, 3, 31)
"""From before the opening until long after the letter."""


def moments(rng: Random, number: int) -> list[Question]:
    """Random periods: short and long ones, each seen from within, at its end, or long after."""
    return [moment(rng) for _number in range(number)]


def moment(rng: Random) -> Question:
    first = any_day(rng, FIRST, LAST)
    last = min(first + timedelta(days=rng.choice((0, 6, 30, 61, 400))), LAST)
    as_of = rng.choice((any_day(rng, first, last), last, last + timedelta(days=rng.randint(1, 250))))
    return Question(first, last, as_of)


def any_day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


WHOLE = (date(2024, 7, 1), date(2025, 7, 31))
BY_HAND = [
    Question(*WHOLE, WHOLE[1]),
    Question(*WHOLE, date(2026, 3, 31)),
    Question(*WHOLE, date(2025, 1, 15)),
    Question(date(2024, 6, 1), date(2024, 6, 30), date(2024, 6, 30)),
    Question(date(2025, 7, 17), date(2025, 7, 17), date(2025, 7, 17)),
    Question(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30)),
]
"""The letter's own, the opening not yet there, one day, and the last day of the warning period."""
PARTS = [
    *(Question(*WHOLE, WHOLE[1], scope=scope) for scope in ("national", "local", "day")),
    *(Question(*WHOLE, date(2025, 3, 31), kind=kind) for kind in ("LEV", "BEO", "DAG")),
    Question(date(2025, 1, 1), date(2025, 7, 31), date(2025, 9, 30), municipality="GM0344"),
    Question(*WHOLE, date(2025, 12, 31), scope="local", municipality="GM0363"),
    Question(date(2025, 6, 1), date(2026, 2, 28), date(2026, 2, 28), scope="national", kind="BEO"),
]


@pytest.fixture(scope="module")
def world(demo: None, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock():
        return World()


def reported(asked: Question) -> dict[str, dict[str, Any]]:
    """The rows of every figure as the JSON has them."""
    only = Selection(scope=asked.scope, kind=asked.kind, municipality=asked.municipality)
    data = json.loads(as_json(compute_report(Period(asked.first, asked.last, asked.as_of, only))))
    return {
        name: {row["key"]: (row["count"], row["of"], row["percent"]) for row in figure["rows"]}
        for name, figure in data["figures"].items()
    }


def differences(asked: Question, world: World) -> dict[str, dict[str, Any]]:
    """The differences between the report and the recount. A part has fewer figures than the whole."""
    report, counted = reported(asked), count(world, asked)
    names = report.keys() if asked in PARTS else counted.keys()
    return {name: found for name in names if (found := rows_apart(report.get(name, {}), counted[name]))}


def rows_apart(report: dict[str, Any], counted: dict[str, Any]) -> dict[str, Any]:
    keys = report.keys() | counted.keys()
    return {key: (report.get(key), counted.get(key)) for key in keys if report.get(key) != counted.get(key)}


@pytest.mark.parametrize("asked", [*BY_HAND, *moments(Random(SEED), 30)], ids=str)
def test_the_whole_report(asked: Question, world: World):
    assert differences(asked, world) == {}


@pytest.mark.parametrize("asked", PARTS, ids=str)
def test_a_part_of_the_cases(asked: Question, world: World):
    assert differences(asked, world) == {}


def test_the_cases_around_today(world: World):
    today = timezone.localdate()

    for days, known in ((90, 0), (90, 45), (7, 1)):
        asked = Question(today - timedelta(days=days), today, today - timedelta(days=known))
        assert differences(asked, world) == {}, asked
