import time
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from zones import wording
from zones.access import AccessDecision, VehicleFacts, access_per_zone, decide, load_shipped_rules
from zones.models import Zone
from zones.rules import RuleBook

TODAY = date(2026, 6, 1)


def vehicle(category, emission_class=None, admitted=None, **more):
    first_admission = date.fromisoformat(admitted) if admitted else None
    return VehicleFacts(category=category, emission_class=emission_class, first_admission=first_admission, **more)


def short(decision: AccessDecision):
    return decision.allowed, decision.rule, decision.until and decision.until.isoformat()


# --- The table, row by row and on both sides of each border ------------------------------------------


@pytest.mark.parametrize(
    ("category", "subtype", "emission_class", "admitted", "answer"),
    [
        ("van", None, "Z", "2025-06-01", (True, "V0", None)),
        ("van", None, "0", "1995-01-01", (False, "V1", None)),
        ("van", None, "4", "2024-12-31", (False, "V1", None)),
        ("van", None, "5", "2024-12-31", (True, "V2", "2027-01-01")),
        ("van", None, "6", "2024-12-31", (True, "V3b", "2029-01-01")),
        ("van", None, "5", "2025-01-01", (False, "V4", None)),
        ("van", None, "6", "2025-01-01", (False, "V4", None)),
        ("van", None, "0", "2025-01-01", (False, "V4", None)),
        ("truck", "tractor", "Z", "2025-06-01", (True, "T0", None)),
        ("truck", "rigid", "0", "1995-01-01", (False, "T1", None)),
        ("truck", "rigid", "5", "2024-12-31", (False, "T1", None)),
        ("truck", "rigid", "6", "2016-12-31", (False, "T2", None)),
        ("truck", "tractor", "6", "2016-12-31", (False, "T2", None)),
        ("truck", "rigid", "6", "2017-01-01", (True, "T3", "2028-01-01")),
        ("truck", "rigid", "6", "2019-12-31", (True, "T3", "2028-01-01")),
        ("truck", "rigid", "6", "2020-01-01", (True, "T4", "2030-01-01")),
        ("truck", "rigid", "6", "2024-12-31", (True, "T4", "2030-01-01")),
        ("truck", "tractor", "6", "2017-01-01", (True, "T5", "2030-01-01")),
        ("truck", "tractor", "6", "2024-12-31", (True, "T5", "2030-01-01")),
        ("truck", "rigid", "6", "2025-01-01", (False, "T6", None)),
        ("truck", "tractor", "5", "2025-01-01", (False, "T6", None)),
        ("other", None, "3", "2001-01-01", (True, "OUT", None)),
    ],
)
def test_each_row_of_the_table_decides_its_vehicles(category, subtype, emission_class, admitted, answer):
    facts = vehicle(category, emission_class, admitted, subtype=subtype)

    assert short(decide(facts, on=TODAY)) == answer


@pytest.mark.parametrize(
    ("facts", "rule", "end"),
    [
        (vehicle("van", "5", "2015-01-01"), "V2", date(2027, 1, 1)),
        (vehicle("van", "6", "2018-01-01"), "V3b", date(2029, 1, 1)),
        (vehicle("truck", "6", "2018-01-01", subtype="rigid"), "T3", date(2028, 1, 1)),
        (vehicle("truck", "6", "2022-01-01", subtype="rigid"), "T4", date(2030, 1, 1)),
        (vehicle("truck", "6", "2022-01-01", subtype="tractor"), "T5", date(2030, 1, 1)),
        (vehicle("van", "4", "1984-01-01"), "X40", date(2030, 1, 1)),
        (vehicle("van", "4", "2010-01-01", body_codes=frozenset({"SH"})), "XSH", date(2030, 1, 1)),
        (vehicle("truck", "6", "2018-01-01", subtype="rigid", body_codes=frozenset({"15"})), "XSP", date(2030, 1, 1)),
    ],
)
def test_the_day_until_is_the_first_one_without_access_under_the_same_rule(facts, rule, end):
    last_day = date.fromordinal(end.toordinal() - 1)

    assert short(decide(facts, on=last_day)) == (True, rule, end.isoformat())
    assert short(decide(facts, on=end)) == (False, rule, end.isoformat())


# --- Automatic exemptions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("admitted", "on", "rule"),
    [
        ("1986-06-01", date(2026, 5, 31), "V1"),
        ("1986-06-01", date(2026, 6, 1), "X40"),
        ("1988-02-29", date(2028, 2, 28), "V1"),
        ("1988-02-29", date(2028, 2, 29), "X40"),
    ],
)
def test_a_van_is_exempt_from_its_fortieth_birthday(admitted, on, rule):
    assert decide(vehicle("van", "0", admitted), on=on).rule == rule


@pytest.mark.parametrize("code", ["15", "16", "19", "23", "26", "27", "31", "SB", "SF"])
def test_a_special_truck_is_exempt_until_its_thirteenth_birthday(code):
    truck = vehicle("truck", "6", "2014-03-10", subtype="rigid", body_codes=frozenset({"BA", code}))

    assert short(decide(truck, on=date(2027, 3, 9))) == (True, "XSP", "2027-03-10")
    assert short(decide(truck, on=date(2027, 3, 10))) == (False, "T2", None)


def test_a_truck_of_29_february_grows_older_on_the_first_of_march():
    truck = vehicle("truck", "5", "2012-02-29", body_codes=frozenset({"15"}))

    assert short(decide(truck, on=date(2025, 2, 28))) == (True, "XSP", "2025-03-01")


@pytest.mark.parametrize("code", ["145", "146", "147", "149"])
def test_a_wheelchair_van_is_exempt_by_its_remark(code):
    van = vehicle("van", "4", "2010-01-01", remark_codes=frozenset({"55", code}))

    assert short(decide(van, on=TODAY)) == (True, "XSH", "2030-01-01")


@pytest.mark.parametrize("codes", [{"body_codes": frozenset({"SH"})}, {"remark_codes": frozenset({"146"})}])
def test_a_wheelchair_truck_is_exempt_as_a_van_is(codes):
    truck = vehicle("truck", "5", "2018-01-01", **codes)

    assert short(decide(truck, on=TODAY)) == (True, "XSH", "2030-01-01")


@pytest.mark.parametrize(
    "facts",
    [
        vehicle("van", "4", "2010-01-01", remark_codes=frozenset({"70"})),
        vehicle("van", "4", "2010-01-01", body_codes=frozenset({"15"})),
        vehicle("truck", "5", "2018-01-01", body_codes=frozenset({"14"})),
    ],
)
def test_codes_of_another_list_exempt_nobody(facts):
    assert decide(facts, on=TODAY).rule in {"V1", "T1"}


def test_an_automatic_exemption_goes_before_an_access_rule():
    van = vehicle("van", "6", "2018-01-01", body_codes=frozenset({"SH"}))

    assert short(decide(van, on=TODAY)) == (True, "XSH", "2030-01-01")


def test_an_emission_free_vehicle_needs_no_exemption_and_has_no_end():
    van = vehicle("van", "Z", "2022-01-01", body_codes=frozenset({"SH"}))

    assert short(decide(van, on=date(2035, 1, 1))) == (True, "V0", None)


# --- Missing facts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (vehicle("van", "Z"), "V0"),
        (vehicle("truck", "Z"), "T0"),
        (vehicle("other"), "OUT"),
        (vehicle("truck", "6", "2015-01-01"), "T2"),
        (vehicle("truck", "3", "2018-01-01"), "T1"),
        (vehicle("truck", "6", "2026-01-01"), "T6"),
        (vehicle("truck", "6", "2022-01-01"), "T4"),  # T5 says the same: until 2030
        (vehicle(None, "Z", "2020-01-01"), "V0"),  # whatever it is, it may enter
    ],
)
def test_a_missing_fact_that_changes_nothing_is_no_obstacle(facts, rule):
    assert decide(facts, on=TODAY).rule == rule


@pytest.mark.parametrize(
    ("facts", "wanting"),
    [
        (VehicleFacts(), "the kind of vehicle"),
        (vehicle("van", "5"), "the date of first registration"),
        (vehicle("van", None, "2020-01-01"), "the emission class"),
        (vehicle("van", None, "2026-01-01"), "the emission class"),
        (vehicle("truck", "6", "2018-01-01"), "rigid truck or tractor unit"),
        (vehicle("van", "EURO 6", "2022-01-01"), "the emission class"),
        (vehicle("spaceship", "6", "2022-01-01"), "the kind of vehicle"),
    ],
)
def test_a_missing_fact_that_matters_is_named(facts, wanting):
    with translation.override("en"):
        decision = decide(facts, on=TODAY)

    assert short(decision) == (None, "UNKNOWN", None)
    assert wanting in decision.reason


def test_what_is_sure_all_the_same_is_said():
    with translation.override("en"):
        decision = decide(vehicle("truck", "6", "2018-01-01"), on=TODAY)

    assert decision.reason.startswith("The vehicle may enter on this day.")


def test_a_vehicle_that_nobody_knows_is_judged_for_every_zone_while_somebody_waits():
    zones = [Zone(name=f"Zone {year}", starts_on=date(year, 1, 1)) for year in range(2027, 2057)]
    began = time.process_time()

    answers = access_per_zone(VehicleFacts(), on=TODAY, zones=zones)

    assert {answer.decision.rule for answer in answers} == {"NOT_STARTED"}
    assert time.process_time() - began < 1


def test_a_gap_in_the_rules_is_no_permission():
    book = RuleBook([rule for rule in load_shipped_rules().rules if rule.code != "V2"], ())

    assert short(decide(vehicle("van", "5", "2015-01-01"), on=TODAY, book=book)) == (None, "UNKNOWN", None)


def test_an_age_between_two_borders_is_thought_of():
    (rule,) = (replace(rule, admitted_before=None) for rule in load_shipped_rules().rules if rule.code == "T1")
    (special,) = (exemption for exemption in load_shipped_rules().exemptions if exemption.code == "XSP")
    book = RuleBook([rule], [replace(special, minimum_age_years=10)])

    assert decide(vehicle("truck", "5", body_codes=frozenset({"15"})), on=TODAY, book=book).rule == "UNKNOWN"
    assert decide(vehicle("truck", "5"), on=TODAY, book=book).rule == "T1"


# --- Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "nl",
            ["een bestelauto met emissieklasse 5", "Toegang tot en met 31 december 2026.", "Bron: RVV 1990 art. 86e"],
        ),
        (
            "en",
            ["a van of emission class 5", "Access until 31 December 2026.", "Source: RVV 1990 art. 86e"],
        ),
    ],
)
def test_the_reason_is_in_the_readers_language_with_its_source(language, sentences):
    with translation.override(language):
        reason = decide(vehicle("van", "5", "2015-01-01"), on=TODAY).reason

    assert all(sentence in reason for sentence in sentences)


def test_every_rule_explains_itself_in_two_languages_and_names_its_source():
    for ground in (*load_shipped_rules().rules, *load_shipped_rules().exemptions):
        assert ground.source
        for language in ("nl", "en"):
            with translation.override(language):
                assert wording.get_explanation(ground) not in {"", ground.code}


# --- Zones -------------------------------------------------------------------------------------------


def test_before_a_zone_starts_everybody_may_enter():
    zones = [Zone(name="Utrecht", starts_on=date(2025, 1, 1)), Zone(name="Ede", starts_on=date(2030, 1, 1))]

    answers = access_per_zone(vehicle("van", "4", "2010-01-01"), on=TODAY, zones=zones)

    assert [answer.zone.name for answer in answers] == ["Utrecht", "Ede"]
    assert [short(answer.decision) for answer in answers] == [
        (False, "V1", None),
        (True, "NOT_STARTED", "2030-01-01"),
    ]


def test_a_zone_counts_from_its_first_day():
    zones = [Zone(name="Enschede", starts_on=date(2025, 7, 1))]
    van = vehicle("van", "4", "2010-01-01")

    (before,) = access_per_zone(van, on=date(2025, 6, 30), zones=zones)
    (after,) = access_per_zone(van, on=date(2025, 7, 1), zones=zones)

    assert (before.decision.allowed, after.decision.allowed) == (True, False)


def test_who_may_enter_when_a_zone_starts_is_told_so_before():
    zones = [Zone(name="Ede", starts_on=date(2027, 1, 1))]
    electric, diesel = vehicle("van", "Z", "2024-01-01"), vehicle("van", "5", "2012-01-01")

    answers = [access_per_zone(one, on=TODAY, zones=zones)[0].decision for one in (electric, diesel)]

    assert answers[0] == decide(electric, on=TODAY)
    assert short(answers[1]) == (True, "NOT_STARTED", "2027-01-01")


def test_a_zone_that_has_not_started_says_no_more_about_a_passenger_car():
    zones = [Zone(name="Ede", starts_on=date(2030, 1, 1))]

    (answer,) = access_per_zone(vehicle("other"), on=TODAY, zones=zones)

    assert short(answer.decision) == (True, "OUT", None)


@pytest.mark.parametrize(
    ("language", "cited"),
    [("nl", "RVV 1990 art. 86e lid 5, onder c (Stb. 2023, 241)"), ("en", "RVV 1990 art. 86e(5)(c) (Stb. 2023, 241)")],
)
def test_a_source_is_cited_as_its_reader_knows_it(language, cited):
    with translation.override(language):
        assert wording.cite_source("RVV 1990 art. 86e lid 5, onder c (Stb. 2023, 241)") == cited
