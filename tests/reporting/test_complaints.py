"""Complaints are counted each year, by how they ended and in time (Awb 9:12a)."""

from datetime import date

import pytest

from reporting.figures import FIGURES
from reporting.period import Period
from tests.complaints import lodged
from tests.complaints.conftest import go_to, other_officer
from tests.posting import post

__all__ = ["go_to", "other_officer"]
pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))


def rows(name):
    return {row.key: row.count for row in FIGURES[name].compute(YEAR) if row.count}


def test_9_12a_each_complaint_that_ended_counts_once_by_how(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    for outcome in ("justified", "justified", "unjustified"):
        lodged.conclude(lodged.heard(by=objection_officer), by=objection_officer, outcome=outcome)
    lodged.registered(by=objection_officer).settle(by=objection_officer, how="Gebeld.")
    lodged.registered(by=objection_officer)

    assert rows("R25") == {"justified": 2, "unjustified": 1, "settled": 1}


def test_9_12a_in_time_by_email_on_the_day_itself_by_post_on_that_of_posting(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    by_email, by_post = (lodged.heard(by=objection_officer, by_post=post) for post in (False, True))
    go_to("Mon 2025-10-13")
    for complaint in (by_email, by_post):
        lodged.conclude(complaint, by=objection_officer)
    assert rows("R26") == {"in_time": 1}

    go_to("Tue 2025-10-14")
    post(by_post, by=objection_officer)

    assert rows("R26") == {"in_time": 1, "late": 1}
