"""The API under requests that nobody would think of: it never breaks, and answers as its description says."""

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from tests import given
from tests.enforcement.conftest import ask_token
from tests.enforcement.exempted import program

pytestmark = pytest.mark.django_db(transaction=True)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def cookie(as_caseworker: Client, applicant: User, caseworker: User) -> dict[str, str]:
    """Somebody at the desk, with something to see."""
    given.granted(by=applicant, desk=caseworker)
    given.filed(by=applicant)
    return {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in as_caseworker.cookies.items())}


@pytest.fixture
def bearer(administrator: User) -> dict[str, str]:
    """A program of Utrecht."""
    return {"Authorization": f"Bearer {ask_token(*program(by=administrator)).json()['access_token']}"}


described = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@described.parametrize()
@often
def test_for_everybody(case, live_server):
    cache.clear()  # no rate is used up yet

    case.call_and_validate(base_url=live_server.url, checks=CHECKS)


@described.parametrize()
@often
def test_for_who_is_logged_in(case, cookie, live_server):
    cache.clear()

    case.call_and_validate(base_url=live_server.url, headers=cookie, checks=CHECKS)


@described.include(path_regex="ontheffings").parametrize()
@often
def test_for_a_program(case, bearer, live_server):
    cache.clear()

    case.call_and_validate(base_url=live_server.url, headers=bearer, checks=CHECKS)
