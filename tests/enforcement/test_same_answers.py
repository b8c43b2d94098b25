"""One question, many questions, the portal and the proof say the same at every moment of random lives."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from enforcement.answers import Question
from enforcement.checks import answer_each, answer_one
from enforcement.register_entries import write_facts
from enforcement.rules import current_rules
from exemptions.models import Exemption
from tests.enforcement.exempted import AMSTERDAM, UTRECHT, exempted
from zones import register
from zones.access import access_per_zone
from zones.demo_register import load_vehicles
from zones.models import Zone, current_rule_book

pytestmark = pytest.mark.django_db

BEGIN, END = datetime(2025, 6, 1, tzinfo=UTC), datetime(2030, 12, 31, tzinfo=UTC)
PLATES = [("WX1", "PL"), ("WX2", "PL"), ("WX1", "DE"), ("VAN04D", "NL"), ("CAR01E", "NL"), ("AB12CD", "NL")]
DEMO = sorted(plate for plate in load_vehicles() if isinstance(register.look_up(plate), register.Lookup))
often = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
moments = st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC))
PLACES = [UTRECHT, AMSTERDAM]
MANY = int(os.environ.get("QUESTIONS", "2000"))
zones = st.sampled_from(PLACES)
questions = st.tuples(st.sampled_from(PLATES), zones, moments)


@st.composite
def lives(draw: Any) -> dict[str, Any]:
    """An exemption as it may have gone: granted, perhaps revoked, perhaps suspended for a while."""
    begin = draw(moments)
    end = begin + timedelta(hours=draw(st.integers(1, 4000)))
    revoked = begin + timedelta(hours=draw(st.integers(-50, 4000))) if draw(st.booleans()) else None
    pauses = sorted({begin + timedelta(hours=hours) for hours in draw(st.lists(st.integers(-50, 4000), max_size=4))})
    plate, country = draw(st.sampled_from(PLATES))
    return {
        "plate": plate,
        "country": country,
        "zone": draw(st.none() | zones),
        "starts_at": begin,
        "ends_at": end,
        "revoked_at": revoked,
        "pauses": pauses,
    }


def live(life: dict[str, Any], *, by: User) -> Exemption:
    exemption = exempted(by=by, **{name: value for name, value in life.items() if name != "pauses"})
    for start, stop in pair(life["pauses"]):
        exemption.suspensions.create(starts_at=start, ends_at=stop)
    return exemption


def pair(moments: list[datetime]) -> Iterator[tuple[datetime, datetime | None]]:
    """The last one lasts."""
    yield from zip(moments[::2], [*moments[1::2], None], strict=False)


@often
@given(lived=st.lists(lives(), max_size=6), asked=st.lists(questions, min_size=1))
def test_exemptions_at_any_moment(applicant: User, lived: list[Any], asked: list[Any]):
    for life in lived:
        live(life, by=applicant)
    every = [Question(plate, country, zone, at) for (plate, country), zone, at in asked]

    answers = answer_each(every)

    assert answers == [answer_one(question) for question in every]
    for question, answer in zip(every, answers, strict=True):
        there = {None, question.zone}
        valid = Exemption.objects.valid_at(question.at).for_vehicle(plate=question.plate, country=question.country)
        fitting = {one.decision.reference for one in valid if getattr(one.municipality, "cbs_code", None) in there}
        if answer.by in {"rule", "automatic"} and answer.allowed:
            assert answer.reference is None
        else:
            assert (answer.reference in fitting) == (answer.allowed is True) == bool(fitting)


def test_as_many_single_questions_as_one_request_holds(applicant: User):
    """`QUESTIONS=200000` asks all of them, which takes minutes; on some days only, for each is judged once."""
    dice = Random(1302)
    days = [BEGIN + timedelta(days=dice.randrange((END - BEGIN).days)) for _day in range(8)]
    for _exemption in range(40):
        plate, country = dice.choice(PLATES)
        begin, zone = pick_moment(dice, days), dice.choice([None, *PLACES])
        end = begin + timedelta(days=dice.randrange(1, 200))
        exempted(plate, country=country, by=applicant, zone=zone, starts_at=begin, ends_at=end)
    vehicles = [*PLATES, *((plate, "NL") for plate in DEMO)]
    every = [Question(*dice.choice(vehicles), dice.choice(PLACES), pick_moment(dice, days)) for _ in range(MANY)]

    answers = answer_each(every)

    assert answers == [answer_one(question) for question in every]
    assert {answer.allowed for answer in answers} == {True, False, None}


def pick_moment(dice: Random, days: list[datetime]) -> datetime:
    return dice.choice(days) + timedelta(seconds=dice.randrange(24 * 3600))


@often
@given(lived=st.lists(lives(), min_size=1, max_size=4), now=moments)
def test_the_proof_says_the_same(applicant: User, lived: list[Any], now: datetime):
    exemptions = [live(life, by=applicant) for life in lived]

    with time_machine.travel(now, tick=False):
        for one in exemptions:
            zone = one.municipality.cbs_code if one.municipality else UTRECHT
            if one.is_valid(now=now):
                assert answer_one(Question(one.plate, one.country, zone, now)).allowed is True


@often
@given(plate=st.sampled_from(DEMO), at=moments)
def test_the_rules_are_those_of_the_portal(plate: str, at: datetime):
    found = register.look_up(plate)
    assert isinstance(found, register.Lookup)
    rules = current_rules()
    on = timezone.localdate(at)
    law = min(on, rules.today)
    there = Zone.objects.in_force(on=law).filter(municipality__cbs_code=UTRECHT)
    told = access_per_zone(found.facts, on=on, zones=there, book=current_rule_book(on=law))

    answer = rules.judge(write_facts(found.facts), zone=UTRECHT, at=at)

    for one in told:
        assert answer.allowed == one.decision.allowed
        assert answer.rule == (None if one.decision.allowed is None else one.decision.rule)
