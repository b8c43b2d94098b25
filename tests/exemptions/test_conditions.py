"""The conditions of a kind, with what is proved already."""

from datetime import date, timedelta

import pytest

from exemptions import conditions
from exemptions.doubts import CaseFacts
from exemptions.intake.eligibility import Situation, State, judge_kinds, list_conditions
from exemptions.models import KindVersion
from tests import given
from tests.looping import each
from zones.access import VehicleFacts

TODAY = date(2026, 6, 1)
YOUNG, OLD = VehicleFacts(first_admission=date(2020, 1, 1)), VehicleFacts(first_admission=date(2000, 1, 1))
HYBRID, NO_HYBRID = VehicleFacts(plug_in_hybrid=True), VehicleFacts(plug_in_hybrid=False)
FOUR, THREE = VehicleFacts(axles=4), VehicleFacts(axles=3)
TRACTOR, RIGID, SILENT = VehicleFacts(subtype="tractor"), VehicleFacts(subtype="rigid"), VehicleFacts()


def kind(**about: object) -> KindVersion:
    usual = {"kind_id": "LEV", "vehicles": ["van", "truck"], "who": "anyone", "plate_may_be_absent": True}
    return KindVersion(valid_from=date(2024, 7, 1), **{**usual, **about})


def state(of: KindVersion, situation: Situation) -> str:
    (only,) = list_conditions(of, situation, on=TODAY)
    return only.state


@each(
    "asked, situation, expected",
    [
        ({"who": "person"}, Situation(who="person"), State.MET),
        ({"who": "person"}, Situation(who="organisation"), State.NOT_MET),
        ({"who": "organisation"}, Situation(), State.UNKNOWN),
        ({"plate_may_be_absent": False}, Situation(has_plate=False), State.NOT_MET),
        ({"vehicles": ["truck"]}, Situation(vehicle_class="truck"), State.MET),
        ({"vehicles": ["van"]}, Situation(vehicle_class="truck"), State.NOT_MET),
        ({"below_age_years": 13}, Situation(facts=YOUNG), State.MET),
        ({"below_age_years": 13}, Situation(facts=OLD), State.NOT_MET),
        ({"below_age_years": 13}, Situation(facts=SILENT), State.UNKNOWN),
        ({"below_age_years": 13}, Situation(facts=OLD, facts_doubtful=True), State.UNKNOWN),
        ({"plug_in_hybrid_only": True}, Situation(facts=HYBRID), State.MET),
        ({"plug_in_hybrid_only": True}, Situation(facts=NO_HYBRID), State.NOT_MET),
        ({"tractor_only": True}, Situation(facts=TRACTOR), State.MET),
        ({"tractor_only": True}, Situation(facts=RIGID), State.NOT_MET),
        ({"tractor_only": True}, Situation(facts=SILENT), State.UNKNOWN),
        ({"minimum_axles": 4}, Situation(facts=FOUR), State.MET),
        ({"minimum_axles": 4}, Situation(facts=THREE), State.NOT_MET),
    ],
)
@pytest.mark.django_db
def test_a_condition_is_met_not_met_or_not_known(asked, situation, expected):
    of = kind(**asked)

    assert state(of, situation) == expected
    (fit,) = judge_kinds([of], situation, on=TODAY)
    assert fit.fits == (expected != State.NOT_MET)


@each("available, expected", [(True, State.NOT_MET), (False, State.MET), (None, State.UNKNOWN)])
@pytest.mark.django_db
def test_the_thresholds_prove_that_no_other_vehicle_is_for_sale(available, expected):
    known = CaseFacts(TODAY, TODAY, available=available, by_thresholds=True)

    assert [one.state for one in conditions.list_by_thresholds(known)] == [expected]


@each(
    "code, days, expected",
    [
        ("ordered_on", -1, State.MET),
        ("ordered_on", 1, State.NOT_MET),
        ("expected_on", 1, State.MET),
        ("expected_on", -1, State.NOT_MET),
        ("permit_until", 0, State.MET),
    ],
)
@pytest.mark.django_db
def test_an_answered_day_proves_what_was_done_or_is_still_to_come(code, days, expected):
    known = CaseFacts(TODAY, TODAY, answered={code: TODAY + timedelta(days=days)})

    assert [one.state for one in conditions.list_answered(known)] == [expected]


@pytest.mark.django_db
def test_what_the_applicant_declared_is_for_a_person_to_judge(applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)

    found = conditions.conditions_of(application, on=application.received_on)

    assert [one.state for one in found][-1] == State.TO_JUDGE
    application.answers["replaces"] = ""
    assert conditions.conditions_of(application, on=application.received_on)[-1].state == State.NOT_MET


@pytest.mark.django_db
def test_the_other_side_of_what_a_person_judges_are_the_grounds_of_the_kind(applicant, caseworker):
    application = given.judged(by=applicant, desk=caseworker)

    assert {one.kind_id for one in conditions.list_reasons_to_reject(application)} == {"LEV"}
