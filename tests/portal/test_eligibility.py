"""Which kinds fit whom."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from exemptions.intake.eligibility import Situation, judge_kinds, may_need_exemption, offer_kinds, situation_of
from exemptions.models import KindVersion
from zones.access import AccessDecision, VehicleFacts, load_shipped_rules
from zones.vehicles import years_later

TODAY = date(2026, 6, 1)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2040, 12, 31))


def kind(**about: object) -> KindVersion:
    usual = {"kind_id": "LEV", "vehicles": ["van", "truck"], "who": "anyone", "valid_from": date(2024, 7, 1)}
    return KindVersion(**{**usual, **about})


kinds = st.builds(
    kind,
    vehicles=st.sampled_from([["van"], ["truck"], ["van", "truck"]]),
    who=st.sampled_from(KindVersion.Who.values),
    below_age_years=st.none() | st.integers(1, 40),
    plug_in_hybrid_only=st.booleans(),
    plate_may_be_absent=st.booleans(),
    valid_until=st.none() | DAYS,
    ends_by=st.none() | DAYS,
)
situations = st.builds(
    Situation,
    facts=st.builds(VehicleFacts, first_admission=st.none() | DAYS, plug_in_hybrid=st.none() | st.booleans()),
    vehicle_class=st.sampled_from(["", "van", "truck"]),
    who=st.sampled_from(["", "person", "organisation"]),
    has_plate=st.booleans(),
    facts_doubtful=st.booleans(),
)


@given(kinds, situations, DAYS)
def test_never_offers_what_the_desk_would_have_to_refuse(one, situation, on):
    (fit,) = judge_kinds([one], situation, on=on)

    if fit.fits:
        assert situation.vehicle_class in {"", *one.vehicles}
        assert "anyone" in (one.who, situation.who or "anyone") or one.who == situation.who
        assert situation.has_plate or one.plate_may_be_absent
        assert one.valid_from <= on
        assert one.valid_until is None or on < one.valid_until
        assert one.ends_by is None or on < one.ends_by


@given(kinds, situations, DAYS)
def test_what_does_not_fit_says_why(one, situation, on):
    (fit,) = judge_kinds([one], situation, on=on)

    assert fit.fits or all(reason.endswith(".") for reason in fit.reasons)


@given(st.integers(1, 40), DAYS)
def test_a_vehicle_is_too_old_from_its_birthday_on(years, admitted):
    young = kind(below_age_years=years)
    birthday = years_later(admitted, years)
    about = Situation(facts=VehicleFacts(first_admission=admitted))

    assert not judge_kinds([young], about, on=max(birthday, young.valid_from))[0].fits
    before = birthday.replace(year=birthday.year - 1, day=1)
    assert before < young.valid_from or judge_kinds([young], about, on=before)[0].fits


@pytest.mark.parametrize("facts", [VehicleFacts(first_admission=date(1990, 1, 1)), VehicleFacts(plug_in_hybrid=False)])
def test_facts_that_are_doubted_exclude_nothing(facts):
    demanding = kind(below_age_years=13, plug_in_hybrid_only=True)

    assert not judge_kinds([demanding], Situation(facts=facts), on=TODAY)[0].fits
    assert judge_kinds([demanding], Situation(facts=facts, facts_doubtful=True), on=TODAY)[0].fits


@pytest.mark.parametrize("facts", [VehicleFacts(category="van", emission_class="Z"), VehicleFacts(category="other")])
def test_nothing_is_offered_to_what_may_always_enter(facts):
    (fit,) = offer_kinds([kind()], situation_of(facts), on=TODAY, book=load_shipped_rules())

    assert "geen ontheffing nodig" in fit.reasons[0]
    assert offer_kinds([kind()], situation_of(facts, doubtful=True), on=TODAY, book=load_shipped_rules())[0].fits


@pytest.mark.parametrize(
    ("on", "from_day", "fits"),
    [
        (date(2025, 6, 1), None, False),
        (date(2026, 6, 1), date(2027, 1, 1), True),
        (date(2027, 1, 1), None, True),
    ],
)
def test_a_day_exemption_is_for_a_day_on_which_the_vehicle_may_not_enter(on, from_day, fits):
    of_2026 = VehicleFacts(category="van", emission_class="5", first_admission=date(2014, 3, 18))
    (fit,) = offer_kinds(
        [kind(kind_id="DAG", scope=KindVersion.Scope.DAY)], situation_of(of_2026), on=on, book=load_shipped_rules()
    )

    assert (fit.from_day, fit.fits) == (from_day, fits)


@pytest.mark.parametrize(
    ("allowed", "until", "needs"),
    [
        (False, None, True),
        (None, None, True),
        (True, None, False),
        (True, date(2027, 1, 1), True),
        (True, date(2027, 6, 1), True),
        (True, date(2027, 6, 2), False),
    ],
)
def test_who_has_access_for_more_than_a_year_needs_nothing_now(allowed, until, needs):
    assert may_need_exemption(AccessDecision(allowed, "V2", until, ""), on=TODAY) is needs


# --- What the new kinds ask of a vehicle ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subtype", "axles", "fits"), [("tractor", 3, True), ("tractor", 2, False), ("rigid", 3, False), (None, None, True)]
)
def test_a_kind_for_tractor_units_with_axles_fits_those_and_what_the_register_does_not_know(subtype, axles, fits):
    facts = VehicleFacts("truck", subtype, "5", date(2016, 1, 1), axles=axles)

    (fit,) = judge_kinds([kind(tractor_only=True, minimum_axles=3)], situation_of(facts), on=TODAY)

    assert fit.fits is fits


# --- Access that is announced and not law -----------------------------------------------------------------------

EURO_6 = situation_of(VehicleFacts("van", None, "6", date(2018, 1, 1)))


@pytest.mark.parametrize(
    ("on", "fits", "from_day"),
    [
        (date(2026, 12, 31), False, None),
        (date(2027, 1, 1), True, date(2028, 1, 1)),
        (date(2028, 1, 1), True, None),
    ],
)
def test_an_exemption_is_offered_by_the_day_of_the_law_not_by_the_announced_one(on, fits, from_day):
    (fit,) = offer_kinds([kind(kind_id="DAG", scope=KindVersion.Scope.DAY)], EURO_6, on=on, book=load_shipped_rules())

    assert (fit.fits, fit.from_day) == (fits, from_day)


def test_who_needs_none_yet_reads_the_day_of_the_law_and_what_was_announced():
    with override("nl"):
        (fit,) = offer_kinds(
            [kind(kind_id="DAG", scope=KindVersion.Scope.DAY)], EURO_6, on=TODAY, book=load_shipped_rules()
        )

    assert "tot en met 31 december 2027" in fit.reasons[0]
    assert "Op 14 maart 2025 heeft de regering aangekondigd dat dit 31 december 2028 wordt" in fit.reasons[0]
