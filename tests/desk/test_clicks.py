"""How many clicks a day's work takes: lower the bounds, never raise them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exemptions.models import EvidenceItem
from tests import given
from tests.desk import pages
from tests.desk.clicks import Clicker

pytestmark = pytest.mark.django_db

CASES = 10
TO_GRANT_TEN = 42
"""From the start page with ten new cases, one item of proof each, to ten letters that are sent."""


def grant_by_clicks(desk, last_day):
    """From the page of a new case to its letter, sent."""
    desk.press("In behandeling nemen")
    desk.press("Akkoord")
    desk.follow("Toekennen")
    desk.choose("ground")
    desk.fill("ends_on", last_day.isoformat())
    desk.press("Toekennen, en door" if desk.has("Toekennen, en door") else "Toekennen en versturen")


def test_ten_simple_cases_from_new_to_a_sent_decision(as_caseworker, applicant):
    cases = [given.filed(by=applicant, plate=f"V{number:03}AA") for number in range(CASES)]
    EvidenceItem.objects.exclude(requirement__code="contract").delete()
    desk = Clicker(as_caseworker, "/loket/")

    desk.follow("10 Nieuw")
    desk.follow(str(cases[0]))
    for _case in cases:
        grant_by_clicks(desk, timezone.localdate() + timedelta(days=100))

    assert desk.has("Dat was de laatste van deze lijst", "span")
    assert [pages.status(one) for one in cases] == ["granted"] * CASES
    assert desk.count <= TO_GRANT_TEN
