"""A rejection rests on the law (Awb 3:46): access that was only announced makes no exemption needless."""

from datetime import UTC, date, datetime

import pytest

from casework.steps import StepRefused
from exemptions import access_today
from exemptions.models import Ground, Status
from exemptions.models.facts import FactsRecord, as_json
from tests import given
from zones.access import VehicleFacts

pytestmark = pytest.mark.django_db
EURO_6 = VehicleFacts("van", None, "6", date(2018, 1, 1))


@pytest.fixture(autouse=True)
def in_2026(time_machine):
    """By law these vans may enter for another year."""
    time_machine.move_to(datetime(2026, 11, 30, 10, tzinfo=UTC))


@pytest.fixture
def application(applicant, caseworker):
    """Handled; a colleague found that the van is of emission class 6."""
    made = given.taken_up(by=applicant, desk=caseworker)
    made.record_facts(source=FactsRecord.Source.CASEWORKER, facts=as_json(EURO_6))
    return made


def propose(application, *, until, by):
    application.wanted_until = until
    application.save()
    ground = Ground.objects.get(code="not_needed", kind=None)
    application.propose_rejection(by=by, ground=ground, explanation="Uw bestelauto mag de zone al in.")


def test_needless_until_a_day_on_which_the_law_gives_access(application, caseworker):
    propose(application, until=date(2027, 12, 31), by=caseworker)

    assert application.status == Status.PROPOSED


def test_not_needless_for_days_that_were_only_announced(application, caseworker):
    with pytest.raises(StepRefused, match="31 december 2027") as refused:
        propose(application, until=date(2028, 1, 1), by=caseworker)

    assert refused.value.field == "ground"
    assert "14 maart 2025" in refused.value.messages[0]


def test_who_waits_reads_that_the_access_was_announced(application):
    sentence = access_today.find_access_today(application).sentence

    assert "tot en met 31 december 2028" in sentence
    assert "aangekondigd op 14 maart 2025" in sentence
    assert "tot en met 31 december 2027" in sentence
