"""A rejection to object to, and who takes part in the objection."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.portal.objecting import Filing


@pytest.fixture
def rejected(applicant: User, caseworker: User, other_caseworker: User) -> Application:
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def parties(applicant: User, objection_officer: User) -> dict[str, Any]:
    """Who objects and who handles it, as `tests.contest` wants them."""
    return {"by": applicant, "desk": objection_officer}


@pytest.fixture
def filing(as_applicant: Client, rejected: Application) -> Filing:
    return Filing(as_applicant, rejected)


@pytest.fixture
def of_colleague(as_colleague: Client, rejected: Application) -> Filing:
    return Filing(as_colleague, rejected)
