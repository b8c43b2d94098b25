"""Suspensions past their expected day are listed, so that nobody forgets that the term runs again (Awb 4:15)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from casework.models import TermSuspension
from exemptions.models import Application
from exemptions.worklists import APPLICATIONS
from objections.worklists import OBJECTIONS
from tests import contest, given
from tests.cast import Login
from tests.desk import pages

NAME = "standstill-over"
OVER = timedelta(days=8)


@pytest.fixture
def taken_up(applicant: User, caseworker: User, time_machine: Any) -> Application:
    """In hand since three days ago."""
    application = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(timezone.localtime() + timedelta(days=3))
    return application


def in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def inquire(case: Any, *, by: User) -> None:
    case.inquire_abroad(by=by, expected_on=in_a_week(), reason="Het register in Polen.")


def suspend(case: Any, *, by: User, why: str) -> None:
    today = timezone.localdate()
    case.suspend_decision_term(by=by, suspended_by=why, first_day=today, expected_on=in_a_week(), reason="Storing.")


def agree(case: Any, *, by: User) -> None:
    case.propose_delay(by=by, until=in_a_week() - timedelta(days=1), reason="Een meting.")
    case.agree_to_delay(by=by, agreed_on=timezone.localdate())


def count(user: User, lists: Any = APPLICATIONS) -> int:
    found: int = next(counted.count for counted in lists.counted_for(user) if counted.worklist.name == NAME)
    return found


@pytest.mark.parametrize("why", ["foreign", "agreed", "applicant", "force_majeure"])
def test_4_15_what_was_to_be_over_is_listed_until_somebody_acts(
    taken_up: Application, caseworker: User, time_machine: Any, why: str
) -> None:
    {"foreign": inquire, "agreed": agree}.get(why, lambda case, by: suspend(case, by=by, why=why))(
        taken_up, by=caseworker
    )
    assert count(caseworker) == 0

    time_machine.move_to(timezone.localtime() + OVER)

    assert count(caseworker) == 1


def test_4_15_who_suspends_longer_or_lets_it_run_takes_it_off(
    taken_up: Application, caseworker: User, time_machine: Any
) -> None:
    suspend(taken_up, by=caseworker, why="force_majeure")
    time_machine.move_to(timezone.localtime() + OVER)
    suspension = taken_up.dossier.term_suspensions.get()
    taken_up.prolong_suspension(by=caseworker, suspension=suspension, expected_on=in_a_week(), reason="Nog niet klaar.")
    assert count(caseworker) == 0

    time_machine.move_to(timezone.localtime() + OVER)
    assert count(caseworker) == 1
    suspension.refresh_from_db()
    taken_up.resume_decision_term(by=caseworker, suspension=suspension, runs_again_on=timezone.localdate())

    assert count(caseworker) == 0


def test_7_14_an_objection_is_listed_too(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User, time_machine: Any
) -> None:
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(days=50))
    suspend(objection, by=objection_officer, why="applicant")
    time_machine.move_to(timezone.localtime() + OVER)

    assert count(objection_officer, OBJECTIONS) == 1


def test_a_case_that_has_ended_is_listed_no_more(
    taken_up: Application, applicant: User, caseworker: User, time_machine: Any
) -> None:
    suspend(taken_up, by=caseworker, why="applicant")
    time_machine.move_to(timezone.localtime() + OVER)
    taken_up.withdraw(by=applicant, reason="Auto verkocht.")

    assert count(caseworker) == 0


def test_the_earliest_is_on_top_and_the_number_of_queries_does_not_grow(
    login: Login, applicant: User, caseworker: User, time_machine: Any, django_assert_num_queries: Any
) -> None:
    def add(number: int) -> Application:
        case = given.taken_up(by=applicant, desk=caseworker, plate=f"V00{number}AA")
        inquire(case, by=caseworker)
        return case

    cases = [add(1), add(2)]
    first = cases[1].dossier.term_suspensions.get()
    first.expected_on -= timedelta(days=2)
    first.save()
    time_machine.move_to(timezone.localtime() + OVER)
    client, address = login(caseworker), pages.worklist(NAME)
    assert list(client.get(address).context["cl"].result_list) == cases[::-1]
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3, 7):
        add(number)
    TermSuspension.objects.update(first_day=timezone.localdate() - OVER, expected_on=timezone.localdate())

    with django_assert_num_queries(len(few)):
        rows = client.get(address).context["cl"].result_list
    assert len(rows) == 6
