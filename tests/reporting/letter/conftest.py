"""A letter to parliament over two months in which things happened, and who works on it."""

import pytest

from reporting.letter import lifecycle
from tests.cast import staff
from tests.reporting.letter import history


@pytest.fixture
def other_reporter(db):
    return staff("Renske Rapporteur", "reporter")


@pytest.fixture
def as_other_reporter(login, other_reporter):
    return login(other_reporter)


@pytest.fixture
def report(reporter):
    history.happen()
    return history.begun(reporter)


@pytest.fixture
def published(report, reporter, other_reporter, team_lead):
    history.leave_out_own_texts(report, reporter)
    report.approve(by=other_reporter, seen=report.fingerprint())
    lifecycle.publish_letter(report, by=team_lead, seen=report.fingerprint())
    return report
