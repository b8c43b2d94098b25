"""Anybody can type any plate: nobody learns when and where a vehicle of others will be, nor uses up what is theirs."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Policy
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, DayUse, FactsRecord, Status
from tests import given
from tests.cast import Login
from tests.limits import find_most, set_limit
from zones.models import Municipality

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
TODAY, PLATE = NOW.date(), "VAN01E"


@pytest.fixture(autouse=True)
def monday(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def utrecht() -> Municipality:
    return Municipality.objects.get(name="Utrecht")


def ask(user: User, *, on: date = TODAY, plate: str = PLATE) -> Application:
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=Applicant.objects.of(user).get(),
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate=plate,
        country="NL",
        municipality=utrecht(),
        day=on,
        language="nl",
    )


def post(client: Client, **other: Any) -> Any:
    about = {"plate": PLATE, "country": "NL", "municipality": utrecht().pk, "day": TODAY.isoformat()}
    return client.post(reverse("day_exemption"), {**about, **other})


def answer(client: Client, **other: Any) -> str:
    """Everything that a stranger sees, but for the token of the form."""
    response = post(client, **other)
    bare = re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", response.content.decode())
    return f"{response.status_code} {response.headers.get('Location', '')} {bare}"


def use_up(user: User) -> None:
    for number in range(1, 13):
        ask(user, on=TODAY + timedelta(days=number))


@pytest.mark.parametrize("sent", [{}, {"until": "2026-09-09"}, {"day_2": "2026-09-20"}], ids=["one", "row", "loose"])
def test_before_asking_a_stranger_sees_the_same_whatever_others_have(
    sent: dict[str, str], as_stranger: Client, applicant: User
) -> None:
    free = answer(as_stranger, **sent)

    ask(applicant)
    taken = answer(as_stranger, **sent)
    DayUse.objects.all().delete()
    use_up(applicant)

    assert free == taken == answer(as_stranger, **sent)
    assert "Klopt dit?" in free


@pytest.mark.parametrize("sent", [{}, {"until": "2026-09-09"}, {"day_2": "2026-09-20"}], ids=["one", "row", "loose"])
def test_a_refusal_does_not_tell_a_taken_day_from_a_year_used_up(
    sent: dict[str, str], as_stranger: Client, applicant: User
) -> None:
    ask(applicant)
    taken = answer(as_stranger, ask="1", **sent)
    DayUse.objects.all().delete()
    use_up(applicant)

    assert taken == answer(as_stranger, ask="1", **sent)
    assert "Meer zeggen wij niet" in taken
    assert DayUse.objects.filter(exemption__application__applicant__in=Applicant.objects.of(applicant)).count() == 12


def test_a_refusal_says_what_to_do(as_stranger: Client, applicant: User) -> None:
    ask(applicant)

    page = answer(as_stranger, ask="1")

    assert reverse("contact") in page
    assert "Ik wil een besluit" in page
    assert f'value="{PLATE}"' in page


def test_of_several_days_none_is_named(as_stranger: Client, applicant: User) -> None:
    ask(applicant, on=date(2026, 9, 8))

    assert "8 september 2026:" not in answer(as_stranger, ask="1", until="2026-09-09")
    assert Application.objects.count() == 1


def test_a_person_decides_about_a_day_that_somebody_else_has(as_stranger: Client, applicant: User) -> None:
    ask(applicant)

    reached = post(as_stranger, decision="1")

    application = Application.objects.get(status=Status.SUBMITTED)
    assert reached.url == reverse("application", args=[application.key])


def test_a_representative_does_not_learn_of_another_applicant_what_a_stranger_does_not(
    as_applicant: Client, applicant: User, stranger: User
) -> None:
    ask(stranger)

    assert "Meer zeggen wij niet" in answer(as_applicant, ask="1")
    ask(applicant, on=TODAY + timedelta(days=1))
    page = answer(as_applicant, day=(TODAY + timedelta(days=2)).isoformat())
    assert "Voor 2026 hebt u 1 van de hoogstens 12 dagontheffingen" in page


def test_one_account_does_not_try_day_after_day(as_stranger: Client, applicant: User) -> None:
    most = find_most("day_exemptions_an_hour")
    set_limit("vehicle_lookups_a_minute", 2 * most)  # an hour is a minute here
    ask(applicant)
    for _time in range(most):
        with time_machine.travel(NOW, tick=False):
            as_stranger.defaults["REMOTE_ADDR"] = f"192.0.2.{_time}"
            assert post(as_stranger, ask="1").status_code == 200

    assert post(as_stranger, ask="1").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_two_accounts_at_once_get_twelve_together(login: Login, applicant: User, stranger: User) -> None:
    clients = [login(applicant), login(stranger)]

    def click(number: int) -> int:
        try:
            on = TODAY + timedelta(days=number)
            return int(post(clients[number % 2], ask="1", day=on.isoformat()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(click, range(16)))

    assert (codes.count(302), codes.count(200)) == (12, 4)
    assert sorted(DayUse.objects.values_list("ordinal", flat=True)) == list(range(1, 13))


# --- How many vehicles ------------------------------------------------------------------------------------


@pytest.fixture
def two_vehicles(db: None) -> None:
    Policy.objects.filter(name="day_vehicles_max").update(value=2)


def test_an_account_asks_for_so_many_different_vehicles(two_vehicles: None, stranger: User) -> None:
    for plate in ("VX101Z", "VX102Z"):
        ask(stranger, plate=plate)

    with pytest.raises(given.Refused, match="hoogstens 2 verschillende voertuigen"):
        ask(stranger, plate="VX103Z")
    ask(stranger, plate="VX102Z", on=TODAY + timedelta(days=1))


def test_the_page_says_so_before_one_confirms(two_vehicles: None, as_stranger: Client, stranger: User) -> None:
    for plate in ("VX101Z", "VX102Z"):
        ask(stranger, plate=plate)

    page = answer(as_stranger)

    assert "hoogstens 2 verschillende voertuigen" in page
    assert "Ik wil een besluit" not in page


def test_after_so_many_days_there_is_room_again(two_vehicles: None, stranger: User, time_machine: Any) -> None:
    for plate in ("VX101Z", "VX102Z"):
        ask(stranger, plate=plate)

    time_machine.move_to(NOW + timedelta(days=31))

    assert ask(stranger, plate="VX103Z", on=TODAY + timedelta(days=31)).status == Status.GRANTED


def test_whom_the_desk_knows_is_not_limited(two_vehicles: None, applicant: User, caseworker: User) -> None:
    given.granted(by=applicant, desk=caseworker)

    for number in range(4):
        ask(applicant, plate=f"VX10{number}Z")

    assert DayUse.objects.count() == 4


# --- Telling us --------------------------------------------------------------------------


def test_the_page_to_contact_us_names_it(client: Client, db: None) -> None:
    page = client.get(reverse("contact")).content.decode()

    assert "Heeft iemand anders met uw kenteken een dagontheffing aangevraagd?" in page
