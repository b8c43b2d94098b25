"""What was handed in in part reaches the letter and the page as such, and is compared with nothing."""

from datetime import date

import pytest

from reporting import comparison
from reporting.letter.language import fill_template
from reporting.period import Period
from tests.reporting.letter import history
from tests.reporting.test_handed_in import UTRECHT, handed_in

pytestmark = pytest.mark.django_db


def test_one_of_two_months_before_is_no_rise_in_the_letter():
    history.happen()
    for month in ("2025-05", "2025-06", "2025-07"):
        handed_in(UTRECHT, month, at="2025-06-10" if month == "2025-05" else "2025-07-31", warnings=10)

    words = fill_template("{{ R14.GM0344 }}, {{ R14.GM0344|compared }}", history.known())

    assert words.startswith("20, maar vergelijken kan niet")


def test_the_period_before_keeps_that_it_is_a_part():
    handed_in(UTRECHT, "2025-05", at="2025-05-31", warnings=10)

    known = comparison.compute_rows(Period(date(2025, 4, 1), date(2025, 5, 31), date(2025, 5, 31)))

    assert (known["R14"][UTRECHT].count, known["R14"][UTRECHT].partial) == (10, True)
