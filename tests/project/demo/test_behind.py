"""Each figure leads to just the cases that it counts, over the whole history of the demo."""

from datetime import date

import pytest

from reporting.figures import FIGURES
from reporting.period import Period
from reporting.selection import EVERYTHING, Selection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
OF_CASES = [name for name, figure in FIGURES.items() if figure.cases]
COUNTS_OTHER_THINGS = {"R08", "R22"}
"""R08 counts vehicles; R22 days and euros, and cases where its key says so."""
SELECTIONS = [EVERYTHING, Selection(kind="LEV"), Selection(municipality="GM0344"), Selection(scope="local")]


@pytest.mark.parametrize("only", SELECTIONS, ids=str)
@pytest.mark.parametrize("name", sorted(set(OF_CASES) - COUNTS_OTHER_THINGS))
def test_as_many_cases_as_the_row_says(name: str, only: Selection):
    period = Period(date(2024, 7, 1), date(2025, 7, 31), date(2025, 7, 31), only)
    figure = FIGURES[name]
    assert figure.cases

    for row in figure.compute(period):
        assert figure.cases(period, row.key).distinct().count() == row.count, row.key


def test_vehicles_with_three_day_exemptions_lead_to_three_each():
    period = Period(date(2024, 7, 1), date(2025, 7, 31), date(2025, 7, 31))
    figure = FIGURES["R08"]
    assert figure.cases

    for row in figure.compute(period):
        assert figure.cases(period, row.key).count() == row.count * int(row.key)


def test_lead_times_lead_to_the_decisions_measured():
    period = Period(date(2024, 7, 1), date(2025, 7, 31), date(2025, 7, 31))
    figure = FIGURES["R22"]
    assert figure.cases

    for row in figure.compute(period):
        measure, cases = row.key.partition(":")[2], figure.cases(period, row.key).count()
        if measure in ("in_time", "notices"):
            assert cases == row.count, row.key
        if measure == "median":
            decided = next(one.of for one in figure.compute(period) if one.key == row.key.replace("median", "in_time"))
            assert cases == decided, row.key
