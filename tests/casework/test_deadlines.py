"""The worked examples: each row is one case, with the days of a real calendar."""

import pytest

from casework.deadlines import (
    Suspension,
    appeal_due,
    court_papers_due,
    decision_due,
    explain_decision_due,
    file_open_from,
    judgment_remedy_due,
    notice_has_effect,
    objection_decision_aim,
    objection_decision_due,
    objection_due,
    objection_in_time,
    order_due,
    papers_until,
    penalty_amount,
    penalty_decision_due,
    penalty_first_day,
    penalty_first_day_strict,
    penalty_last_day,
    postal_limit,
    set_aside_due,
    silence_appeal_from,
    silence_judgment_due,
    suspended_days,
)
from casework.penalty_rates import UnknownPenaltyRateError
from tests.casework.days import on


def wait(invited, ended):
    return Suspension(invited=on(invited), ended=on(ended))


@pytest.mark.parametrize(
    ("case", "received", "suspensions", "due"),
    [
        ("eight weeks after a Monday is a Monday", "Mon 2025-09-01", [], "Mon 2025-10-27"),
        ("Liberation Day is no last day, in any year", "Mon 2025-03-10", [], "Tue 2025-05-06"),
        (
            "nine days of waiting for the applicant are added",
            "Mon 2025-09-01",
            [wait("Mon 2025-09-08", "Thu 2025-09-18")],
            "Wed 2025-11-05",
        ),
        (
            "an answer on the day after the invitation adds nothing",
            "Mon 2025-09-01",
            [wait("Mon 2025-09-08", "Tue 2025-09-09")],
            "Mon 2025-10-27",
        ),
        (
            "an answer on the day of the invitation adds nothing",
            "Mon 2025-09-01",
            [wait("Mon 2025-09-08", "Mon 2025-09-08")],
            "Mon 2025-10-27",
        ),
        (
            "two invitations after each other add up",
            "Mon 2025-09-01",
            [wait("Mon 2025-09-08", "Thu 2025-09-18"), wait("Mon 2025-09-22", "Fri 2025-09-26")],
            "Mon 2025-11-10",  # 9 + 3 days make Saturday 8 November
        ),
        (
            "a day is counted once, however many reasons to wait it has",
            "Mon 2025-09-01",
            [wait("Mon 2025-09-08", "Thu 2025-09-18"), wait("Wed 2025-09-10", "Thu 2025-09-18")],
            "Wed 2025-11-05",
        ),
        (
            "asked on Good Friday, the last day of the weeks: it does not end before the answer",
            "Fri 2026-02-06",
            [wait("Fri 2026-04-03", "Thu 2026-04-16")],
            "Thu 2026-04-16",
        ),
        (
            "asked on the Saturday at the end",
            "Sat 2025-11-01",
            [wait("Sat 2025-12-27", "Wed 2026-01-14")],
            "Wed 2026-01-14",
        ),
        (
            "the sum moves off the weekend once, at the end",
            "Mon 2025-03-10",  # raw Liberation Day; 5 days more is Saturday 10 May
            [wait("Mon 2025-03-17", "Sun 2025-03-23")],
            "Mon 2025-05-12",
        ),
    ],
)
def test_decide_on_the_application_by(case, received, suspensions, due):
    assert decision_due(on(received), suspensions=suspensions) == on(due)


def test_a_kind_may_promise_fewer_weeks():
    assert decision_due(on("Mon 2025-09-01"), weeks=4) == on("Mon 2025-09-29")


def test_a_notice_of_extension_puts_its_own_end_date_in_place_of_the_weeks():
    assert decision_due(on("Mon 2025-09-01"), extended_to=on("Fri 2025-11-14")) == on("Fri 2025-11-14")


def test_waiting_after_the_notice_of_extension_is_added_to_its_end_date():
    before, after = wait("Mon 2025-09-08", "Thu 2025-09-18"), wait("Mon 2025-10-27", "Thu 2025-10-30")

    due = decision_due(
        on("Mon 2025-09-01"),
        suspensions=[before, after],
        extended_to=on("Fri 2025-11-14"),
        extended_on=on("Mon 2025-10-20"),
    )

    assert due == on("Mon 2025-11-17")  # two days more make a Sunday; the days before were known to the notice


def test_a_notice_of_extension_cannot_name_a_day_off():
    with pytest.raises(ValueError, match="2025-11-15"):
        decision_due(on("Mon 2025-09-01"), extended_to=on("Sat 2025-11-15"))


def test_the_sum_can_be_shown_term_by_term():
    told = explain_decision_due(
        on("Mon 2025-03-10"),
        suspensions=[wait("Mon 2025-03-17", "Sun 2025-03-23"), wait("Mon 2025-04-07", "Mon 2025-04-07")],
    )

    assert (told.received, told.weeks, told.suspended_days) == (on("Mon 2025-03-10"), 8, 5)
    assert told.suspensions == (wait("Mon 2025-03-17", "Sun 2025-03-23"),)  # the one that added days
    assert told.raw == on("Sat 2025-05-10")
    assert [day for day, _why in told.skipped] == [on("Sat 2025-05-10"), on("Sun 2025-05-11")]
    assert told.due == on("Mon 2025-05-12")


@pytest.mark.parametrize(
    ("case", "counts_last_day", "days"),
    [
        ("the last day of an unused term counts as running again", False, 13),
        ("unless the other reading is chosen", True, 14),
    ],
)
def test_an_unused_term_to_complete_stands_still(case, counts_last_day, days):
    lapsed = Suspension.lapsed(
        on("Mon 2025-09-08"), last_day=on("Mon 2025-09-22"), unused_lapse_counts_last_day=counts_last_day
    )

    assert lapsed.days == days


def test_the_days_between_invitation_and_answer_stand_still():
    assert [*wait("Mon 2025-09-08", "Thu 2025-09-11").dates()] == [on("Tue 2025-09-09"), on("Wed 2025-09-10")]


def test_only_the_days_after_a_given_one_are_counted_when_asked():
    assert suspended_days([wait("Mon 2025-09-08", "Thu 2025-09-18")], after=on("Mon 2025-09-15")) == 2


@pytest.mark.parametrize(
    ("case", "term_ended", "due"),
    [
        ("four weeks after the term to complete lapsed unused", "Mon 2025-09-22", "Mon 2025-10-20"),
        ("not on Easter Monday", "Mon 2025-03-24", "Tue 2025-04-22"),
    ],
)
def test_announce_that_the_application_is_set_aside_by(case, term_ended, due):
    assert set_aside_due(on(term_ended)) == on(due)


@pytest.mark.parametrize(
    ("case", "announced", "due"),
    [
        ("six weeks after a Tuesday is a Tuesday", "Tue 2025-09-02", "Tue 2025-10-14"),
        ("not on Easter Monday", "Mon 2025-03-10", "Tue 2025-04-22"),
        ("not on Ascension Day, nor on the equated Friday after it", "Thu 2025-04-17", "Mon 2025-06-02"),
        ("not on Christmas", "Thu 2025-11-13", "Mon 2025-12-29"),
    ],
)
def test_object_by(case, announced, due):
    assert objection_due(on(announced)) == on(due)


@pytest.mark.parametrize(
    ("case", "posted", "received", "in_time"),
    [
        ("received on the last day", None, "Tue 2025-10-14", True),
        ("an e-mail a day later", None, "Wed 2025-10-15", False),
        ("posted on the last day, there within a week", "Tue 2025-10-14", "Tue 2025-10-21", True),
        ("posted on the last day, there after more than a week", "Tue 2025-10-14", "Wed 2025-10-22", False),
        ("posted a day too late, there the next", "Wed 2025-10-15", "Thu 2025-10-16", False),
    ],
)
def test_an_objection_against_the_decision_of_2_september_is_in_time(case, posted, received, in_time):
    due = objection_due(on("Tue 2025-09-02"))

    assert objection_in_time(due, received=on(received), posted=on(posted) if posted else None) is in_time


def test_the_week_of_the_post_moves_off_a_holiday():
    assert postal_limit(on("Mon 2025-04-28")) == on("Tue 2025-05-06")


@pytest.mark.parametrize(
    ("case", "options", "due"),
    [
        ("six weeks after the term to object", {}, "Tue 2025-11-25"),
        ("twelve with a committee", {"committee": True}, "Tue 2026-01-06"),
        ("six more when adjourned", {"adjourned": True}, "Tue 2026-01-06"),
        ("twelve and six", {"committee": True, "adjourned": True}, "Tue 2026-02-17"),
        (
            "thirteen days of waiting for a repair",
            {"suspensions": [wait("Mon 2025-10-20", "Mon 2025-11-03")]},
            "Mon 2025-12-08",
        ),
        (
            "waiting counts from the end of the term to object only",
            {"suspensions": [wait("Mon 2025-10-06", "Fri 2025-10-17")]},
            "Thu 2025-11-27",
        ),
    ],
)
def test_decide_on_the_objection_by(case, options, due):
    assert objection_decision_due(on("Tue 2025-10-14"), **options) == on(due)


def test_the_day_to_aim_at_is_not_moved_off_a_holiday():
    term_to_object = on("Thu 2025-11-20")

    assert objection_decision_aim(term_to_object) == on("Thu 2026-01-01")
    assert objection_decision_due(term_to_object) == on("Mon 2026-01-05")


def test_the_terms_before_a_hearing_count_back_and_do_not_move():
    assert papers_until(on("Tue 2025-09-16")) == on("Fri 2025-09-05")
    assert file_open_from(on("Mon 2025-04-28")) == on("Mon 2025-04-21")  # Easter Monday


@pytest.mark.parametrize(
    ("case", "announced", "due"),
    [
        ("six weeks", "Tue 2025-11-25", "Tue 2026-01-06"),
        ("not on New Year's Day, nor on the equated Friday after it", "Thu 2025-11-20", "Mon 2026-01-05"),
    ],
)
def test_appeal_by(case, announced, due):
    assert appeal_due(on(announced)) == on(due)


@pytest.mark.parametrize(("sent", "due"), [("Tue 2025-11-18", "Tue 2025-12-16"), ("Thu 2025-12-04", "Mon 2026-01-05")])
def test_8_42_papers_go_to_the_court_within_four_weeks_after_it_sent_the_grounds(sent, due):
    assert court_papers_due(on(sent)) == on(due)


def test_a_late_decision_costs_a_penalty_from_two_weeks_after_the_notice_of_default():
    due, notice = on("Mon 2025-10-27"), on("Mon 2025-11-03")

    first = penalty_first_day(due, notice_received=notice)
    last = penalty_last_day(first)

    assert first == on("Tue 2025-11-18")
    assert last == on("Mon 2025-12-29")
    assert penalty_amount((last - first).days + 1, on=last) == 1442
    assert penalty_decision_due(last) == on("Mon 2026-01-12")


def test_the_strictest_reading_is_a_day_earlier():
    assert penalty_first_day_strict(on("Mon 2025-10-27"), notice_received=on("Mon 2025-11-03")) == on("Mon 2025-11-17")


def test_two_weeks_that_end_in_a_weekend_move_the_first_penalty_day():
    assert penalty_first_day(on("Mon 2025-10-27"), notice_received=on("Sat 2025-11-01")) == on("Tue 2025-11-18")


@pytest.mark.parametrize(
    ("case", "received", "has_effect"),
    [
        ("before the deadline it is premature", "Fri 2025-10-24", False),
        ("on the last day too", "Mon 2025-10-27", False),
        ("the day after it counts", "Tue 2025-10-28", True),
    ],
)
def test_a_notice_of_default_has_effect(case, received, has_effect):
    assert notice_has_effect(on("Mon 2025-10-27"), notice_received=on(received)) is has_effect


@pytest.mark.parametrize(
    ("days", "euros"),
    [(0, 0), (1, 23), (14, 322), (15, 357), (20, 532), (28, 812), (29, 857), (42, 1442), (60, 1442)],
)
def test_days_too_late_cost(days, euros):
    assert penalty_amount(days, on=on("Thu 2026-01-01")) == euros


def test_amounts_that_nobody_looked_up_are_not_guessed():
    with pytest.raises(UnknownPenaltyRateError, match="2018-12-31"):
        penalty_amount(1, on=on("Mon 2018-12-31"))


# --- Silence, and after a judgment ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "due", "notice", "first"),
    [
        ("two weeks after the notice have passed the day after", "Mon 2025-10-27", "Mon 2025-11-03", "Tue 2025-11-18"),
        ("no weekend moves them", "Mon 2025-10-27", "Sat 2025-11-01", "Sun 2025-11-16"),
    ],
)
def test_6_12_one_can_appeal_against_silence_from_a_day(case, due, notice, first):
    assert silence_appeal_from(on(due), notice_received=on(notice)) == on(first), case


def test_6_12_a_notice_on_the_last_day_to_decide_counts_for_nothing():
    assert silence_appeal_from(on("Mon 2025-10-27"), notice_received=on("Mon 2025-10-27")) is None


def test_8_55b_the_court_judges_silence_within_eight_weeks():
    assert silence_judgment_due(on("Thu 2025-10-30")) == on("Mon 2025-12-29")


def test_8_55d_two_weeks_after_the_judgment_was_sent_whatever_day_that_is():
    assert order_due(on("Sat 2025-12-06")) == on("Sat 2025-12-20")


def test_6_24_our_six_weeks_end_on_no_holiday():
    assert judgment_remedy_due(on("Thu 2025-11-20")) == on("Mon 2026-01-05")
