"""Every role at every page of one's own applications."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.portal.test_day_exemption import wish

pytestmark = pytest.mark.django_db
APPLICANTS_SIDE = ("as_applicant", "as_colleague", "as_representative")
OTHERS = ("as_stranger", "as_caseworker", "as_municipal_caseworker", "as_reporter", "as_administrator")
OWN_STEPS = ("supply", "withdraw", "dispute_facts")
PAGES = ("application", *OWN_STEPS, "document", "letter", "letter_pdf")
LOGGED_IN = ("my_applications", "day_exemption_applicant")


@pytest.fixture
def waiting(applicant: User, caseworker: User) -> Application:
    return given.waiting(by=applicant, desk=caseworker)


def address(name: str, application: Application) -> str:
    document = application.evidence_items.with_all()[0].documents.all()[0]
    last = {"document": [document.pk], "letter": [application.dossier.letters.all()[0].pk]}
    return reverse(name, args=[application.key, *last.get(name.removesuffix("_pdf"), [])])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", APPLICANTS_SIDE)
def test_the_applicants_side_sees_it(request: pytest.FixtureRequest, waiting: Application, who: str, name: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert client.get(address(name, waiting)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "give_view"])
@pytest.mark.parametrize("who", OTHERS)
def test_for_others_it_does_not_exist(
    request: pytest.FixtureRequest, waiting: Application, who: str, name: str
) -> None:
    client: Client = request.getfixturevalue(who)

    assert client.get(address(name, waiting)).status_code == 404
    if name in OWN_STEPS:
        assert client.post(address(name, waiting), {"answer": "x", "sure": "on", "why": "x"}).status_code == 404
        assert Application.objects.get(pk=waiting.pk).status == waiting.status


@pytest.mark.parametrize("name", [*PAGES, "give_view"])
def test_who_is_not_logged_in_is_asked_to(client: Client, waiting: Application, name: str) -> None:
    response: Any = client.get(address(name, waiting))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("who", [*APPLICANTS_SIDE, *OTHERS])
@pytest.mark.parametrize("name", LOGGED_IN)
def test_everybody_has_a_list_of_their_own(request: pytest.FixtureRequest, who: str, name: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert client.get(reverse(name)).status_code == 200


def test_the_page_of_a_day_exemption_is_its_own(
    as_applicant: Client, as_colleague: Client, as_stranger: Client, as_caseworker: Client, client: Client
) -> None:
    page = as_applicant.post(reverse("day_exemption"), wish(day=given.working_day(3).isoformat(), ask="1"))["Location"]

    codes = [one.get(page).status_code for one in (as_applicant, as_colleague, as_stranger, as_caseworker, client)]

    assert codes == [200, 200, 404, 404, 302]


@pytest.mark.parametrize("name", ["document", "letter", "letter_pdf"])
def test_files_and_letters_are_read_not_written(as_applicant: Client, waiting: Application, name: str) -> None:
    assert as_applicant.post(address(name, waiting)).status_code == 405
