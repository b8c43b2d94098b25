"""Being late: the notice of default and the penalty, on applications and objections alike (Awb 4:17, 4:18, 7:14)."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import DefaultNotice, Event
from casework.penalty_rates import UnknownPenaltyRateError
from exemptions.models import Ground
from exemptions.terms import AMSTERDAM
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms


@pytest.fixture
def go_to(time_machine):
    """Make it ten in the morning of a day."""
    return lambda day: time_machine.move_to(datetime.combine(on(day), time(10), AMSTERDAM), tick=False)


@pytest.fixture
def late(applicant, caseworker, go_to):
    """Received on 1 September 2025, so to be decided until Monday 27 October; it is a week later."""
    go_to("Mon 2025-09-01")
    application = given.taken_up(by=applicant, desk=caseworker)
    go_to("Mon 2025-11-03")
    return application


@pytest.fixture
def in_default(late, applicant):
    """The notice came in on 3 November: the first day that costs money is the eighteenth."""
    notify(late, by=applicant)
    return late


def notify(case, *, by, received_on=None):
    case.receive_default_notice(by=by, received_on=received_on or timezone.localdate())


def grant(application, *, by):
    first = timezone.localdate()
    reason = given.ground(Ground.Outcome.GRANT, application)
    why = {"doubts_reason": given.EXPLAINED, "explanation": "Zo lang hebt u haar nodig."}
    application.grant(by=by, ground=reason, starts_on=first, ends_on=first + timedelta(days=30), **why)


def the_notice():
    return DefaultNotice.objects.latest("pk")


# --- The notice -------------------------------------------------------------------------------------------


def test_4_17_two_weeks_after_the_notice_each_day_costs_money(in_default):
    notice = the_notice()

    assert (notice.first_day, notice.last_day) == (on("Tue 2025-11-18"), on("Mon 2025-12-29"))
    assert terms(in_default)["set_penalty"] == on("Mon 2026-01-12")
    assert letters(in_default)[-1] == "default_notice_received"


@pytest.mark.parametrize(
    ("day", "euros"),
    [("Mon 2025-11-17", 0), ("Tue 2025-11-18", 23), ("Tue 2025-12-02", 357), ("Mon 2025-12-29", 1442)],
)
def test_the_penalty_runs_up(in_default, day, euros):
    assert the_notice().amount(today=on(day)) == euros


def test_4_17_a_notice_before_the_term_has_lapsed_is_without_effect(late, applicant):
    notify(late, by=applicant, received_on=on("Mon 2025-10-27"))

    assert not the_notice().has_effect
    assert "set_penalty" not in terms(late)
    assert letters(late)[-1] == "default_notice_too_early"


def test_after_one_that_was_too_early_a_real_one_still_counts(late, applicant):
    notify(late, by=applicant, received_on=on("Mon 2025-10-27"))
    notify(late, by=applicant)

    assert the_notice().has_effect


def test_a_second_one_changes_nothing(in_default, applicant):
    with refused(in_default):
        notify(in_default, by=applicant)


def test_it_cannot_come_in_tomorrow(late, caseworker):
    with refused(late):
        notify(late, by=caseworker, received_on=on("Tue 2025-11-04"))


def test_a_stranger_sends_none(late, stranger):
    with refused(late, PermissionDenied):
        notify(late, by=stranger)


# --- Decided --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["Mon 2025-11-10", "Tue 2025-11-18"])
def test_who_decides_before_a_day_has_cost_money_pays_nothing(in_default, caseworker, go_to, day):
    go_to(day)

    grant(in_default, by=caseworker)

    assert (the_notice().amount_eur, the_notice().set_on) == (0, on(day))
    assert "set_penalty" not in terms(in_default)
    with refused(in_default, TransitionNotAllowed):
        in_default.set_penalty(by=caseworker)


def test_4_18_a_decision_stops_the_penalty_and_the_amount_is_set_within_two_weeks(in_default, caseworker, go_to):
    go_to("Thu 2025-11-20")
    grant(in_default, by=caseworker)
    assert terms(in_default)["set_penalty"] == on("Wed 2025-12-03")  # from the nineteenth, the last that costs (4:18)

    go_to("Mon 2025-12-01")
    in_default.set_penalty(by=caseworker)

    assert the_notice().amount_eur == 2 * 23  # the eighteenth and the nineteenth
    assert Event.objects.get(step="set_penalty").detail == {"amount_eur": 46, "made_known_on": "2025-12-01"}
    assert letters(in_default)[-1] == "penalty_set"
    assert "set_penalty" not in terms(in_default)


def test_4_17_the_day_on_which_the_notice_came_in_decides_on_the_rates():
    notice = DefaultNotice(received_on=on("Fri 2018-12-21"), first_day=on("Sat 2019-01-05"))

    with pytest.raises(UnknownPenaltyRateError, match="2018-12-21"):
        notice.amount(today=on("Mon 2019-01-07"))


def test_4_17_a_conversion_is_no_decision_and_each_day_goes_on_costing_money(in_default, caseworker, go_to):
    go_to("Thu 2025-11-20")
    in_default.convert(by=caseworker, kind=given.kind("NEV"), reason="Deze soort past beter.")
    successor = in_default.converted_to
    assert set(terms(in_default)) & {"set_penalty", "decide"} == set()

    go_to("Mon 2025-11-24")
    successor.take_up(by=caseworker)
    grant(successor, by=caseworker)

    notice = successor.dossier.default_notices.get()
    assert (notice.days(today=on("Mon 2025-11-24")), notice.case_id) == (6, successor.pk)
    assert terms(successor)["set_penalty"] == on("Mon 2025-12-08")


def test_while_it_runs_it_is_not_set(in_default, caseworker, go_to):
    go_to("Mon 2025-12-29")

    with refused(in_default):
        in_default.set_penalty(by=caseworker)


def test_after_42_days_it_is_set_also_without_a_decision(in_default, caseworker, go_to):
    go_to("Tue 2025-12-30")

    in_default.set_penalty(by=caseworker)

    assert the_notice().amount_eur == 1442


def test_a_decision_long_after_costs_no_more(in_default, caseworker, go_to):
    go_to("Fri 2026-01-30")
    grant(in_default, by=caseworker)

    in_default.set_penalty(by=caseworker)

    assert the_notice().amount_eur == 1442


def test_who_was_paid_everything_is_not_paid_a_second_time(in_default, applicant, caseworker, go_to):
    go_to("Tue 2025-12-30")
    in_default.set_penalty(by=caseworker)

    with refused(in_default):
        notify(in_default, by=applicant)
    grant(in_default, by=caseworker)

    assert the_notice().decided_on == on("Tue 2025-12-30")
    assert not DefaultNotice.objects.running().exists()


@pytest.mark.parametrize("ground", DefaultNotice.Without.values)
def test_4_17_on_a_ground_of_the_law_there_is_no_penalty(in_default, caseworker, go_to, ground):
    go_to("Mon 2025-12-15")
    grant(in_default, by=caseworker)

    in_default.set_penalty(by=caseworker, without=ground)

    assert (the_notice().amount_eur, the_notice().without) == (0, ground)


def test_no_other_ground_will_do(in_default, caseworker, go_to):
    go_to("Mon 2025-12-15")
    grant(in_default, by=caseworker)

    with refused(in_default):
        in_default.set_penalty(by=caseworker, without="too_expensive")


def test_it_is_set_once(in_default, caseworker, go_to):
    go_to("Mon 2025-12-15")
    grant(in_default, by=caseworker)
    in_default.set_penalty(by=caseworker)

    with refused(in_default, TransitionNotAllowed):
        in_default.set_penalty(by=caseworker)


def test_taking_it_back_stops_the_penalty_too(in_default, applicant, go_to):
    go_to("Thu 2025-11-20")

    in_default.withdraw(by=applicant)

    assert the_notice().decided_on == on("Thu 2025-11-20")
    assert set(terms(in_default)) == {"set_penalty"}


# --- Objections, and late again ---------------------------------------------------------------------------------


def test_a_late_decision_on_an_objection_costs_the_same(
    applicant, caseworker, other_caseworker, objection_officer, go_to
):
    go_to("Tue 2025-09-02")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    go_to("Wed 2025-11-26")
    notify(objection, by=applicant)
    assert the_notice().first_day == on("Thu 2025-12-11")

    go_to("Mon 2025-12-15")
    contest.unfounded(objection, by=objection_officer)
    objection.set_penalty(by=objection_officer)

    assert the_notice().amount_eur == 4 * 23
    assert set(terms(objection)) == {"appeal"}


def test_an_order_of_a_court_gives_no_second_penalty(applicant, caseworker, other_caseworker, objection_officer, go_to):
    go_to("Tue 2025-09-02")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    go_to("Wed 2025-11-26")
    notify(objection, by=applicant)
    objection.keep_to_order(by=objection_officer, until=on("Wed 2025-12-10"))

    go_to("Thu 2025-12-11")
    with refused(objection):
        notify(objection, by=applicant)

    contest.unfounded(objection, by=objection_officer)
    assert not DefaultNotice.objects.running().exists()
