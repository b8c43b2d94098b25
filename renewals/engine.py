"""The run itself: the decisions of a list, one after the other, each once, whatever breaks.

Every case is a transaction of its own that locks the row of its item: a second worker finds it settled or skips it. So
a worker may be killed anywhere, started twice, or run alongside another. The advisory lock only spares two workers the
same work; nothing depends on it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.reference_cache import reading_once
from casework.steps import StepRefused
from renewals import execution
from renewals.models import ItemState, Renewal, RenewalItem, RenewalStatus

if TYPE_CHECKING:
    from renewals.execution import ItemResult

log = structlog.get_logger("loket.renewals")

BATCH = 50
LOCKS = 5306
"""The space of our advisory locks; the key of the run is the other half."""


def work_on_run(renewal_pk: int, *, seconds: float = float("inf")) -> int:
    """Go through a run until it is done or stopped, or the time is up; returns how many this worker handled."""
    end = time.monotonic() + seconds
    with lock_run(renewal_pk) as free:
        if not free:
            return 0
        waiting = takewhile(lambda _item: time.monotonic() < end, iterate_waiting_items(renewal_pk))
        dealt_with = sum(take_item(pk, run) for pk, run in waiting)
        finish_run(renewal_pk)
        return dealt_with


@contextmanager
def lock_run(renewal_pk: int) -> Iterator[bool]:
    """Whether no other worker loops over this run; the lock goes with the connection, also where we are killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, renewal_pk])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, renewal_pk])


def iterate_waiting_items(renewal_pk: int) -> Iterator[tuple[int, Renewal]]:
    """The cases that wait, some at a time, for as long as the run is not stopped; each with the run.

    Who proposed and who approved it, and what they may, is read anew for each of these times, not for each case.
    """
    last = 0
    while keys := next_keys(renewal_pk, after=last):
        run = read_run(renewal_pk)
        yield from ((pk, run) for pk in keys)
        last = keys[-1]


def next_keys(renewal_pk: int, *, after: int) -> list[int]:
    """Some cases that wait, in the order of the list; none where the run was stopped."""
    rows = RenewalItem.objects.waiting().filter(run=renewal_pk, run__status=RenewalStatus.RUNNING, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def read_run(renewal_pk: int) -> Renewal:
    """The run, with what deciding reads of it."""
    runs = Renewal.objects.select_related("kind", "access_rule", "proposed_by", "approved_by")
    run: Renewal = runs.get(pk=renewal_pk)
    return run


def take_item(pk: int, run: Renewal | None = None) -> bool:
    """Deal with one case in a transaction of its own; False if another worker has it or had it.

    `run`: the one that it is of, if it was read.
    """
    with transaction.atomic(), reading_once():
        item = lock_item(pk)
        if item is None:
            return False
        item.run = run or read_run(item.run_id)
        try:
            with transaction.atomic():
                note_done(item, execution.carry_out(item))
        except (StepRefused, TransitionNotAllowed, PermissionDenied) as refused:
            note_problem(item, ItemState.NEEDS_HUMAN, why=in_words(refused))
        except Exception as error:
            log.exception("renewal_failed", run=item.run_id, item=item.pk)
            note_problem(item, ItemState.FAILED, why=describe_error(error))
    return True


def lock_item(pk: int) -> RenewalItem | None:
    """The case, locked, with what deciding reads; None if it no longer waits, or another worker holds it.

    None too if the run was stopped: only the case under way at that moment is still decided.
    """
    rows = RenewalItem.objects.waiting().filter(pk=pk, run__status=RenewalStatus.RUNNING)
    read = rows.select_related("decision__application__kind")
    return read.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()


def note_done(item: RenewalItem, done: "ItemResult") -> None:
    """The new decision and the letter, in the transaction in which they were made: never one without the other."""
    item.state, item.problem, item.done_at = ItemState.DONE, done.remark, clock.now()
    item.new_decision, item.letter = done.decision, done.letter
    item.save(update_fields=["state", "problem", "done_at", "new_decision", "letter"])


def note_problem(item: RenewalItem, state: ItemState, *, why: str) -> None:
    """Nothing was decided; a person reads why."""
    RenewalItem.objects.filter(pk=item.pk).update(state=state, problem=why, done_at=clock.now())


def in_words(refused: Exception) -> str:
    """Why the law, the state of the case, or a lost permission leaves this to a person."""
    if isinstance(refused, StepRefused):
        return " ".join(refused.messages)
    if isinstance(refused, PermissionDenied):
        return _("Whoever approved the run may no longer take this decision.")
    return _("The case has changed since the list was made.")


def describe_error(error: Exception) -> str:
    """What a person can do about an error of ours."""
    return _("Something went wrong (%(error)s). Nothing was decided here: try again, or decide by hand.") % {
        "error": type(error).__name__
    }


def finish_run(renewal_pk: int) -> None:
    """The end of the list; not where it was stopped, or where another worker still holds a case."""
    renewal = Renewal.objects.get(pk=renewal_pk)
    if renewal.items.waiting().exists():
        return
    try:
        renewal.finish(by=None)
    except TransitionNotAllowed:
        log.info("renewal_not_finished", run=renewal_pk)
