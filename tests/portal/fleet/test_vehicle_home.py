"""The home of a vehicle: how long it has access, what is to be done, and everything of its applicant about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.models import Applicant, Mandate, Vehicle
from exemptions.portal.vehicle_home import VehicleHome
from tests import given
from tests.cast import Login, acting_for
from tests.portal.fleet.days import ask

Fleet = Callable[[str], list[Vehicle]]


def home(client: Client, vehicle: Vehicle) -> VehicleHome:
    response = client.get(reverse("fleet_vehicle", args=[vehicle.pk]))
    assert response.status_code == 200
    found: VehicleHome = response.context["home"]
    return found


def test_it_counts_the_days_until_access_ends(
    fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    always, exempt, by_rule, none = fleet("VAN00E\nVAN01E\nVAN02E\nVAN04E")
    given.granted(by=applicant, desk=caseworker, plate="VAN01E", days=100)

    shown = [home(as_applicant, one).countdown for one in (always, exempt, by_rule, none)]

    assert [one.days if one else None for one in shown] == [None, 100, 45, None]


def test_what_waits_for_an_answer_stands_on_the_page_of_its_vehicle_alone(
    fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    mine, other = fleet("VAN01E\nVAN04E")
    waiting = given.waiting(by=applicant, desk=caseworker, plate="VAN01E")

    shown = home(as_applicant, mine)

    assert [one.about for one in shown.tasks] == [waiting.pk]
    assert {letter.kind for letter in shown.letters} == {"receipt", "completion_request"}
    assert shown.mails
    assert not home(as_applicant, other).tasks


def test_it_says_what_is_left_of_the_day_exemptions(fleet: Fleet, as_applicant: Client, applicant: User) -> None:
    (vehicle,) = fleet("VAN01E")
    ask(applicant, "VAN01E")

    shown = home(as_applicant, vehicle)

    assert [(one.municipality, one.left) for one in shown.days] == [("Utrecht", shown.most_days - 1)]


def test_a_rejected_application_is_to_be_objected_to_and_then_an_earlier_one(
    fleet: Fleet, login: Login, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    (vehicle,) = fleet("VAN01E")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="VAN01E")
    assert [one.about for one in home(login(applicant), vehicle).tasks] == [rejected.pk]

    with time_machine.travel(timezone.localtime() + timedelta(days=60)):
        later = home(login(applicant), vehicle)

    assert not later.tasks
    assert [case.application.pk for case in later.earlier] == [rejected.pk]


def test_another_applicant_of_the_same_person_and_plate_is_kept_apart(
    fleet: Fleet, login: Login, representative: User, other_organisation: Applicant, stranger: User, caseworker: User
) -> None:
    (vehicle,) = fleet("VAN01E")
    given.waiting(by=stranger, desk=caseworker, plate="VAN01E")
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)

    shown = home(login(representative), vehicle)

    assert (shown.tasks, shown.letters, shown.mails, shown.earlier) == ([], [], [], [])


def test_the_page_costs_the_same_for_a_vehicle_with_many_cases(
    fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    (vehicle,) = fleet("VAN01E")
    given.waiting(by=applicant, desk=caseworker, plate="VAN01E")
    given.granted(by=applicant, desk=caseworker, plate="VAN01E", code="NET")
    given.filed(by=applicant, plate="VAN01E", code="BEO").withdraw(by=applicant)
    with CaptureQueriesContext(connection) as few:
        home(as_applicant, vehicle)
    for _ in range(4):
        with time_machine.travel(datetime(2026, 11, 17, 10, tzinfo=UTC)):
            given.filed(by=applicant, plate="VAN01E", code="BEO").withdraw(by=applicant)

    with CaptureQueriesContext(connection) as many:
        home(as_applicant, vehicle)

    assert len(many) == len(few)
