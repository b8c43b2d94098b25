"""The people of a run: two team leads, and rejections that stood before the thresholds changed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exemptions.models import KindVersion, ThresholdVersion
from renewals.models import Renewal
from tests.cast import Login, staff
from tests.renewals import changes
from zones.models import AccessRule


@pytest.fixture
def other_team_lead(db: None) -> User:
    """The second pair of eyes of a run."""
    return staff("Theo Teamleider", "team lead")


@pytest.fixture
def as_other_team_lead(login: Login, other_team_lead: User) -> Client:
    return login(other_team_lead)


@pytest.fixture
def old_version(team_lead: User) -> ThresholdVersion:
    """The thresholds as they were."""
    return changes.version(changes.OLD, valid_from=timezone.localdate() - timedelta(days=200))


@pytest.fixture
def reject(
    old_version: ThresholdVersion, applicant: User, caseworker: User, other_caseworker: User
) -> changes.Rejected:
    """Rejects an application of the applicant under the old thresholds: `reject(facts=HEAVY)`."""
    return partial(changes.rejected, by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def begin(team_lead: User, other_team_lead: User) -> Callable[..., Renewal]:
    """Approves and starts a run: `begin(version())`."""

    def started(change: ThresholdVersion | KindVersion | AccessRule, **proposal: Any) -> Renewal:
        return changes.running(change, by=team_lead, second=other_team_lead, **proposal)

    return started
