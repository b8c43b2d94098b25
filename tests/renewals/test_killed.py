"""Killed anywhere, started twice, two workers at once: exactly one new decision and one letter for every case."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.db.models import Model

from casework.models import Letter, Message
from exemptions.models import Application, Decision
from renewals import engine, tasks
from renewals.models import ItemState, Renewal, RenewalItem, RenewalStatus
from tests.locks import wait_until_blocked
from tests.renewals import changes
from tests.renewals.changes import version
from tests.services import BASE_DIR

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 8
PATIENCE = 30.0
WORKER = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from renewals import tasks
tasks.run(int(sys.argv[2]))
"""


@pytest.fixture
def run(reject, team_lead, other_team_lead) -> Renewal:
    """A run with some cases, started, that nobody works on yet."""
    for _number in range(CASES):
        reject()
    return changes.running(version(), by=team_lead, second=other_team_lead)


def assert_everything_happened_once(run: Renewal) -> None:
    run.refresh_from_db()
    assert run.status == RenewalStatus.DONE
    assert list(run.items.values_list("state", flat=True)) == [ItemState.DONE] * CASES
    assert Letter.objects.filter(kind="renewed").count() == CASES
    assert Decision.objects.filter(outcome="granted").count() == CASES
    assert run.dossier.events.filter(step="finish").count() == 1


def in_thread(work: Callable[[], int]) -> int:
    """With a connection of its own."""
    try:
        return work()
    finally:
        connection.close()


def test_two_workers_on_the_same_cases_decide_each_once(run):
    keys, together = list(run.items.values_list("pk", flat=True)), Barrier(2)

    def take_all() -> int:
        together.wait(timeout=10)
        return sum(engine.take_item(pk) for pk in keys)

    with ThreadPoolExecutor(2) as workers:
        taken = list(workers.map(in_thread, [take_all, take_all]))
    engine.finish_run(run.pk)

    assert sum(taken) == CASES
    assert_everything_happened_once(run)


def test_two_workers_that_are_sent_at_once_do_the_run_once(run):
    with ThreadPoolExecutor(2) as workers:
        dealt_with = list(workers.map(in_thread, [tasks.resume, tasks.resume]))
    tasks.resume()

    assert sum(dealt_with) == CASES
    assert_everything_happened_once(run)


def test_a_second_worker_goes_on_with_what_the_first_has_not_in_hand(run):
    keys = list(run.items.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic(), ThreadPoolExecutor(1) as workers:
        engine.lock_plain_items(keys[:5])
        dealt_with = workers.submit(in_thread, lambda: engine.work_on_run(run.pk))
        assert dealt_with.result(timeout=PATIENCE) == CASES - 5
    assert list(run.items.waiting().order_by("pk").values_list("pk", flat=True)) == keys[:5]

    tasks.resume()

    assert_everything_happened_once(run)


def test_killed_in_the_middle_of_a_case_it_goes_on_with_that_case(run):
    fifth = run.items.order_by("pk")[4]
    with held_back(fifth.decision.application):
        worker = start_worker(run)
        wait_until_blocked()
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)
    assert run.items.waiting().get() == fifth
    assert run.items.filter(state=ItemState.DONE).count() == CASES - 1

    wait_until(lambda: tasks.resume() > 0)

    assert_everything_happened_once(run)


def test_killed_in_the_middle_of_a_batch_nothing_of_it_was_done(run):
    with held_back(Message):
        worker = start_worker(run)
        wait_until_blocked()
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)
    assert run.items.waiting().count() == CASES
    assert not Letter.objects.filter(kind="renewed").exists()

    wait_until(lambda: tasks.resume() > 0)

    assert_everything_happened_once(run)


def test_killed_again_and_again_nothing_happens_twice(run):
    for done in (1, 3, 5):
        worker = start_worker(run)
        wait_until(partial(has_come_to, run, done))
        worker.kill()
        worker.wait(timeout=PATIENCE)
    wait_until(lambda: tasks.resume() > 0 or not Renewal.objects.running().exists())

    assert_everything_happened_once(run)


def test_a_run_that_is_stopped_half_way_keeps_what_it_did(run, team_lead, other_team_lead):
    third = run.items.order_by("pk")[2]
    with held_back(third.decision.application), ThreadPoolExecutor(1) as workers:
        dealt_with = workers.submit(in_thread, lambda: engine.work_on_run(run.pk, at_once=2))
        wait_until_blocked()
        Renewal.objects.get(pk=run.pk).stop(by=team_lead)
        let_go()
        assert dealt_with.result(timeout=PATIENCE) == 4
    assert run.items.waiting().count() == CASES - 4

    Renewal.objects.get(pk=run.pk).go_on(by=other_team_lead)
    tasks.resume()

    assert_everything_happened_once(run)


def has_come_to(run: Renewal, done: int) -> bool:
    return run.items.filter(state=ItemState.DONE).count() >= done


# --- A worker that can be killed, and what keeps it waiting ---------------------------------------

_LET_GO = Event()


def let_go() -> None:
    """What was held back is free."""
    _LET_GO.set()


@contextmanager
def held_back(what: Application | type[Model]) -> Iterator[None]:
    """Somebody else holds the row of this application, or writes a whole table anew: whoever comes to it waits."""
    _LET_GO.clear()
    holding = Event()

    def hold() -> int:
        with transaction.atomic():
            if isinstance(what, Application):
                Application.objects.select_for_update(of=("self",)).get(pk=what.pk)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(f"LOCK TABLE {what._meta.db_table} IN EXCLUSIVE MODE")
            holding.set()
            _LET_GO.wait(timeout=PATIENCE)
        return 0

    with ThreadPoolExecutor(1) as somebody:
        somebody.submit(in_thread, hold)
        assert holding.wait(timeout=PATIENCE)
        try:
            yield
        finally:
            let_go()


def start_worker(run: Renewal) -> "subprocess.Popen[bytes]":
    """A real process that works on the run."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    database = str(connection.settings_dict["NAME"])
    return subprocess.Popen([sys.executable, "-c", WORKER, database, str(run.pk)], cwd=BASE_DIR, env=env)


def wait_until(true: Callable[[], bool]) -> None:
    """Return as soon as it is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.02)


def test_the_row_of_a_case_is_locked_while_it_is_decided(run):
    item = run.items.order_by("pk")[0]
    with transaction.atomic():
        RenewalItem.objects.select_for_update().get(pk=item.pk)
        with ThreadPoolExecutor(1) as workers:
            assert workers.submit(in_thread, lambda: engine.take_item(item.pk)).result(timeout=PATIENCE) is False
