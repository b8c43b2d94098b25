"""R27: by which channel applications came in (Awb 2:7, 4:1)."""

import pytest
from django.utils import timezone

from exemptions.models import Channel
from reporting.figures import FIGURES
from reporting.period import Period
from tests import given

pytestmark = pytest.mark.django_db


def this_year():
    """Of today."""
    today = timezone.localdate()
    return Period(today.replace(month=1, day=1), today, today)


def test_r27_each_application_counts_once_by_the_channel_in_which_it_came_in(
    applicant, caseworker, other_organisation, organisation, time_machine
):
    time_machine.move_to("2026-11-16T10:00")
    given.filed(by=applicant)
    given.on_paper(desk=caseworker, applicant=other_organisation, channel=Channel.COUNTER, plate="VX124Z")
    given.on_paper(desk=caseworker, applicant=other_organisation, channel=Channel.POST, plate="VX125Z")
    given.copied(desk=caseworker, applicant=organisation, plate="VX126Z")

    rows = {row.key: row.count for row in FIGURES["R27"].compute(this_year())}
    assert rows == {"portal": 1, "post": 1, "counter": 1, "phone": 0, "email": 0}


def test_r27_the_cases_behind_a_row_are_those_of_its_channel(caseworker, organisation, time_machine):
    time_machine.move_to("2026-11-16T10:00")
    phoned = given.on_paper(desk=caseworker, applicant=organisation, channel=Channel.PHONE)

    assert FIGURES["R27"].cases(this_year(), "phone").get().dossier == phoned.dossier
    assert not FIGURES["R27"].cases(this_year(), "portal").exists()
