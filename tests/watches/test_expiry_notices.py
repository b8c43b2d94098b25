"""Nobody is surprised: who follows a vehicle or holds an exemption hears, sixty and seven days before, that it ends."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import User
from casework import outbox
from casework.models import Message
from exemptions.models import Applicant, Vehicle
from exemptions.models.facts import as_json
from tests import given
from watches import lifecycle, mailing
from watches.models import EndNotice, Watch
from zones.models import AccessRule
from zones.register import Lookup, look_up
from zones.vehicles import VehicleFacts

FIVE = VehicleFacts(category="van", emission_class="5", first_admission=date(2012, 5, 1), make="VOLKSWAGEN")
"""A van that by law may enter until 1 January 2027."""
EVENING = datetime(2026, 12, 31, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@contextmanager
def days_before(days: int) -> Iterator[date]:
    """So many days before the last day."""
    with time_machine.travel(EVENING - timedelta(days=days), tick=False):
        yield timezone.localdate()


def follow(plate: str = "VX123Z", email: str = "piet@example.nl", facts: VehicleFacts = FIVE, **about: Any) -> Watch:
    """A running watch with the facts of today."""
    fresh = {"facts": as_json(facts), "checked_at": timezone.now(), "confirmed_at": timezone.now()}
    return Watch.objects.create(**{"plate": plate, "email": email, **fresh, **about})


def keep_fresh() -> None:
    """The register answered today."""
    Watch.objects.update(checked_at=timezone.now())


def tell(days: int) -> int:
    """The job of a day."""
    with days_before(days) as today:
        keep_fresh()
        return mailing.announce_ends(today=today)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="mail_access_ends").order_by("pk"))


# --- What is told ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_van_of_class_5_loses_access_on_1_january_2027_and_its_watcher_hears_it_twice():
    with days_before(80):
        found = look_up("VAN02E")
        assert isinstance(found, Lookup)
        follow("VAN02E", facts=found.facts)

    told = [days for days in range(62, -2, -1) if tell(days)]

    assert told == [60, 7]
    first = mails()[0]
    assert first.subject == "De toegang tot de zero-emissiezone eindigt op 31 december 2026"
    assert "VAN-02-E" in first.body
    assert "31 december 2026 (nog 60 dagen)" in first.body
    assert "Lange levertijd" in first.body


@pytest.mark.django_db
def test_one_mail_an_address_and_day_names_every_vehicle():
    with days_before(60):
        for number in range(3):
            follow(f"VX12{number}Z")
        follow("VX129Z", email="jo@example.nl")

    assert tell(60) == 2

    (mail,) = Message.objects.filter(to="piet@example.nl")
    assert all(plate in mail.body for plate in ("VX-120-Z", "VX-121-Z", "VX-122-Z"))
    assert "VX-129-Z" not in mail.body


@pytest.mark.django_db
def test_what_is_found_later_on_the_same_day_waits_until_tomorrow():
    with days_before(60):
        follow()
    assert tell(60) == 1
    with days_before(60):
        follow("VX999Z")

    assert tell(60) == 0
    assert tell(59) == 1


@pytest.mark.django_db
def test_a_day_without_a_worker_is_made_up_for_and_only_the_nearest_is_told():
    with days_before(60):
        follow()

    assert tell(5) == 1
    assert [notice.days_before for notice in EndNotice.objects.all()] == [7]


@pytest.mark.django_db
def test_a_watch_that_nobody_confirmed_hears_nothing():
    with days_before(60):
        follow(confirmed_at=None)

    assert tell(60) == 0


@pytest.mark.django_db
def test_a_watcher_never_reads_of_somebody_elses_exemption(applicant: User, caseworker: User):
    with days_before(60):
        given.granted(by=applicant, desk=caseworker, days=300)
        follow()
        EndNotice.objects.all().delete()
    tell(60)

    (mail,) = Message.objects.filter(kind="mail_access_ends", to="piet@example.nl")
    assert "ZES-" not in mail.body


@pytest.mark.django_db
def test_a_silent_register_is_asked_again_and_nothing_is_lost():
    with days_before(60):
        follow(checked_at=timezone.now() - timedelta(days=9))
    with days_before(60) as today:
        assert mailing.announce_ends(today=today) == 0

    assert tell(58) == 1


@pytest.mark.django_db
def test_a_rule_that_no_longer_ends_then_takes_back_what_was_found():
    with days_before(60) as today:
        follow()
        mailing.find_notices(mailing.read_terms(today=today))
        AccessRule.objects.filter(code="V2").update(until=date(2028, 1, 1))
        assert mailing.mail_notices(mailing.read_terms(today=today)) == 0

    assert not EndNotice.objects.exists()


@pytest.mark.django_db
def test_a_polish_watcher_reads_polish():
    with days_before(60):
        follow(language="pl")
    tell(60)

    assert "31 grudnia 2026" in mails()[0].body
    assert not {"Dear", "bestelauto", "allowed"} & set(mails()[0].body.split())


# --- Fleets and exemptions, by the same engine -------------------------------------------------------


def in_fleet(organisation: Applicant, user: User, plate: str = "VX123Z") -> Vehicle:
    return Vehicle.objects.create(
        applicant=organisation,
        plate=plate,
        added_by=user,
        facts=as_json(FIVE),
        allowed=True,
        until=date(2027, 1, 1),
        checked_at=timezone.now(),
    )


def test_a_fleet_hears_of_its_vehicles(organisation: Applicant, applicant: User):
    with days_before(60):
        in_fleet(organisation, applicant)

    assert tell(60) == 1
    assert mails()[0].to == organisation.email


def test_who_said_no_to_these_mails_gets_none(organisation: Applicant, applicant: User):
    Applicant.objects.update(mail_expiry=False)
    with days_before(60):
        in_fleet(organisation, applicant)

    assert tell(60) == 0


def test_a_vehicle_with_an_exemption_that_goes_on_is_not_named(
    organisation: Applicant, applicant: User, caseworker: User
):
    with days_before(60):
        given.granted(by=applicant, desk=caseworker, days=200)
        in_fleet(organisation, applicant)

    assert tell(60) == 0


def test_an_exemption_and_a_followed_plate_of_one_address_are_one_mail(
    organisation: Applicant, applicant: User, caseworker: User
):
    with days_before(61):
        given.granted(by=applicant, desk=caseworker, days=40)
        follow("VX777Z", email=organisation.email)
    tell(60)

    (mail,) = Message.objects.filter(kind="mail_access_ends", to=organisation.email)
    assert "VX-777-Z" in mail.body
    assert "ZES-" in mail.body


# --- Twice at once, and a dead mail server; killed: tests/chaos/test_watches.py ------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_mail_once():
    with days_before(60):
        for number in range(40):
            follow(f"VX{number:03}Z", email=f"iemand{number % 20}@example.nl")

    def worker(_number: int) -> int:
        try:
            return mailing.announce_ends(today=date(2026, 11, 1))
        finally:
            connection.close()

    with days_before(60), ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(worker, range(2))) == 20

    assert Message.objects.count() == 20


@pytest.mark.usefixtures("mail_server_away")
@pytest.mark.django_db(transaction=True)
def test_a_dead_mail_server_keeps_every_mail():
    with days_before(60):
        follow()
    tell(60)

    outbox.send_waiting()

    assert mails()[0].sent_at is None
    assert tell(60) == 0


# --- The register ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_at_night_many_plates_are_asked_in_one_question():
    for plate in ("VAN02E", "VAN03E", "TRU04E"):
        follow(plate, checked_at=None, facts=VehicleFacts())

    assert lifecycle.refresh_watches(seconds=5) == 3
    assert Watch.objects.get(plate="TRU04E").known.emission_class == "6"
    assert lifecycle.refresh_watches(seconds=5) == 0


@pytest.mark.django_db
def test_a_plate_on_which_the_register_is_silent_does_not_silence_the_others():
    for plate in ("VAN02E", "VAN99E", "TRU04E"):
        follow(plate, checked_at=None)

    lifecycle.refresh_watches(seconds=5)

    assert not Watch.objects.get(plate="VAN99E").facts
    assert Watch.objects.exclude(checked_at=None).exclude(plate="VAN99E").count() == 2
