"""Two people at a waiting step at once: the one who holds its row ends it, and the other finds that it has ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given as for_all
from hypothesis import strategies as st

from casework.desk import pending_steps
from casework.desk.conflict import seen_now
from casework.desk.pending_steps import due_at
from casework.models import PendingStep, Policy
from casework.models.pending_step import Ending
from exemptions.models import Application, Ground
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pending(applicant, caseworker):
    """A grant that is due."""
    application = given.taken_up(by=applicant, desk=caseworker)
    first = timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)
    days = {"starts_on": [f"{first}"], "ends_on": [f"{first + timedelta(days=30)}"]}
    typed = {"ground": [str(ground.pk)], "doubts_reason": [given.EXPLAINED], "explanation": ["Zo."], **days}
    return PendingStep.objects.create(
        dossier=application.dossier,
        case_type=Application.CASE_TYPE,
        case_id=application.pk,
        step="grant",
        typed=typed,
        language="nl",
        seen=seen_now(application),
        made_by=caseworker,
        due_at=timezone.now(),
    )


def case_of(pending):
    return Application.objects.get(pk=pending.case_id)


def at_once(*doings):
    """Do these in threads, each with a connection of its own, from the same moment; gives what each gave."""
    start = Barrier(len(doings))

    def run(do):
        start.wait()
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as threads:
        return [one.result() for one in [threads.submit(run, do) for do in doings]]


def test_four_workers_carry_it_out_once(pending):
    ended = at_once(*[pending_steps.carry_out_due] * 4)

    assert sum(ended) == 1
    assert case_of(pending).decisions.count() == 1
    assert pending.dossier.letters.filter(kind="granted").count() == 1


def test_taking_back_against_the_clock_either_wins_and_both_agree(pending):
    _ended, answer = at_once(pending_steps.carry_out_due, lambda: pending_steps.take_back(pending.pk))

    pending.refresh_from_db()
    assert answer.ending == pending.ending
    assert case_of(pending).decisions.exists() == (pending.ending == Ending.CARRIED_OUT)


def test_sending_now_twice_and_the_clock_decide_once(pending):
    answers = at_once(
        lambda: pending_steps.send_now(pending.pk).ending,
        lambda: pending_steps.send_now(pending.pk).ending,
        pending_steps.carry_out_due,
    )

    assert answers[:2] == [Ending.CARRIED_OUT] * 2
    assert case_of(pending).decisions.count() == 1


def test_a_worker_passes_over_what_another_one_has_in_hand(pending):
    with transaction.atomic():
        PendingStep.objects.select_for_update().get(pk=pending.pk)
        (ended,) = at_once(pending_steps.carry_out_due)

    assert ended == 0
    assert case_of(pending).status == "in_review"


def test_a_worker_that_dies_leaves_it_waiting_and_nothing_done(pending):
    with transaction.atomic():
        pending_steps.carry_out_unless_taken(pending.pk)
        transaction.set_rollback(True)  # killed before the commit

    pending.refresh_from_db()
    assert (pending.is_open, case_of(pending).status) == (True, "in_review")
    assert pending_steps.carry_out_due() == 1
    assert case_of(pending).decisions.count() == 1


def test_a_withdrawal_at_the_same_moment_and_the_grant_never_both_hold(pending, applicant):
    def withdraw():
        application = case_of(pending)
        try:
            application.withdraw(by=applicant)
        except Exception:  # the grant was first
            return False
        return True

    withdrawn, _ended = at_once(withdraw, pending_steps.carry_out_due)

    pending.refresh_from_db()
    assert case_of(pending).status == ("withdrawn" if withdrawn else "granted")
    assert pending.ending == (Ending.OVERTAKEN if withdrawn else Ending.CARRIED_OUT)


def test_two_clicks_at_the_same_moment_let_one_step_wait(login, applicant, caseworker):
    Policy.objects.filter(name="take_back_minutes").update(value=10)
    application = given.taken_up(by=applicant, desk=caseworker)
    clients, seen = [login(caseworker) for _click in range(2)], seen_now(application)

    first, second = at_once(
        *[lambda client=client: pages.send(client, application, "withdraw", seen=seen) for client in clients]
    )

    assert first.url == second.url == pages.case(application)
    decided = PendingStep.objects.of(application)
    assert decided.count() + (pages.status(application) == "withdrawn") == 1


def test_of_two_colleagues_at_the_same_moment_one_waits_and_one_reads_it(
    login, applicant, caseworker, other_caseworker
):
    Policy.objects.filter(name="take_back_minutes").update(value=10)
    application = given.taken_up(by=applicant, desk=caseworker)
    clients, seen = [login(one) for one in (caseworker, other_caseworker)], seen_now(application)

    answers = at_once(
        *[lambda client=client: pages.send(client, application, "withdraw", seen=seen) for client in clients]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]


@for_all(st.datetimes(timezones=st.just(timezone.get_default_timezone())), st.integers(0, 1440))
def test_the_day_of_a_decision_stays_its_day(decided, minutes):
    out = timezone.localtime(due_at(decided, minutes=minutes))

    assert out.date() <= timezone.localtime(decided).date()
    assert out <= timezone.localtime(decided) + timedelta(minutes=minutes)
