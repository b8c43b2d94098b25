"""What waits for somebody, and the pages across all cases: exemptions, letters, files, messages."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.deadline_words import day as day_in_words
from exemptions import day
from exemptions.models import Application, FactsRecord
from tests import given
from tests.cast import Login
from zones.models import Municipality

PAGES = ("my_applications", "my_exemptions", "my_letters", "my_documents", "my_messages", "my_choices")


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


CHOICE = "Brieven in dit portaal, of per post?"


def cards(client: Client) -> list[str]:
    """The titles of the cards at the top."""
    first = client.get(reverse("my_applications")).context["groups"][0]
    return [one.title for one in first.besides] if first.number == 0 else []


def todo(client: Client) -> list[str]:
    """Without the question that everybody gets who was never asked."""
    return [title for title in cards(client) if title != CHOICE]


def day_exemption(user: User, *, plate: str = "VX123Z", days: int = 0) -> Application:
    return day.ask(
        by=user,
        applicant=user.mandates.get().applicant,
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate=plate,
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate() + timedelta(days=days),
        language="nl",
    )


def test_an_unread_letter_waits_until_somebody_of_the_company_opens_it(
    as_applicant: Client, as_colleague: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")
    assert todo(as_applicant) == [letter.subject]

    page(as_colleague, "letter", application.key, letter.pk)

    assert todo(as_applicant) == []
    assert "voor het eerst gelezen op" in page(as_applicant, "my_letters")


def test_opening_the_pdf_counts_as_reading(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")

    as_applicant.get(reverse("letter_pdf", args=[application.key, letter.pk]))

    assert todo(as_applicant) == []


def test_the_desk_that_looks_at_a_letter_does_not_read_it_for_the_applicant(
    as_caseworker: Client, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    letter = application.dossier.letters.get(kind="completion_request")

    as_caseworker.get(reverse("admin:exemptions_application_letter", args=[application.pk, letter.pk]))

    assert todo(as_applicant) == [letter.subject]


def test_several_unread_letters_are_one_card(as_applicant: Client, applicant: User, caseworker: User) -> None:
    for plate in ("VX101Z", "VX102Z"):
        given.waiting(by=applicant, desk=caseworker, plate=plate)

    assert todo(as_applicant) == ["2 nieuwe brieven"]


def test_a_letter_of_just_after_midnight_is_of_the_new_day(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    night = timezone.localtime().replace(hour=0, minute=30) - timedelta(days=1)  # still the day before in UTC
    with time_machine.travel(night):
        given.waiting(by=applicant, desk=caseworker)

    groups = as_applicant.get(reverse("my_applications")).context["groups"]
    [words] = [text for one in groups[0].besides if one.title != CHOICE for text in one.next]

    assert day_in_words(night.date()) in words


def test_what_confirms_ones_own_deed_and_what_is_old_does_not_nag(as_applicant: Client, applicant: User) -> None:
    given.filed(by=applicant, plate="VX101Z")
    with time_machine.travel(timezone.now() - timedelta(days=60)):
        given.filed(by=applicant, plate="VX102Z").withdraw(by=applicant)

    assert todo(as_applicant) == []


def test_the_days_that_are_left_to_complete_stand_there(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)

    left = (application.open_request().ends_on - timezone.localdate()).days
    assert f"U hebt nog {left} dagen." in page(as_applicant, "my_applications")


def test_an_exemption_that_ends_soon_waits_with_a_button(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker, days=20).exemptions.get()

    words = page(as_applicant, "my_applications")

    assert "Deze ontheffing loopt af over 20 dagen" in words
    assert f'action="{reverse("extend", args=[exemption.pk])}"' in words


def test_on_its_last_day_an_exemption_ends_today(login: Login, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=20)

    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert "Deze ontheffing loopt vandaag af" in page(login(applicant), "my_applications")


def test_an_exemption_that_ends_late_does_not_wait(as_applicant: Client, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=200)

    assert "Deze ontheffing loopt af" not in page(as_applicant, "my_applications")


# --- Exemptions -----------------------------------------------------------------------------------------


def test_the_exemption_that_ends_first_stands_on_top(as_applicant: Client, applicant: User, caseworker: User) -> None:
    for plate, days in (("VX101Z", 200), ("VX102Z", 20), ("VX103Z", 90)):
        given.granted(by=applicant, desk=caseworker, plate=plate, days=days)

    context = as_applicant.get(reverse("my_exemptions")).context

    assert [one.days_left for one in context["running"]] == [20, 90, 200]


def test_what_has_ended_stands_apart(as_applicant: Client, applicant: User, caseworker: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=90)):
        given.granted(by=applicant, desk=caseworker, days=40)

    context = as_applicant.get(reverse("my_exemptions")).context

    assert (context["running"], len(context["over"])) == ([], 1)


def test_day_exemptions_are_counted_by_vehicle_municipality_and_year(as_applicant: Client, applicant: User) -> None:
    for days in (1, 2, 3):
        day_exemption(applicant, days=days)

    counts = as_applicant.get(reverse("my_exemptions")).context["days"]

    used = Counter((timezone.localdate() + timedelta(days=days)).year for days in (1, 2, 3))
    assert {one.year: (one.used, one.left) for one in counts} == {
        year: (count, 12 - count) for year, count in used.items()
    }


def test_the_count_of_a_vehicle_is_that_of_everybody_who_asked_for_it(
    as_applicant: Client, applicant: User, stranger: User
) -> None:
    day_exemption(applicant, days=1)
    day_exemption(applicant, days=0)
    before = as_applicant.get(reverse("my_exemptions")).context["days"]
    day_exemption(stranger, days=2)

    after = as_applicant.get(reverse("my_exemptions")).context["days"]

    year = (timezone.localdate() + timedelta(days=2)).year
    assert sum(one.used for one in after if one.year == year) == 1 + sum(one.used for one in before if one.year == year)


def test_the_proof_has_the_code_and_nobody_elses(
    as_applicant: Client, as_stranger: Client, applicant: User, caseworker: User
) -> None:
    exemption = given.granted(by=applicant, desk=caseworker).exemptions.get()
    address = reverse("exemption_proof", args=[exemption.pk])

    words = as_applicant.get(address).content.decode()

    assert exemption.decision.reference in words
    assert "data:image/svg+xml" in words
    assert as_stranger.get(address).status_code == 404


# --- Letters, files, messages ---------------------------------------------------------------------------


def test_every_file_can_be_downloaded_from_one_page(as_colleague: Client, applicant: User, caseworker: User) -> None:
    first, second = (given.taken_up(by=applicant, desk=caseworker, plate=plate) for plate in ("VX101Z", "VX102Z"))

    words = page(as_colleague, "my_documents")

    for application in (first, second):
        for document in application.dossier.documents.filter(kind="evidence"):
            address = reverse("document", args=[application.key, document.pk])
            assert address in words
            assert as_colleague.get(address).status_code == 200


def test_a_file_that_was_removed_is_not_offered(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)
    application.dossier.documents.update(removed_at=timezone.now())

    assert "bewijs.pdf" not in page(as_applicant, "my_documents")


def test_the_messages_are_the_mails_and_what_was_asked(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = given.waiting(by=applicant, desk=caseworker)

    words = page(as_applicant, "my_messages")

    assert f"Aanvraag {application.dossier} aanvullen" in words
    assert application.dossier.outgoing_mail.all()[0].subject in words


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_sees_nothing_of_it(as_stranger: Client, applicant: User, caseworker: User, name: str) -> None:
    application = given.granted(by=applicant, desk=caseworker)

    words = page(as_stranger, name)

    assert str(application.dossier) not in words
    assert "bewijs.pdf" not in words


@pytest.mark.parametrize("name", PAGES)
def test_a_list_asks_as_many_queries_for_many_as_for_few(
    as_applicant: Client, applicant: User, caseworker: User, name: str
) -> None:
    for number in range(2):
        fill(applicant, caseworker, number)
    with CaptureQueriesContext(connection) as few:
        page(as_applicant, name)

    for number in range(2, 7):
        fill(applicant, caseworker, number)
    with CaptureQueriesContext(connection) as many:
        page(as_applicant, name)

    assert len(many) == len(few)


def fill(applicant: User, caseworker: User, number: int) -> None:
    """One exemption that ends soon, one case that waits, one day."""
    given.granted(by=applicant, desk=caseworker, plate=f"VX1{number}0Z", days=20)
    given.waiting(by=applicant, desk=caseworker, plate=f"VX1{number}1Z")
    day_exemption(applicant, plate=f"VX1{number}2Z")
