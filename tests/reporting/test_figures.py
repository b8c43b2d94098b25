"""Each figure, over a few cases made by hand."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from exemptions.models import KindVersion, Status
from exemptions.steps.revision import Cause
from reporting.figures import FIGURES, Row
from reporting.period import Period
from tests import given
from tests.reporting.cases import LEADS_TO, case, counted, day_exemption, moment, record

pytestmark = pytest.mark.django_db


# --- R01 -------------------------------------------------------------------------------------------------


def test_r01_counts_applications_filed_by_scope():
    case("LEV", file="2025-03-03")
    case("HAR", file="2025-03-03", where="Utrecht")
    day_exemption("2025-03-03")

    assert counted("R01") == {"national": 1, "local": 1, "day": 1}


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2025-02-28T23:59:59", 0),
        ("2025-03-01T00:00", 1),
        ("2025-03-31T23:59:59", 1),  # in summer time, when it is still 21:59 in Greenwich
        ("2025-04-01T00:00", 0),
    ],
)
def test_r01_counts_whole_days_in_amsterdam(moment: str, count: int):
    case("LEV", file=moment)

    assert counted("R01", "2025-03-01", "2025-03-31")["national"] == count


def test_r01_counts_a_converted_case_once_as_it_was_asked():
    case("NEV", file="2025-03-03", take_up="2025-03-04", convert="2025-03-05")
    case("HAR", receive_conversion="2025-03-05", where="Utrecht")

    assert counted("R01") == {"national": 1, "local": 0, "day": 0}


def test_r01_does_not_know_what_came_in_after_as_of():
    case("LEV", file="2025-03-03")
    case("LEV", file="2025-05-05")

    assert counted("R01", as_of="2025-04-01")["national"] == 1


# --- R02 -------------------------------------------------------------------------------------------------


def test_r02_tells_how_national_cases_ended():
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20")
    case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="repeated")
    case(file="2025-03-03", take_up="2025-03-04", set_aside="2025-03-20", ground="wrong_data")
    case(file="2025-03-03", take_up="2025-03-04")
    case("HAR", file="2025-03-03", take_up="2025-03-04", grant="2025-03-20", where="Utrecht")

    assert counted("R02") == {"granted": 1, "set_aside": 1, "rejected": 1, "pending": 1}


def test_r02_stands_as_it_was_known():
    case(file="2025-03-03", take_up="2025-03-04", grant="2025-04-20")

    assert counted("R02", "2025-03-01", "2025-03-31", "2025-04-19")["pending"] == 1
    assert counted("R02", "2025-03-01", "2025-03-31", "2025-04-20")["granted"] == 1


def test_r02_stays_the_same_whatever_happens_later():
    application = case(file="2025-03-03", take_up="2025-03-04")
    before = counted("R02", as_of="2025-12-31")

    record(application, "grant", "2026-02-02", came_from=LEADS_TO["take_up"])

    assert counted("R02", as_of="2025-12-31") == before


def test_r02_looks_past_notes_that_came_after_the_end():
    application = case(file="2025-03-03", take_up="2025-03-04", grant="2025-03-20")
    record(application, "note", "2025-04-01", came_from=LEADS_TO["grant"])

    assert counted("R02")["granted"] == 1


def test_r02_splits_the_national_ones():
    for _number in range(3):
        case(file="2025-03-03")

    assert [(row.of, row.percent) for row in rows("R02")] == [(3, 0), (3, 0), (3, 0), (3, 100)]


# --- R03 -------------------------------------------------------------------------------------------------


def test_r03_gives_the_letters_reasons():
    case(file="2025-03-03", withdraw="2025-03-03T13:00")
    case(
        file="2025-03-03",
        take_up="2025-03-04",
        ask_completion="2025-03-05",
        set_aside="2025-05-05",
        ground="no_response",
    )
    case(file="2025-03-03", take_up="2025-03-04", convert="2025-03-05")
    case(file="2025-03-03", take_up="2025-03-04", set_aside="2025-03-20", ground="wrong_data")

    assert counted("R03") == {"withdrawn_before_taking_up": 1, "no_response": 1, "converted": 1, "wrong_data": 1}


def test_r03_has_no_percentages_where_nothing_was_set_aside():
    assert [(row.of, row.percent) for row in rows("R03")] == [(0, None)] * 4


# --- R04 -------------------------------------------------------------------------------------------------


def test_r04_gives_the_letters_reasons():
    case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="evidence_insufficient")
    case(file="2025-03-03", take_up="2025-03-04", withdraw="2025-03-05")
    case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="not_needed")

    assert counted("R04") == {"conditions_not_met": 1, "withdrawn_in_review": 1, "other": 1}


def test_r04_takes_the_ground_from_the_proposal_that_was_approved():
    case(
        file="2025-03-03",
        take_up="2025-03-04",
        propose_rejection="2025-03-10",
        approve_rejection="2025-03-12",
        ground="evidence_insufficient",
    )

    assert counted("R04")["conditions_not_met"] == 1


def test_r04_counts_a_withdrawal_of_whoever_was_asked_to_complete():
    case(file="2025-03-03", take_up="2025-03-04", ask_completion="2025-03-05", withdraw="2025-03-06")

    assert counted("R04")["withdrawn_in_review"] == 1


# --- Decided again ----------------------------------------------------------------------------------------


def test_a_rejection_that_was_replaced_counts_as_granted_from_that_day_on():
    case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="not_needed", revise="2025-06-10")

    assert counted("R02", as_of="2025-06-09")["rejected"] == 1
    assert counted("R02", as_of="2025-06-10") == {"granted": 1, "set_aside": 0, "rejected": 0, "pending": 0}
    assert sum(counted("R04", as_of="2025-06-10").values()) == 0


def test_what_was_set_aside_and_rejected_in_its_place_counts_as_rejected_from_that_day_on():
    days = {"file": "2025-03-03", "take_up": "2025-03-04", "set_aside": "2025-05-20", "reject_instead": "2025-07-10"}
    case(**days, ground="not_needed")

    assert counted("R02", as_of="2025-07-09")["set_aside"] == 1
    assert counted("R02", as_of="2025-07-10") == {"granted": 0, "set_aside": 0, "rejected": 1, "pending": 0}
    assert sum(counted("R04", as_of="2025-07-10").values()) == 1


def test_a_case_that_was_taken_up_again_is_pending():
    case(file="2025-03-03", take_up="2025-03-04", set_aside="2025-05-20", ground="no_response", reopen="2025-07-10")

    assert counted("R02", as_of="2025-07-09")["set_aside"] == 1
    assert counted("R02", as_of="2025-07-10")["pending"] == 1


# --- R05 -------------------------------------------------------------------------------------------------


def test_r05_counts_long_term_applications_in_iso_weeks():
    case(file="2024-12-29")  # a Sunday
    case(file="2024-12-30")  # the Monday of week 1 of 2025
    case("BEO", file="2025-01-05", where="Utrecht")
    day_exemption("2025-01-03")

    assert counted("R05", "2024-12-23", "2025-01-12") == {"2024-W52": 1, "2025-W01": 2, "2025-W02": 0}


def test_r05_begins_with_the_week_of_the_first_day():
    assert list(counted("R05", "2024-07-01", "2024-07-08")) == ["2024-W27", "2024-W28"]
    assert list(counted("R05", "2024-07-07", "2024-07-07")) == ["2024-W27"]


# --- R06, R07, R08 -----------------------------------------------------------------------------------------


def test_r06_counts_day_exemptions_by_month_and_class():
    day_exemption("2025-01-31T23:30", plate="VAA01A")
    day_exemption("2025-02-01T00:30", plate="VAA02A")
    day_exemption("2025-02-02", plate="TAA01A", vehicle="truck")

    assert counted("R06", "2025-01-01", "2025-02-28") == {
        "2025-01:van": 1,
        "2025-01:truck": 0,
        "2025-02:van": 1,
        "2025-02:truck": 1,
    }


def test_r06_begins_when_day_exemptions_began():
    assert list(counted("R06", "2024-07-01", "2024-12-31")) == [
        "2024-11:van",
        "2024-11:truck",
        "2024-12:van",
        "2024-12:truck",
    ]


def test_r07_counts_day_exemptions_by_class():
    day_exemption("2025-03-03", plate="VAA01A")
    day_exemption("2025-03-03", plate="TAA01A", vehicle="truck")
    day_exemption("2025-03-04", plate="TAA01A", vehicle="truck")

    assert counted("R07") == {"van": 1, "truck": 2}
    assert [row.percent for row in rows("R07")] == [33, 67]


def test_r08_counts_vehicles_by_how_often_they_came():
    for day in ("2025-03-03", "2025-03-04", "2025-03-05"):
        day_exemption(day, plate="VAA01A")
    day_exemption("2025-03-03", plate="VAA01A", where="Amsterdam")
    day_exemption("2025-03-03", plate="VAA02A")

    used = counted("R08")

    assert {times: vehicles for times, vehicles in used.items() if vehicles} == {"1": 2, "3": 1}
    assert list(used) == [str(times) for times in range(1, 13)]


def test_r08_leaves_out_what_was_cancelled_before_its_day():
    cancelled = day_exemption("2025-03-03")
    record(cancelled, "cancel_day", "2025-03-02", came_from=Status.GRANTED)
    cancelled.exemptions.update(revoked_at=moment("2025-03-02"))

    assert not any(counted("R08").values())
    assert counted("R07")["van"] == 1


def test_r08_begins_again_with_the_calendar_year():
    day_exemption("2025-12-31")
    day_exemption("2026-01-01")

    assert counted("R08", "2025-01-01", "2026-12-31")["1"] == 2


# --- R09 -------------------------------------------------------------------------------------------------


def test_r09_counts_local_kinds():
    case("BEO", file="2025-03-03", where="Utrecht")
    case("HAR", file="2025-03-03", where="Utrecht")
    case("HAR", file="2025-03-03", where="Amsterdam")

    assert counted("R09", "2025-01-01", "2025-12-31") == {"BEO": 1, "HAR": 2}


def test_r09_counts_a_kind_only_while_it_was_local():
    case("BEO", file="2025-12-31T23:59", where="Utrecht")
    case("BEO", file="2026-01-01T00:01")

    assert counted("R09", "2025-12-01", "2026-01-31")["BEO"] == 1
    local_now = counted("R09", "2026-01-01", "2026-01-31")
    assert "HAR" in local_now
    assert "BEO" not in local_now
    assert counted("R01", "2026-01-01", "2026-01-31")["national"] == 1


def test_granting_by_a_newer_version_of_the_kind_changes_no_figure_of_the_past(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User, time_machine: Any
):
    time_machine.move_to("2025-11-03T12:00+01:00", tick=False)
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, code="BEO")
    asked = ("2025-11-01", "2025-11-30", "2026-12-31")
    before = {name: counted(name, *asked) for name in ("R01", "R02", "R09")}

    time_machine.move_to("2026-02-02T12:00+01:00", tick=False)
    national, today = given.kind("BEO"), timezone.localdate()
    rejected.revise(
        by=objection_officer,
        cause=Cause.RENEWAL,
        kind=national,
        ground=given.ground("grant", rejected),
        starts_on=today,
        ends_on=today + timedelta(days=90),
        explanation=given.SHORTER,
    )

    assert (rejected.kind, rejected.filed_as) == (
        national,
        KindVersion.objects.get(kind="BEO", valid_from="2024-07-01"),
    )
    assert {name: counted(name, *asked) for name in before} == before
    assert (before["R01"]["local"], before["R09"]["BEO"]) == (1, 1)


# --- All -------------------------------------------------------------------------------------------------


def test_there_is_one_definition_for_each():
    assert list(FIGURES) == [f"R{number:02}" for number in range(1, len(FIGURES) + 1)]
    assert len(FIGURES) >= 24
    assert all(name == figure.id for name, figure in FIGURES.items())


@pytest.mark.parametrize("figure", FIGURES)
def test_the_number_of_queries_does_not_grow_with_the_cases(figure: str, django_assert_max_num_queries):
    for number in range(4):
        case(file="2025-03-03", take_up="2025-03-04", reject="2025-03-20", ground="not_needed")
        day_exemption("2025-03-03", plate=f"VAA0{number}A")

    with django_assert_max_num_queries(3):
        counted(figure)


def rows(figure: str) -> Sequence[Row]:
    return FIGURES[figure].compute(Period(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31)))
