"""Counting a file gives what judging each passage by itself gives."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exemptions.models import DayUse, Decision, Exemption, ExemptionSuspension
from exemptions.terms import AMSTERDAM
from reporting.compliance.counting import CHUNK, count_passages
from reporting.compliance.ground import load_ground
from reporting.compliance.sources import make_sources
from tests.reporting.cases import case
from tests.reporting.compliance.files import write_facts, write_parquet, write_passages
from zones.access import access_per_zone
from zones.models import Municipality, Zone, current_rule_book
from zones.vehicles import VehicleFacts

pytestmark = pytest.mark.django_db

FACTS = {
    "AA01AA": ("van", "", "Z", "2024-05-01", "", ""),
    "AA02AA": ("van", "", "5", "2015-05-01", "", ""),
    "AA03AA": ("van", "", "4", "1986-12-31", "", ""),
    "AA04AA": ("truck", "rigid", "6", "2013-12-30", "15", ""),
    "AA05AA": ("truck", "", "6", "2018-01-01", "", ""),
    "AA06AA": ("van", "", "6", "", "", ""),
    "AA07AA": ("other", "", "", "", "", ""),
}
PLATES = [*FACTS, "ZZ99ZZ"]
HOURS = (6, 12, 18)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=AMSTERDAM)
moments = st.integers(-40 * 24 * 60, 40 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
rows = st.tuples(
    st.sampled_from(PLATES),
    st.sampled_from(["NL", "NL", "PL"]),
    moments,
    st.sampled_from(["", "van", "truck", "other"]),
)
vehicles = st.sampled_from([("AA02AA", "NL"), ("AA03AA", "NL"), ("AA03AA", "PL"), ("ZZ99ZZ", "PL")])
terms = st.tuples(moments, st.integers(1, 40 * 24 * 60), st.none() | st.integers(0, 30 * 24 * 60), st.booleans())
gaps = st.lists(st.tuples(st.integers(0, 20 * 24 * 60), st.integers(0, 20 * 24 * 60)), max_size=2)


def grant(plate: str, country: str, term, suspensions, *, is_day: bool) -> None:
    """An exemption, perhaps revoked, perhaps suspended, in Utrecht or everywhere."""
    start, minutes, revoked, everywhere = term
    utrecht = Municipality.objects.get(cbs_code="GM0344")
    application = case("LEV", plate=plate, country=country, file="2026-11-02", grant="2026-11-03")
    decision = Decision.objects.create(
        application=application, outcome="granted", starts_on=start.date(), ends_on=start.date()
    )
    exemption = Exemption.objects.create(
        decision=decision,
        application=application,
        plate=plate,
        country=country,
        municipality=None if everywhere else utrecht,
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        ends_on=start.date(),
        revoked_at=None if revoked is None else start + timedelta(minutes=revoked),
    )
    if is_day:
        day = {"year": start.year, "ordinal": 1, "day": start.date()}
        DayUse.objects.create(exemption=exemption, plate=plate, country=country, municipality=utrecht, **day)
    suspend(exemption, start, suspensions)


def suspend(exemption: Exemption, moment: datetime, suspensions) -> None:
    for wait, length in suspensions:
        begin = moment + timedelta(minutes=wait)
        moment = begin + timedelta(minutes=length)
        ExemptionSuspension.objects.create(exemption=exemption, starts_at=begin, ends_at=moment)


def judge(plate: str, country: str, at: datetime, told: str) -> tuple[str, str, str]:
    """One passage by itself, as every other page would."""
    local = at.astimezone(AMSTERDAM)
    facts = read_facts(plate) if country == "NL" else VehicleFacts()
    if facts.category is None and told:
        facts = VehicleFacts(**{**vars(facts), "category": told})
    zones = Zone.objects.in_force(on=local.date()).filter(municipality__cbs_code="GM0344")
    book = current_rule_book(on=local.date())
    (decision,) = (one.decision for one in access_per_zone(facts, on=local.date(), zones=zones, book=book))
    part = ("night", "morning", "afternoon", "evening")[sum(local.hour >= hour for hour in HOURS)]
    if decision.allowed:
        why = "automatic" if decision.rule in {one.code for one in book.exemptions} else "rule"
    else:
        why = find_exemption(plate, country, at) or ("unknown" if decision.allowed is None else "not_allowed")
    return part, facts.category or "unknown", why


def find_exemption(plate: str, country: str, at: datetime) -> str:
    there = Exemption.objects.valid_at(at).for_vehicle(plate=plate, country=country)
    valid = there.exclude(municipality__cbs_code="GM0363")
    if not valid.exists():
        return ""
    return "exemption" if valid.filter(day_use=None).exists() else "day_exemption"


def read_facts(plate: str) -> VehicleFacts:
    category, subtype, emission_class, day, body, remarks = FACTS.get(plate, ("",) * 6)
    return VehicleFacts(
        category=category or None,
        subtype=subtype or None,
        emission_class=emission_class or None,
        first_admission=date.fromisoformat(day) if day else None,
        body_codes=frozenset(filter(None, [body])),
        remark_codes=frozenset(filter(None, [remarks])),
    )


def count(folder: Path, *found) -> Counter[Any]:
    passages = write_passages(folder / "passages.csv", *found)
    facts = write_facts(folder / "facts.csv", *((plate, *cells) for plate, cells in FACTS.items()))
    return count_passages(passages, make_sources(load_ground("GM0344"), facts=facts), also=[facts]).counts


class Again(Exception):
    """Ends an example, so that the next one begins with the same database."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(rows, min_size=1, max_size=40), st.lists(st.tuples(vehicles, terms, gaps, st.booleans()), max_size=4))
def test_a_file_is_counted_as_passage_by_passage(tmp_path, found, exemptions):
    with suppress(Again), transaction.atomic():
        for number, ((plate, country), term, suspensions, is_day) in enumerate(exemptions):
            grant(plate, country, term, suspensions, is_day=is_day and number == 0)

        counts = count(tmp_path, *((plate, country, at.isoformat(), told) for plate, country, at, told in found))

        assert counts == Counter(judge(*one) for one in found)
        raise Again


def test_the_register_is_asked_in_bulk_what_it_says_of_each(tmp_path):
    rows = [(plate, "NL", "2026-12-01T10:00:00+01:00", "") for plate in ("VAN01E", "VAN-02-E", "CAR01E", "VAN99E")]
    passages = write_passages(tmp_path / "passages.csv", *rows)

    counts = count_passages(passages, make_sources(load_ground("GM0344"), facts=None)).counts

    assert counts == {
        ("morning", "van", "not_allowed"): 1,
        ("morning", "van", "rule"): 1,
        ("morning", "other", "rule"): 1,
        ("morning", "unknown", "unknown"): 1,
    }


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        ("2026-10-25T05:59:59+01:00", "night"),
        ("2026-10-25T06:00:00+01:00", "morning"),
        ("2026-10-25T02:30:00+02:00", "night"),
        ("2027-03-28T04:00:00Z", "morning"),
        ("2027-03-28T03:59:59Z", "night"),
        ("2026-12-31T23:30:00Z", "night"),
    ],
)
def test_the_part_of_the_day_is_that_of_the_clock_on_the_wall(tmp_path, moment, part):
    assert [cell[0] for cell in count(tmp_path, ("AA01AA", "NL", moment, ""))] == [part]


def test_on_the_night_on_which_a_rule_ends_the_local_day_counts(tmp_path):
    counts = count(tmp_path, ("AA02AA", "NL", "2026-12-31T22:59:59Z", ""), ("AA02AA", "NL", "2026-12-31T23:00:00Z", ""))

    assert counts == {("evening", "van", "rule"): 1, ("night", "van", "not_allowed"): 1}


def test_a_plate_counts_however_the_camera_writes_it(tmp_path):
    writings = ("AA-01-AA", "aa01aa", " ÄA 01 AA", "=AA01AA")

    counts = count(tmp_path, *((plate, "nl ", "2026-12-01T10:00:00+01:00", "") for plate in writings))

    assert counts == {("morning", "van", "rule"): 4}


def test_more_vehicles_than_one_chunk_are_all_counted(tmp_path):
    many = ((f"{number:06d}", "PL", "2026-12-01T10:00:00+01:00", "bestelauto") for number in range(CHUNK + 5))

    assert count(tmp_path, *many) == {("morning", "van", "unknown"): CHUNK + 5}


def test_passages_and_facts_may_stand_in_parquet(tmp_path):
    facts = write_parquet(
        tmp_path / "f",
        "SELECT 'AA-02-AA' AS plate, 'van' AS category, NULL AS subtype, '5' AS emission_class, "
        "DATE '2015-05-01' AS first_admission, ['15'] AS body_codes",
    )
    passages = write_parquet(
        tmp_path / "p", "SELECT 'AA02AA' AS plate, 'NL' AS country, TIMESTAMPTZ '2026-12-01 09:00:00+00' AS at"
    )

    counts = count_passages(passages, make_sources(load_ground("GM0344"), facts=facts), also=[facts]).counts

    assert counts == {("morning", "van", "rule"): 1}
