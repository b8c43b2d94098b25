"""A case of a kind that is there for the tests of steps alone."""

from datetime import date

import pytest
from django.utils import timezone

from casework.models import Dossier
from exemptions.models import Application, Kind, KindVersion, Status


@pytest.fixture
def application(organisation, applicant):
    """Filed, and not yet taken up."""
    kind = KindVersion.objects.create(
        kind=Kind.objects.create(code="TST"),
        valid_from=date(2024, 7, 1),
        scope=KindVersion.Scope.NATIONAL,
        vehicles=["van"],
    )
    return Application.objects.create(
        dossier=Dossier.objects.create(number="ZES-2041-000001"),
        status=Status.SUBMITTED,
        kind=kind,
        filed_as=kind,
        applicant=organisation,
        owner=applicant,
        received_at=timezone.now(),
    )
