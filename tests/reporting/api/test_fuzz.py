"""The open data under requests that nobody would think of: they never fail, and answer as documented."""

import pytest
import schemathesis
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from reporting.figures import PUBLIC

pytestmark = pytest.mark.django_db(transaction=True)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
described = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
figure = described.include(path_regex="^/api/v1/cijfers/")
often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@figure.parametrize()
@often
def test_figures_that_exist(case, some_cases, live_server):
    """The fuzz of the whole API seldom guesses the name of a figure."""
    cache.clear()  # no rate is used up yet
    names = list(PUBLIC)
    case.path_parameters["name"] = names[len(str(case.path_parameters["name"])) % len(names)]

    case.call_and_validate(base_url=live_server.url, checks=CHECKS)
