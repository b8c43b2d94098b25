"""One calendar of every term, as a page by day and as a subscription that nobody guesses and its owner ends."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import CalendarFeed, User
from exemptions.models import Applicant, Application, Exemption, Mandate
from tests import contest, given
from tests.cast import Login, acting_for
from tests.portal.fleet.days import ask


def address(user: User) -> str:
    return reverse("calendar_feed", args=[CalendarFeed.objects.get(user=user).token])


def listed(client: Client, **about: Any) -> list[str]:
    response = client.get(reverse("my_calendar"), about)
    assert response.status_code == 200
    return [term.words for _day, terms in response.context["days"] for term in terms]


def events(response: Any) -> dict[str, str]:
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["uid"]): str(event["summary"]) for event in found}


@pytest.fixture
def waiting(applicant: User, caseworker: User) -> Application:
    return given.waiting(by=applicant, desk=caseworker, plate="VX101Z")


@pytest.fixture
def feed(as_applicant: Client, applicant: User, waiting: Application) -> str:
    as_applicant.post(reverse("my_calendar"), {"make": "1"})
    return address(applicant)


def test_the_page_has_every_day_the_first_one_first(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User, waiting: Application
) -> None:
    granted = given.granted(by=applicant, desk=caseworker, plate="VX102Z", days=300)
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="VX103Z")

    words = listed(as_applicant)

    assert words[0] == f"Laatste dag om aanvraag {waiting.dossier} aan te vullen"
    assert f"Laatste dag om bezwaar te maken tegen het besluit op aanvraag {rejected.dossier}" in words
    assert words[-1] == f"Ontheffing {granted.dossier} loopt vandaag af"


def test_the_terms_of_an_objection_stand_there_and_no_longer_that_to_object(
    as_applicant: Client, applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    contest.filed(rejected, by=applicant)

    words = listed(as_applicant)

    assert [one for one in words if "over uw bezwaar" in one]
    assert not [one for one in words if "bezwaar te maken" in one]


def test_a_day_exemption_stands_there_as_a_day_and_not_as_a_term_to_object(
    as_applicant: Client, applicant: User
) -> None:
    given_day = ask(applicant, "VX104Z")

    assert listed(as_applicant) == [f"Dagontheffing in Utrecht ({given_day.dossier})"]


def test_a_subscription_says_the_same_without_names_and_plates(
    client: Client, feed: str, applicant: User, waiting: Application
) -> None:
    response = client.get(feed)

    assert f"application-{waiting.pk}-supply@loket" in events(response)
    text = response.content.decode()
    for personal in (waiting.plate, "VX-101-Z", str(waiting.applicant), applicant.email, applicant.name):
        assert personal not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("\n") == text.count("\r\n")


def test_taking_it_again_moves_a_day_and_doubles_none(client: Client, feed: str) -> None:
    assert events(client.get(feed)) == events(client.get(feed))


def test_a_renewed_address_replaces_the_old_one_and_an_ended_one_is_gone(
    as_applicant: Client, client: Client, feed: str, applicant: User
) -> None:
    as_applicant.post(reverse("my_calendar"), {"renew": "1"})
    renewed = address(applicant)
    assert client.get(feed).status_code == 404
    assert client.get(renewed).status_code == 200

    as_applicant.post(reverse("my_calendar"), {"end": "1"})

    assert client.get(renewed).status_code == 404


@pytest.mark.django_db
def test_a_made_up_address_is_not_found(client: Client) -> None:
    for token in ("x", "x" * 43, "x" * 900, "'--", ".."):
        assert client.get(f"/agenda/{token}.ics").status_code == 404


def test_who_may_act_no_more_reads_no_more(
    client: Client, login: Login, colleague: User, waiting: Application, applicant: User
) -> None:
    login(colleague).post(reverse("my_calendar"), {"make": "1"})
    assert events(client.get(address(colleague)))
    Mandate.objects.filter(user=colleague).update(ended_at=timezone.now())
    assert not events(client.get(address(colleague)))

    User.objects.filter(pk=colleague.pk).update(is_active=False)

    assert client.get(address(colleague)).status_code == 404


def test_a_stranger_sees_nothing_and_who_acts_for_several_chooses(
    as_stranger: Client,
    login: Login,
    representative: User,
    other_organisation: Applicant,
    organisation: Applicant,
    waiting: Application,
) -> None:
    assert listed(as_stranger) == []
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)
    client = login(representative)

    assert listed(client, voor=organisation.pk)
    assert listed(client, voor=other_organisation.pk) == []


def test_what_is_over_leaves_the_page(login: Login, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker, days=20)
    ends = Exemption.objects.get().ends_on

    with time_machine.travel(timezone.localtime() + timedelta(days=21)):
        assert not [one for one in listed(login(applicant)) if "loopt vandaag af" in one]
    assert ends


def test_page_and_subscription_cost_the_same_however_much_there_is(
    as_applicant: Client,
    client: Client,
    feed: str,
    applicant: User,
    caseworker: User,
    other_caseworker: User,
) -> None:
    def count() -> list[int]:
        counted = []
        for asker, where in ((as_applicant, reverse("my_calendar")), (client, feed)):
            with CaptureQueriesContext(connection) as queries:
                assert asker.get(where).status_code == 200
            counted.append(len(queries))
        return counted

    def more(number: int) -> None:
        given.granted(by=applicant, desk=caseworker, plate=f"VX2{number}1Z", days=200)
        rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"VX3{number}1Z")
        contest.filed(rejected, by=applicant)

    more(1)
    few = count()
    for number in (2, 3):
        more(number)

    assert count() == few
