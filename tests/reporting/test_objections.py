"""R10 to R13 over cases made by hand: each class, its boundary, and the day on which it counts."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.utils.translation import override

from reporting.figures import FIGURES, Row
from reporting.period import Period
from tests.reporting.cases import counted
from tests.reporting.disputes import appeal, decided_again, objection, run

pytestmark = pytest.mark.django_db


def rows(figure: str) -> Sequence[Row]:
    return FIGURES[figure].compute(Period(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31)))


# --- R10 ---------------------------------------------------------------------------------------------------------


def test_r10_counts_objections_by_the_kind_of_the_application():
    objection("PAR", file="2025-03-03")
    objection("PAR", file="2025-03-04")
    objection("NEV", file="2025-03-05")

    assert counted("R10") == {"NEV": 1, "PAR": 2}
    assert [(row.of, row.percent) for row in rows("R10")] == [(3, 33), (3, 67)]


def test_r10_counts_on_the_day_of_receipt_and_not_on_that_of_writing_down():
    objection("HAN", register="2025-04-02", received="2025-03-31")

    assert counted("R10", "2025-03-01", "2025-03-31", "2025-04-02") == {"HAN": 1}
    assert counted("R10", "2025-04-01", "2025-04-30") == {}


def test_r10_knows_no_objection_that_was_written_down_after_as_of():
    objection("HAN", register="2025-04-02", received="2025-03-31")

    assert counted("R10", "2025-03-01", "2025-03-31", "2025-04-01") == {}


def test_r10_counts_the_first_and_the_last_day():
    objection(file="2025-03-01T00:00")
    objection(file="2025-03-31T23:59")
    objection(file="2025-04-01T00:00")

    assert counted("R10", "2025-03-01", "2025-03-31", "2025-12-31") == {"PAR": 2}


def test_r10_without_objections_has_no_rows():
    assert counted("R10") == {}


# --- R11 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "class_of_it"),
    [
        ({}, "open_or_decided"),
        ({"admit": "2025-03-10"}, "open_or_decided"),
        ({"admit": "2025-03-10", "declare_unfounded": "2025-04-01"}, "open_or_decided"),
        ({"declare_inadmissible": "2025-04-01"}, "open_or_decided"),
        ({"agree_direct_appeal": "2025-04-01"}, "open_or_decided"),
        ({"admit": "2025-03-10", "uphold": "2025-04-01"}, "upheld"),
        ({"admit": "2025-03-10", "uphold_in_part": "2025-04-01"}, "upheld"),
        ({"withdraw": "2025-04-01"}, "withdrawn"),
        ({"admit": "2025-03-10", "uphold": "2025-04-01", "decide_again": "2025-05-01"}, "open_or_decided"),
    ],
)
def test_r11_puts_each_objection_in_one_class(steps: dict[str, str], class_of_it: str):
    objection(file="2025-03-03", **steps)

    assert {name: count for name, count in counted("R11").items() if count} == {class_of_it: 1}


@pytest.mark.parametrize("end", ["uphold", "declare_unfounded", "declare_inadmissible", "withdraw"])
def test_r11_counts_whatever_went_to_the_court_as_that_alone(end: str):
    appeal(objection(file="2025-03-03", **{end: "2025-04-01"}), lodge="2025-05-01", withdraw="2025-06-01")

    assert counted("R11") == {"upheld": 0, "open_or_decided": 0, "withdrawn": 0, "appealed": 1}


@pytest.mark.parametrize(
    ("as_of", "class_of_it"),
    [
        ("2025-03-31", "open_or_decided"),
        ("2025-04-01", "upheld"),
        ("2025-04-30", "upheld"),
        ("2025-05-01", "appealed"),
    ],
)
def test_r11_tells_how_it_stood_at_the_end_of_as_of(as_of: str, class_of_it: str):
    appeal(objection(file="2025-03-03", uphold="2025-04-01T23:59"), lodge="2025-05-01")

    assert counted("R11", "2025-03-01", "2025-03-31", as_of)[class_of_it] == 1


def test_r11_counts_the_objections_of_r10_and_no_others():
    objection(file="2025-02-28", withdraw="2025-03-05")
    objection(register="2025-04-02", received="2025-03-31")

    assert sum(counted("R11", "2025-03-01", "2025-03-31", "2025-04-02").values()) == 1
    assert sum(counted("R11", "2025-03-01", "2025-03-31", "2025-04-01").values()) == 0


def test_r11_splits_the_whole_of_r10():
    for steps in ({}, {"uphold": "2025-04-01"}, {"withdraw": "2025-04-01"}):
        objection(file="2025-03-03", **steps)

    assert [row.percent for row in rows("R11")] == [34, 33, 33, 0]
    assert {row.of for row in rows("R11")} == {3}


# --- R12 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        ({}, "pending"),
        ({"send_papers": "2025-05-10"}, "pending"),
        ({"find_inadmissible": "2025-06-01"}, "inadmissible"),
        ({"withdraw": "2025-06-01"}, "withdrawn"),
        ({"find_unfounded": "2025-06-01"}, "unfounded"),
        ({"win_with_grant": "2025-06-01"}, "upheld"),
        ({"settle": "2025-06-01"}, "settled"),
    ],
)
def test_r12_counts_an_appeal_by_its_result(steps: dict[str, str], result: str):
    appeal(objection(file="2025-03-03"), lodge="2025-05-01", **steps)

    assert {name: count for name, count in counted("R12").items() if count} == {result: 1}


def test_r12_counts_on_the_day_of_filing_at_the_court():
    appeal(objection(file="2025-03-03"), filed="2025-04-30", lodge="2025-05-02", withdraw="2025-06-01")

    assert counted("R12", "2025-04-01", "2025-04-30", "2025-05-02")["pending"] == 1
    assert counted("R12", "2025-04-01", "2025-04-30", "2025-06-01")["withdrawn"] == 1
    assert sum(counted("R12", "2025-04-01", "2025-04-30", "2025-05-01").values()) == 0
    assert sum(counted("R12", "2025-05-01", "2025-12-31").values()) == 0


def test_r12_keeps_a_higher_appeal_apart():
    about = objection(file="2025-03-03")
    appeal(about, lodge="2025-05-01", find_unfounded="2025-06-01")
    appeal(about, instance="higher", lodge="2025-07-01", withdraw="2025-08-01")

    found = counted("R12")

    assert (found["unfounded"], found["withdrawn"], found["higher:withdrawn"]) == (1, 0, 1)
    assert "higher:pending" not in found
    assert sum(row.percent or 0 for row in rows("R12")) == 100


# --- R13 ---------------------------------------------------------------------------------------------------------


def test_r13_counts_decisions_taken_again_by_what_had_changed():
    first, second = run("2025-02-01"), run("2025-07-17")
    decided_again("2025-02-10", within=first)
    decided_again("2025-07-20", within=second)
    decided_again("2025-07-21", within=second)

    assert counted("R13") == {"thresholds:2025-02-01": 1, "thresholds:2025-07-17": 2}
    with override("en"):
        assert "17 July 2025" in str(rows("R13")[1].label)


@pytest.mark.parametrize("cause", ["objection", "judgment"])
def test_r13_leaves_out_what_follows_an_objection_or_a_judgment(cause: str):
    decided_again("2025-07-20", cause=cause)

    assert counted("R13") == {}


def test_r13_has_a_row_for_what_was_decided_again_by_hand():
    decided_again("2025-07-20")

    assert counted("R13") == {"by_hand": 1}


def test_r13_counts_on_the_day_of_the_new_decision():
    decided_again("2025-07-20", within=run("2025-07-17"))

    assert counted("R13", "2025-07-01", "2025-07-31", "2025-07-19") == {}
    assert counted("R13", "2025-08-01", "2025-08-31") == {}


# --- All -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", ["R10", "R11", "R12", "R13"])
def test_the_number_of_queries_does_not_grow_with_the_objections(figure: str, django_assert_max_num_queries):
    renewal = run("2025-02-01")
    for number in range(3):
        about = objection(file="2025-03-03", declare_unfounded="2025-04-01")
        appeal(about, lodge=f"2025-05-0{number + 1}")
        decided_again("2025-06-01", within=renewal)

    with django_assert_max_num_queries(2):
        counted(figure)


@pytest.mark.parametrize("figure", ["R10", "R11", "R12", "R13"])
def test_the_same_days_give_the_same_figures_whatever_happens_later(figure: str):
    about = objection(file="2025-03-03", declare_unfounded="2025-04-01")
    appeal(about, lodge="2025-05-01")
    decided_again("2025-06-01")
    then = counted(figure, "2025-03-01", "2025-06-30", "2025-06-30")

    objection(file="2025-03-04T12:00", received="2025-07-01", withdraw="2025-07-02")
    about.dossier.record(about, "decide_again", from_status="unfounded", to_status="handling", by=None, detail={})

    assert counted(figure, "2025-03-01", "2025-06-30", "2025-06-30") == then
