"""What is one's own, at the pages that `tests/project/roles.txt` has no row for."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.portal.test_day_exemption import wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(applicant: User, caseworker: User) -> Application:
    return given.waiting(by=applicant, desk=caseworker)


def address(name: str, application: Application) -> str:
    document = application.evidence_items.with_all()[0].documents.all()[0]
    last = {"document": [document.pk], "letter": [application.dossier.letters.all()[0].pk]}
    return reverse(name, args=[application.key, *last.get(name.removesuffix("_pdf"), [])])


def test_the_page_of_a_day_exemption_is_its_own(
    as_applicant: Client, as_colleague: Client, as_stranger: Client, as_caseworker: Client, client: Client
) -> None:
    page = as_applicant.post(reverse("day_exemption"), wish(day=given.working_day(3).isoformat(), ask="1"))["Location"]

    codes = [one.get(page).status_code for one in (as_applicant, as_colleague, as_stranger, as_caseworker, client)]

    assert codes == [200, 200, 404, 404, 302]


@pytest.mark.parametrize("name", ["document", "letter", "letter_pdf"])
def test_files_and_letters_are_read_not_written(as_applicant: Client, waiting: Application, name: str) -> None:
    assert as_applicant.post(address(name, waiting)).status_code == 405
