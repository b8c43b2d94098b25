"""What enforcement hears about a vehicle: by rule or exemption, until when, and nothing about anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from casework import clock
from enforcement.answers import Answer, Question
from enforcement.checks import answer_each, answer_one
from enforcement.models import RegisterEntry
from enforcement.register_entries import parse_facts, write_facts
from tests.enforcement.exempted import AMSTERDAM, UTRECHT, exempted
from zones import register
from zones.demo_register import load_vehicles

pytestmark = pytest.mark.django_db


def ask(plate: str, *, country: str = "NL", zone: str = UTRECHT, at: datetime | None = None) -> Answer:
    return answer_one(Question(plate, country, zone, at or clock.now()))


def test_a_foreign_vehicle_about_which_nobody_knows_anything():
    assert ask("WX12345", country="PL") == Answer(None)


def test_a_foreign_vehicle_with_an_exemption(applicant: User):
    exemption = exempted("WX12345", country="PL", by=applicant)

    answer = ask("WX12345", country="PL")

    assert (answer.allowed, answer.by, answer.rule) == (True, "exemption", None)
    assert (answer.until, answer.reference) == (exemption.ends_at, exemption.decision.reference)


def test_the_same_plate_of_another_country_is_another_vehicle(applicant: User):
    exempted("WX12345", country="PL", by=applicant)

    assert ask("WX12345", country="DE").allowed is None


def test_a_plate_that_is_a_word_of_the_database(applicant: User):
    exempted("NULL", country="PL", by=applicant)

    question = Question("NULL", "PL", UTRECHT, clock.now())
    assert [one.by for one in (answer_one(question), *answer_each([question]))] == ["exemption", "exemption"]


def test_the_register_is_not_believed_about_the_same_plate_of_another_country():
    dutch, polish = (Question("CAR01E", country, UTRECHT, clock.now()) for country in ("NL", "PL"))

    assert [one.allowed for one in answer_each([dutch, polish])] == [True, None]


def test_an_exemption_of_amsterdam_is_not_told_in_utrecht(applicant: User):
    exempted("WX12345", country="PL", zone=AMSTERDAM, by=applicant)

    assert ask("WX12345", country="PL", zone=AMSTERDAM).allowed is True
    assert ask("WX12345", country="PL", zone=UTRECHT) == Answer(None)


def test_a_day_exemption_is_told_as_such(applicant: User):
    exempted("WX12345", country="PL", zone=UTRECHT, day=1, by=applicant)

    assert ask("WX12345", country="PL").by == "day_exemption"


def test_one_that_was_revoked_ends_then(applicant: User):
    now = clock.now()
    exempted("WX12345", country="PL", revoked_at=now - timedelta(minutes=1), by=applicant)

    before = ask("WX12345", country="PL", at=now - timedelta(minutes=2))

    assert (before.allowed, before.until) == (True, now - timedelta(minutes=1))
    assert ask("WX12345", country="PL", at=now).allowed is None


def test_one_that_is_suspended_does_not_hold_meanwhile(applicant: User):
    now = clock.now()
    exemption = exempted("WX12345", country="PL", by=applicant)
    exemption.suspensions.create(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))

    assert ask("WX12345", country="PL", at=now).until == now + timedelta(days=1)
    assert ask("WX12345", country="PL", at=now + timedelta(days=1, hours=1)).allowed is None
    assert ask("WX12345", country="PL", at=now + timedelta(days=3)).until == exemption.ends_at


def test_of_several_the_one_that_holds_longest(applicant: User):
    now = clock.now()
    exempted("WX12345", country="PL", ends_at=now + timedelta(days=5), by=applicant)
    longest = exempted("WX12345", country="PL", ends_at=now + timedelta(days=50), by=applicant)

    assert ask("WX12345", country="PL").reference == longest.decision.reference


def test_before_the_zone_begins_everybody_may_enter():
    answer = ask("WX12345", country="PL", at=datetime(2024, 12, 31, 12, tzinfo=UTC))

    assert (answer.allowed, answer.by, answer.rule) == (True, "rule", "NOT_STARTED")
    assert answer.until == datetime(2024, 12, 31, 23, tzinfo=UTC)


def test_what_the_register_said_is_kept_without_the_plate():
    ask("CAR01E")

    entry = RegisterEntry.objects.get()
    assert "CAR01E" not in f"{entry.facts}{bytes(entry.digest)!r}"
    assert ask("CAR01E").rule == "OUT"


def test_facts_survive_being_written_down():
    for plate in load_vehicles():
        found = register.look_up(plate)
        if isinstance(found, register.Lookup):
            kept = parse_facts(write_facts(found.facts))
            assert kept is not None
            assert write_facts(kept) == write_facts(found.facts)


def test_many_are_asked_in_as_many_queries_as_three(applicant: User, django_assert_num_queries):
    exempted("WX12345", country="PL", by=applicant)
    three = [Question(plate, "NL", UTRECHT, clock.now()) for plate in ("CAR01E", "VAN99E", "AB12CD")]
    many = [*three, *(Question(f"WX{number}", "PL", UTRECHT, clock.now()) for number in range(100))]
    answer_each(many)

    with django_assert_num_queries(3):
        answer_each(many)
