"""R22 over cases made by hand."""

from typing import Any

import pytest

from casework.models import Deadline
from exemptions.models import Application, Status
from reporting.figures import FIGURES
from reporting.lead_times import find_measured_events
from reporting.period import Period, read_day
from tests.reporting.cases import case, counted, day_exemption, in_term, moment, record
from tests.reporting.disputes import objection

pytestmark = pytest.mark.django_db


def decided(*, after: int, due: str = "2025-04-28", kind: str = "LEV", suspended_days: int = 0) -> Application:
    """Received on 3 March 2025, and granted a number of days later."""
    at = f"2025-03-{3 + after:02}" if after < 29 else f"2025-04-{after - 28:02}"
    term = in_term("2025-03-03", due, suspended_days)
    return case(kind, file="2025-03-03", take_up="2025-03-03", grant=at, term=term)


def taken(row: Any, step: str, at: str, **detail: Any) -> None:
    """A step that leaves the status as it is."""
    row.dossier.record(row, step, from_status="in_review", to_status="in_review", by=None, detail=detail, at=moment(at))


def notice(row: Any, *, received: str, written_down: str = "") -> None:
    """A notice of default."""
    taken(row, "receive_default_notice", written_down or received, received_on=received)


def test_the_median_and_the_days_within_which_nine_in_ten_were_decided():
    for days in range(1, 12):
        decided(after=days)

    assert (counted("R22")["LEV:median"], counted("R22")["LEV:p90"]) == (6, 10)


def test_a_median_between_two_cases_is_rounded_to_whole_days():
    decided(after=10)
    decided(after=13)

    assert counted("R22")["LEV:median"] == 12


def test_the_last_day_of_the_term_is_in_time_and_the_day_after_is_not():
    decided(after=10, due="2025-03-13")
    decided(after=10, due="2025-03-12")
    decided(after=12, due="2025-04-28")

    assert row("LEV:in_time") == (2, 3, 67)


def test_a_case_taken_up_again_counts_from_that_day():
    application = decided(after=5)
    record(application, "reject", "2025-05-12", came_from=Status.IN_REVIEW, **in_term("2025-05-05", "2025-06-30"))

    assert counted("R22", "2025-05-01", "2025-05-31")["LEV:median"] == 7


def test_suspended_days_are_added_up():
    decided(after=10, suspended_days=9)
    decided(after=10, suspended_days=4)

    assert counted("R22")["LEV:suspended_days"] == 13


def test_each_kind_has_its_own_rows_and_a_day_exemption_none():
    decided(after=10)
    decided(after=20, kind="PAR")
    day_exemption("2025-03-03")

    found = counted("R22")

    assert (found["LEV:median"], found["PAR:median"]) == (10, 20)
    assert {key.partition(":")[0] for key in found} == {"LEV", "PAR"}


def test_objections_count_from_the_day_of_receipt():
    steps = {"register": "2025-03-05", "admit": "2025-03-06", "uphold": "2025-04-02"}
    objection(received="2025-03-03", term=in_term("2025-03-03", "2025-04-30", suspended_days=6), **steps)

    found = counted("R22")

    assert (found["objection:median"], found["objection:suspended_days"]) == (30, 6)
    assert row("objection:in_time") == (1, 1, 100)


def test_decisions_count_on_their_own_day():
    decided(after=10)

    assert counted("R22", "2025-03-13", "2025-03-13")["LEV:in_time"] == 1
    assert counted("R22", "2025-03-14", "2025-03-31") == {}
    assert counted("R22", "2025-03-01", "2025-03-31", "2025-03-12") == {}


WAITS = {"made_known_on": None, "decision_term": None}
"""What the event of a decision tells while its letter is still to be posted."""


def posted(row: Any, *, on: str, noted: str = "", due: str = "2025-04-28") -> None:
    """The letter of a decision, and later that of something else, which ends no term."""
    taken(row, "post_letters", noted or on, posted_on=on, **in_term("2025-03-03", due))
    taken(row, "post_letters", noted or on, posted_on=on, decision_term=None)


def test_3_41_a_decision_by_post_is_in_time_if_it_was_posted_in_time():
    for day in ("2025-04-28", "2025-04-29"):
        posted(case("LEV", file="2025-03-03", grant="2025-04-28", term=WAITS), on=day)

    assert row("LEV:in_time") == (1, 2, 50)


def test_3_41_it_counts_on_the_day_of_posting_once_that_was_noted():
    application = case("LEV", file="2025-03-03", grant="2025-03-31", term=WAITS)
    posted(application, on="2025-04-01", noted="2025-04-03")

    assert counted("R22", "2025-03-01", "2025-03-31") == {}
    assert counted("R22", "2025-04-01", "2025-04-01", "2025-04-02") == {}
    assert counted("R22", "2025-04-01", "2025-04-01", "2025-04-03")["LEV:median"] == 29


def test_3_41_an_objection_that_was_decided_by_post_counts_on_the_day_of_posting():
    steps = {"register": "2025-03-05", "admit": "2025-03-06", "declare_unfounded": "2025-04-30"}
    posted(objection(received="2025-03-03", term=WAITS, **steps), on="2025-05-02", due="2025-04-30")

    assert (counted("R22")["objection:median"], row("objection:in_time")) == (60, (0, 1, 0))


def test_a_decision_that_replaces_another_is_left_out():
    application = decided(after=10)
    record(application, "revise", "2025-06-10", came_from=Status.GRANTED, cause="renewal")

    assert counted("R22", "2025-06-01", "2025-06-30") == {}


# --- Late and open ---------------------------------------------------------------------------------------


def term_until(row: Any, due: str, *, opened: str = "2025-03-03", closed: str = "") -> None:
    """The term to decide of a case."""
    kind = Deadline.Kind.DECIDE if isinstance(row, Application) else Deadline.Kind.DECIDE_OBJECTION
    made = row.dossier.deadlines.create(
        case_type=row.CASE_TYPE, case_id=row.pk, kind=kind, due=read_day(due), opened_at=moment(opened)
    )
    if closed:
        Deadline.objects.filter(pk=made.pk).update(closed_at=moment(closed))


def test_4_13_a_case_that_is_late_and_open_counts_among_those_within_which_was_to_be_decided():
    decided(after=10)
    term_until(case(file="2025-03-03"), "2025-04-28")

    assert counted("R22")["LEV:overdue"] == 1
    assert row("LEV:in_time") == (1, 2, 50)


def test_4_13_a_case_is_late_from_the_end_of_its_last_day():
    term_until(case(file="2025-03-03"), "2025-04-28")

    assert counted("R22", last="2025-04-27") == {}
    assert counted("R22", last="2025-04-28")["LEV:overdue"] == 1
    assert counted("R22", last="2025-04-30", as_of="2025-04-27") == {}


def test_what_was_decided_late_is_no_longer_open():
    term_until(case(file="2025-03-03"), "2025-04-28", closed="2025-05-02")

    assert counted("R22", last="2025-05-01")["LEV:overdue"] == 1
    assert counted("R22", last="2025-05-02") == {}


def test_3_41_a_letter_that_was_posted_before_it_was_noted_leaves_nothing_open():
    application = case("LEV", file="2025-03-03", grant="2025-04-25", term=WAITS)
    term_until(application, "2025-04-25", closed="2025-05-02")
    posted(application, on="2025-04-28", noted="2025-05-02", due="2025-04-25")

    assert counted("R22", last="2025-04-27", as_of="2025-05-31")["LEV:overdue"] == 1
    assert counted("R22", last="2025-04-28", as_of="2025-05-31")["LEV:overdue"] == 0


def test_an_objection_that_is_late_and_open_counts_too():
    term_until(objection(received="2025-03-03", register="2025-03-05"), "2025-05-28")

    assert counted("R22")["objection:overdue"] == 1


def test_what_is_late_and_open_leads_to_its_case():
    late = case(file="2025-03-03")
    term_until(late, "2025-04-28")
    period = Period(read_day("2025-01-01"), read_day("2025-12-31"), read_day("2025-12-31"))

    (found,) = find_measured_events(period, "LEV", "overdue")

    assert (found.case_id, found.step) == (late.pk, "file")


def test_notices_of_default_count_on_the_day_of_receipt_once_they_were_written_down():
    notice(case(file="2025-03-03"), received="2025-04-30", written_down="2025-05-02")

    assert counted("R22", "2025-04-01", "2025-04-30", "2025-05-02")["LEV:notices"] == 1
    assert counted("R22", "2025-04-01", "2025-04-30", "2025-05-01") == {}
    assert counted("R22", "2025-05-01", "2025-05-31") == {}


def test_penalties_are_euros_on_the_day_on_which_they_were_set():
    taken(case(file="2025-03-03"), "set_penalty", "2025-06-10", amount_eur=276)
    taken(case(file="2025-03-03"), "set_penalty", "2025-06-10", amount_eur=46)
    taken(objection(file="2025-03-03"), "set_penalty", "2025-06-10", amount_eur=23)

    june = counted("R22", "2025-06-01", "2025-06-30")

    assert (june["LEV:penalty_eur"], june["objection:penalty_eur"]) == (322, 23)
    assert "LEV:median" not in june
    assert counted("R22", "2025-06-01", "2025-06-30", "2025-06-09") == {}


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    for days in range(1, 5):
        notice(decided(after=days), received="2025-05-01")

    with django_assert_max_num_queries(2):
        counted("R22")


def row(key: str) -> tuple[int | None, int | None, int | None]:
    """Count, whole and percentage of a row."""
    period = Period(read_day("2025-01-01"), read_day("2025-12-31"), read_day("2025-12-31"))
    (found,) = [row for row in FIGURES["R22"].compute(period) if row.key == key]
    return found.count, found.of, found.percent
