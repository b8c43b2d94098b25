"""The fleet page: the most urgent first, with what runs, in a fixed number of queries."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from exemptions.fleet import register_refresh, vehicle_list, vehicle_upkeep
from exemptions.models import Applicant, Application, FleetBatch, Mandate, Vehicle
from tests import given
from tests.cast import Login, acting_for
from tests.portal.fleet.days import ask, utrecht

Fleet = Callable[[str], list[Vehicle]]


def page(client: Client, **about: Any) -> str:
    response = client.get(reverse("fleet"), about)
    assert response.status_code == 200
    return response.content.decode()


def order(organisation: Applicant) -> list[str]:
    return [one.plate for one in vehicle_list.urgent_first(organisation, now=timezone.now())]


def test_who_loses_access_soonest_stands_first(fleet: Fleet, organisation: Applicant) -> None:
    fleet("VAN00E\nVAN03E\nVAN02E\nVAN01E\nVAN99E")

    assert order(organisation) == ["VAN01E", "VAN99E", "VAN02E", "VAN03E", "VAN00E"]


def test_an_exemption_makes_it_less_urgent(
    fleet: Fleet, organisation: Applicant, applicant: User, caseworker: User, as_applicant: Client
) -> None:
    fleet("VAN01E\nVAN04E")
    given.granted(by=applicant, desk=caseworker, plate="VAN01E", days=100)

    assert order(organisation) == ["VAN04E", "VAN01E"]
    assert "nog 100 dagen" in page(as_applicant)


def test_an_exemption_has_as_many_days_left_here_as_on_its_own_page(
    fleet: Fleet, login: Login, applicant: User, caseworker: User
) -> None:
    fleet("VAN01E")
    given.granted(by=applicant, desk=caseworker, plate="VAN01E", days=40)
    for days, said in ((39, "nog 1 dag"), (40, "loopt vandaag af")):
        with time_machine.travel(timezone.localtime() + timedelta(days=days)):
            client = login(applicant)
            left = client.get(reverse("my_exemptions")).context["running"][0].days_left
            line = client.get(reverse("fleet")).context["lines"][0]

            assert line.days_left == left == 40 - days
            assert said in page(client)


def test_the_page_shows_answer_application_and_day_exemptions(
    fleet: Fleet, as_applicant: Client, applicant: User
) -> None:
    fleet("VAN01E de blauwe")
    filed = given.filed(by=applicant, plate="VAN01E")
    day_exemption(applicant, "VAN01E")

    shown = page(as_applicant)

    assert all(words in shown for words in ("VAN-01-E", "de blauwe", "mag er niet in", str(filed), "Utrecht: 1"))


def day_exemption(user: User, plate: str) -> Application:
    return ask(user, plate)


def test_what_somebody_else_has_for_the_same_plate_stays_theirs(
    fleet: Fleet, as_applicant: Client, stranger: User, caseworker: User
) -> None:
    fleet("VAN01E")
    theirs = given.filed(by=stranger, plate="VAN01E")
    given.granted(by=stranger, desk=caseworker, plate="VAN01E", code="HAN")
    day_exemption(stranger, "VAN01E")

    shown = page(as_applicant)

    assert str(theirs) not in shown
    assert "Utrecht: 1" not in shown
    assert "nog 1" not in shown


def test_filters_and_search(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN00E elektrisch\nVAN01E diesel\nVAN99E")

    assert "diesel" in page(as_applicant, filter="no")
    assert "elektrisch" not in page(as_applicant, filter="no")
    response: Any = as_applicant.post(reverse("fleet"), {"words": "van-00"})
    assert "VAN" not in response.url.upper().replace("WAGENPARK", "")
    found = page(as_applicant)
    assert "elektrisch" in found
    assert "diesel" not in found


def test_as_many_queries_for_many_vehicles_as_for_few(
    fleet: Fleet, as_applicant: Client, organisation: Applicant, applicant: User
) -> None:
    fleet("VAN01E")
    with CaptureQueriesContext(connection) as few:
        page(as_applicant)

    Vehicle.objects.bulk_create(
        Vehicle(applicant=organisation, plate=f"V{number:04}A", added_by=applicant) for number in range(2000)
    )
    for number in range(3):
        given.filed(by=applicant, plate=f"V{number:04}A")
    with CaptureQueriesContext(connection) as many:
        assert "Pagina 1 van 101" in page(as_applicant)

    assert len(many) == len(few)


def test_removing_a_vehicle_keeps_its_cases(fleet: Fleet, as_applicant: Client, applicant: User) -> None:
    (vehicle,) = fleet("VAN01E")
    filed = given.filed(by=applicant, plate="VAN01E")

    as_applicant.post(reverse("fleet_vehicle", args=[vehicle.pk]), {"remove": "1"})

    assert not Vehicle.objects.exists()
    assert Application.objects.filter(pk=filed.pk).exists()


def test_a_remark_is_changed(fleet: Fleet, as_applicant: Client) -> None:
    (vehicle,) = fleet("VAN01E")

    as_applicant.post(reverse("fleet_vehicle", args=[vehicle.pk]), {"remark": "de rode"})

    vehicle.refresh_from_db()
    assert vehicle.remark == "de rode"


def test_a_stranger_and_an_ended_mandate_see_nothing(
    fleet: Fleet, as_stranger: Client, as_colleague: Client, colleague: User, organisation: Applicant
) -> None:
    (vehicle,) = fleet("VAN01E geheim")
    address = reverse("fleet_vehicle", args=[vehicle.pk])
    assert "geheim" in page(as_colleague)
    Mandate.objects.filter(user=colleague).update(ends_on=timezone.localdate() - timedelta(days=1))

    for client in (as_stranger, as_colleague):
        assert client.get(address).status_code == 404
        assert client.get(reverse("fleet"), {"voor": organisation.pk}).status_code == 404


def test_who_acts_for_several_chooses(
    fleet: Fleet, login: Login, representative: User, other_organisation: Applicant
) -> None:
    fleet("VAN01E van de bakker")
    acting_for(other_organisation, representative, Mandate.Role.REPRESENTATIVE)
    client = login(representative)

    assert "van de bakker" not in page(client, voor=other_organisation.pk)
    assert "Van wie zijn de voertuigen?" in page(client)


# --- Answers that are kept ------------------------------------------------------------------------------


def test_refreshing_asks_the_register_again(fleet: Fleet, as_applicant: Client, organisation: Applicant) -> None:
    fleet("VAN01E")
    organisation.vehicles.update(checked_at=timezone.localtime() - timedelta(days=2), allowed=True, until=None)

    as_applicant.post(reverse("fleet_refresh"))

    vehicle = organisation.vehicles.get()
    assert vehicle.allowed is False
    assert vehicle.wanted_at is None


def test_the_old_answer_stays_while_the_register_is_away(
    fleet: Fleet, as_applicant: Client, organisation: Applicant, settings: Any
) -> None:
    fleet("VAN01E")
    organisation.vehicles.update(checked_at=timezone.localtime() - timedelta(days=2))
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"

    assert as_applicant.post(reverse("fleet_refresh")).status_code == 302

    assert organisation.vehicles.get().allowed is False


def test_the_night_asks_what_is_old_and_only_that(fleet: Fleet, organisation: Applicant) -> None:
    fleet("VAN01E\nVAN02E")
    long_ago = timezone.localtime() - timedelta(days=2)
    organisation.vehicles.filter(plate="VAN02E").update(checked_at=long_ago, tried_at=long_ago, allowed=None)

    assert register_refresh.refresh_vehicles(seconds=30, nightly=True, pace=0) == 1
    assert register_refresh.refresh_vehicles(seconds=30, nightly=True, pace=0) == 0
    assert organisation.vehicles.get(plate="VAN02E").allowed is True


def test_after_three_refusals_the_register_has_rest_and_longer_each_time(
    fleet: Fleet, organisation: Applicant, settings: Any
) -> None:
    fleet("VAN00E\nVAN01E\nVAN02E\nVAN03E\nVAN04E")
    long_ago = timezone.localtime() - timedelta(days=2)
    organisation.vehicles.update(checked_at=long_ago, tried_at=long_ago)
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"

    assert register_refresh.refresh_vehicles(seconds=30, nightly=True, pace=0) == 3
    assert register_refresh.refresh_vehicles(seconds=30, nightly=True, pace=0) == 0
    assert register_refresh.is_resting(now=timezone.now() + timedelta(minutes=1))
    assert not register_refresh.is_resting(now=timezone.now() + timedelta(minutes=3))


def test_without_redis_everything_works(
    redis_away: None, fleet: Fleet, as_applicant: Client, organisation: Applicant
) -> None:
    fleet("VAN01E")

    assert "VAN01E" in page(as_applicant).replace("-", "")
    assert as_applicant.post(reverse("fleet_refresh")).status_code == 302


def test_old_lists_go_and_the_vehicles_stay(fleet: Fleet, organisation: Applicant) -> None:
    fleet("VAN01E")
    FleetBatch.objects.update(created_at=timezone.localtime() - timedelta(days=31))

    assert vehicle_upkeep.drop_old_lists() == 1
    assert organisation.vehicles.count() == 1


# --- All on one day -------------------------------------------------------------------------------------


def check(client: Client, **about: Any) -> str:
    utrecht_pk = utrecht().pk
    data = {"municipality": utrecht_pk, "day": timezone.localdate().isoformat(), **about}
    return client.get(reverse("fleet_check"), data).content.decode()


def test_every_vehicle_on_one_day(fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User) -> None:
    fleet("VAN00E\nVAN01E\nVAN04E\nVAN99E")
    given.granted(by=applicant, desk=caseworker, plate="VAN04E")

    shown = check(as_applicant)

    assert "mag erin, met ontheffing" in shown
    assert "niet bekend" in shown
    assert shown.index("mag er niet in") < shown.index("mag erin, met ontheffing")


def test_the_same_as_a_file_and_a_bad_day_as_a_sentence(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN01E =1+1")
    utrecht_pk = utrecht().pk
    about: dict[str, Any] = {"municipality": utrecht_pk, "day": timezone.localdate().isoformat()}
    response = as_applicant.get(reverse("fleet_check_file", args=["csv"]), about)
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]

    assert "'=1+1" in content
    assert "Deze dag is voorbij" in check(as_applicant, day="2020-01-01")


def test_the_page_of_a_vehicle_has_all_of_it_and_what_to_do(
    fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    (vehicle,) = fleet("VAN01E")
    exemption = given.granted(by=applicant, desk=caseworker, plate="VAN01E", days=100)
    waiting = given.filed(by=applicant, plate="VAN01E", code="NET")

    words = as_applicant.get(reverse("fleet_vehicle", args=[vehicle.pk])).content.decode()

    for address in (exemption, waiting):
        assert reverse("application", args=[address.key]) in words
    assert str(waiting.dossier) in words
    assert "Een andere ontheffing aanvragen" in words


def test_from_the_page_of_a_vehicle_one_applies_for_it(fleet: Fleet, as_applicant: Client) -> None:
    (vehicle,) = fleet("VAN01E")
    assert "Een ontheffing aanvragen" in as_applicant.get(reverse("fleet_vehicle", args=[vehicle.pk])).content.decode()

    sent = {"voor": vehicle.applicant_id, "vehicle": vehicle.pk}
    answer = as_applicant.post(reverse("fleet_file"), sent)

    assert answer.headers["Location"].startswith("/wagenpark/aanvragen/")


def test_a_vehicle_that_loses_access_soon_counts_down(fleet: Fleet, login: Login, applicant: User) -> None:
    (vehicle,) = fleet("VAN02E")
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        page = login(applicant).get(reverse("fleet_vehicle", args=[vehicle.pk])).content.decode()

    assert "nog 32 dagen" in page


def test_a_vehicle_that_may_always_enter_is_sold_nothing(fleet: Fleet, as_applicant: Client) -> None:
    (vehicle,) = fleet("VAN00E")

    assert (
        "ontheffing aanvragen"
        not in as_applicant.get(reverse("fleet_vehicle", args=[vehicle.pk]))
        .content.decode()
        .split("<main")[1]
        .split("<footer")[0]
    )
