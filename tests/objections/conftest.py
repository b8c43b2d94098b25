"""A rejected application to object to, two officers, and the days of the worked examples."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
import time_machine as travelling

from accounts.models import User
from exemptions.models import Application
from exemptions.terms import AMSTERDAM
from tests import given
from tests.casework.days import on
from tests.cast import staff
from tests.letter_reading import letters_read_well

__all__ = ["go_to", "letters_read_well", "other_officer", "rejected", "rejected_on_2_september"]

GoTo = Callable[[str], None]


@pytest.fixture
def go_to(time_machine: travelling.TimeMachineFixture) -> GoTo:
    """Make it ten in the morning of a day: `go_to("Tue 2025-09-02")`."""
    return lambda day: time_machine.move_to(datetime.combine(on(day), time(10), AMSTERDAM), tick=False)


@pytest.fixture
def rejected(applicant: User, caseworker: User, other_caseworker: User) -> Application:
    """By two pairs of eyes, today."""
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def rejected_on_2_september(go_to: GoTo, applicant: User, caseworker: User, other_caseworker: User) -> Application:
    """The decision of the worked examples: one can object until Tuesday 14 October 2025."""
    go_to("Tue 2025-09-02")
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def other_officer(db: None) -> User:
    """Handles objections too."""
    return staff("Fien Bezwaar", "objection officer")


@pytest.fixture
def decider(rejected: Application, other_caseworker: User) -> User:
    """Who took the decision, and handles objections too."""
    other_caseworker.groups.add(*staff("Fien Bezwaar", "objection officer").groups.all())
    return User.objects.get(pk=other_caseworker.pk)
