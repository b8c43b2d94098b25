"""Every end date and term goes into somebody's own calendar."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from exemptions.models import Exemption
from tests import given


def events(response: Any) -> list[tuple[str, str]]:
    """The days of a file, with their words."""
    assert response.headers["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return [(str(event.decoded("dtstart")), str(event["summary"])) for event in found]


@pytest.mark.django_db
@time_machine.travel("2026-11-30T10:00+01:00", tick=False)
def test_the_answer_counts_the_days_and_its_last_day_goes_into_a_calendar(client: Client):
    client.post(reverse("access_check"), {"plate": "VAN-02-E", "country": "NL"})
    page = client.get(reverse("access_answer")).content.decode()
    assert "nog 31 dagen" in page
    assert reverse("access_calendar") in page

    (event,) = events(client.get(reverse("access_calendar")))

    assert event == ("2026-12-31", "Laatste dag waarop VAN-02-E de zero-emissiezones in mag")


@pytest.mark.django_db
def test_a_vehicle_that_may_always_enter_has_no_last_day(client: Client):
    client.post(reverse("access_check"), {"plate": "VAN-00-E", "country": "NL"})

    assert client.get(reverse("access_calendar")).headers["Location"] == reverse("access_answer")


def test_an_exemption_goes_into_the_calendar_of_its_holder_alone(
    as_applicant: Client, as_stranger: Client, applicant: User, caseworker: User
):
    given.granted(by=applicant, desk=caseworker)
    exemption = Exemption.objects.get()
    address = reverse("exemption_calendar", args=[exemption.pk])

    assert address in as_applicant.get(reverse("my_exemptions")).content.decode()
    assert [day for day, _words in events(as_applicant.get(address))] == [exemption.ends_on.isoformat()]
    assert as_stranger.get(address).status_code == 404


def test_the_terms_of_an_application_go_into_the_calendar_of_its_applicant_alone(
    as_applicant: Client, as_stranger: Client, applicant: User, caseworker: User
):
    application = given.waiting(by=applicant, desk=caseworker)
    address = reverse("application_calendar", args=[application.key])

    assert address in as_applicant.get(reverse("application", args=[application.key])).content.decode()
    found = dict(events(as_applicant.get(address)))
    assert any(words.startswith("Laatste dag om aanvraag") for words in found.values())
    assert as_stranger.get(address).status_code == 404
