"""What the tests of the desk share."""

import pytest

from tests import given


@pytest.fixture
def application(applicant, caseworker):
    """The case that the caseworker handles."""
    return given.taken_up(by=applicant, desk=caseworker)
