"""The benchmarks write their cases with SQL of their own: a column that joins must not break them unseen."""

import pytest

from benchmarks import many_cases
from exemptions.models import Application

pytestmark = pytest.mark.django_db


def test_many_cases_fit_the_tables() -> None:
    many_cases.fill(cases=200)

    many_cases.multiply(2)

    assert Application.objects.count() >= 200
