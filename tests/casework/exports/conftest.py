"""A list that is too long to wait for: two applications, where one is the most."""

import pytest

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.casework.exports.files import direct_rows


@pytest.fixture
def long_list(applicant: User) -> list[Application]:
    """A national application, and a local one of Utrecht."""
    direct_rows(1)
    return [given.filed(by=applicant, plate="V001AA"), given.filed(by=applicant, plate="V002AA", code="HAR")]
