"""Who acts for several chooses once for whom they look; the choice gives no right, and ends with the mandate."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.models import Applicant, Application, Mandate
from tests import given
from tests.cast import acting_for
from tests.desk import pages

PAGES = ("my_applications", "my_exemptions", "my_calendar", "my_letters", "my_documents", "my_messages")
Cases = tuple[Application, Application]


@pytest.fixture
def cases(
    applicant: User, stranger: User, caseworker: User, representative: User, other_organisation: Applicant
) -> Cases:
    """One of each of two clients, which wait for an answer; the representative acts for both."""
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)
    baker = given.granted(by=applicant, desk=caseworker, plate="VX101Z")
    mover = given.granted(by=stranger, desk=caseworker, plate="VX102Z")
    return baker, mover


def choose(client: Client, applicant: Applicant, page: str = "my_letters") -> str:
    return str(client.post(reverse("choose_client"), {"client": applicant.pk, "page": page}).headers["Location"])


def shown(client: Client, page: str) -> str:
    return pages.text(client.get(reverse(page)))


def test_every_page_is_of_the_client_that_was_chosen(
    as_representative: Client, cases: Cases, other_organisation: Applicant
) -> None:
    baker, mover = cases

    assert choose(as_representative, other_organisation) == reverse("my_letters")

    for name in PAGES:
        page = shown(as_representative, name)
        assert str(baker.dossier) not in page, name
        assert f"U ziet nu alleen wat van {other_organisation} is" in page, name
        if name != "my_documents":
            assert str(mover.dossier) in page or "VX-102-Z" in page, name


def test_one_button_shows_everyone_again(
    as_representative: Client, cases: Cases, other_organisation: Applicant
) -> None:
    choose(as_representative, other_organisation)

    as_representative.post(reverse("choose_client"), {"leave": "1", "page": "my_calendar"})

    page = shown(as_representative, "my_calendar")
    assert all(str(one.dossier) in page for one in cases)


def test_marking_letters_as_read_touches_the_chosen_client_alone(
    as_representative: Client, cases: Cases, other_organisation: Applicant
) -> None:
    choose(as_representative, other_organisation)

    as_representative.post(reverse("my_letters"))

    baker, mover = cases
    assert not baker.dossier.letters.exclude(reading=None).exists()
    assert mover.dossier.letters.exclude(reading=None).exists()


def test_nobody_chooses_somebody_elses_client(
    as_applicant: Client, as_representative: Client, cases: Cases, other_organisation: Applicant
) -> None:
    for wanted in (str(other_organisation.pk), "9999999", "x", "1 or 1=1", "\0"):
        assert as_applicant.post(reverse("choose_client"), {"client": wanted}).status_code == 404

    assert str(cases[1].dossier) not in shown(as_applicant, "my_letters")


def test_a_mandate_that_ended_ends_the_choice_at_once(
    as_representative: Client, cases: Cases, representative: User, other_organisation: Applicant
) -> None:
    choose(as_representative, other_organisation)
    ended = Mandate.objects.filter(user=representative, applicant=other_organisation)
    ended.update(ended_at=timezone.now())

    page = shown(as_representative, "my_letters")

    assert str(cases[1].dossier) not in page
    assert str(cases[0].dossier) in page
    assert "U ziet nu alleen" not in page


def test_it_leads_back_to_pages_of_ones_own_alone(
    as_representative: Client, cases: Cases, other_organisation: Applicant
) -> None:
    for page in ("https://evil.example", "//evil.example", "admin:index", ""):
        assert choose(as_representative, other_organisation, page) == reverse("my_applications")


def test_the_choice_costs_the_same_for_two_clients_as_for_four(
    as_representative: Client, cases: Cases, representative: User, other_organisation: Applicant
) -> None:
    choose(as_representative, other_organisation)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_representative.get(reverse("my_letters"))
        return len(queries)

    few = count()
    for name in ("Derde", "Vierde"):
        new = Applicant.objects.create(form=Applicant.Form.ORGANISATION, name=name, email=f"{name}@example.org")
        acting_for(new, representative, Mandate.Role.REPRESENTATIVE)

    assert count() == few
