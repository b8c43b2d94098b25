"""The run itself: the decisions of a list, each once, whatever breaks.

Cases are decided some at a time in a transaction that locks the rows of their items: a second worker finds them settled
or skips them. So a worker may be killed anywhere, started twice, or share a run with another: each takes cases that
the other has not in hand. What such a batch cannot do is a transaction of its own.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.batch import begin_batch
from casework.reference_cache import reading_once
from casework.steps import StepRefused
from exemptions.models import Application
from objections.models import Objection
from renewals import execution
from renewals.models import Action, ItemState, Renewal, RenewalItem, RenewalStatus

if TYPE_CHECKING:
    from renewals.models.item import RenewalItemQuerySet

log = structlog.get_logger("loket.renewals")

BATCH = 50


def work_on_run(renewal_pk: int, *, seconds: float = float("inf"), at_once: int = BATCH) -> int:
    """Go through a run until it is done or stopped, or the time is up; returns how many this worker handled.

    `at_once`: how many cases are decided in one transaction.
    """
    end = time.monotonic() + seconds
    dealt_with, last = 0, 0
    while time.monotonic() < end and (keys := next_keys(renewal_pk, after=last, limit=at_once)):
        dealt_with += take_items(keys, read_run(renewal_pk), until=end)
        last = keys[-1]
    finish_run(renewal_pk)
    return dealt_with


def next_keys(renewal_pk: int, *, after: int, limit: int) -> list[int]:
    """Some cases that wait and that no other worker has in hand, in the order of the list; none of a stopped run."""
    rows = RenewalItem.objects.waiting().filter(run=renewal_pk, run__status=RenewalStatus.RUNNING, pk__gt=after)
    with transaction.atomic():  # to see who has what; the cases are locked where they are decided
        free = rows.order_by("pk").select_for_update(no_key=True, skip_locked=True, of=("self",))
        return list(free.values_list("pk", flat=True)[:limit])


def read_run(renewal_pk: int) -> Renewal:
    """The run, with what deciding reads of it: who proposed and who approved it, and what they may, once a batch."""
    runs = Renewal.objects.select_related("kind", "access_rule", "proposed_by", "approved_by")
    run: Renewal = runs.get(pk=renewal_pk)
    return run


def take_items(keys: Sequence[int], run: Renewal, *, until: float) -> int:
    """Deal with these cases: the plain ones together, then each of the others by itself; returns how many."""
    together = take_together(keys, run)
    others = (pk for pk in keys if pk not in together and time.monotonic() < until)
    return len(together) + sum(take_item(pk, run) for pk in others)


def take_together(keys: Sequence[int], run: Renewal) -> set[int]:
    """Decide the plain ones among these cases in one transaction, all of them or none; returns which."""
    try:
        with transaction.atomic(), reading_once():
            items = lock_plain_items(keys)
            if not items:
                return set()
            applications = [item.decision.application for item in items]
            with begin_batch(applications) as batch:
                execution.read_ahead(batch, items)
                for item in items:
                    item.run = run
                    execution.carry_out(item)
            note_done(items)
    except Exception as error:  # by itself each of them says what is the matter
        log.info("renewal_batch_left", run=run.pk, error=type(error).__name__)
        return set()
    return {item.pk for item in items}


def lock_plain_items(keys: Sequence[int]) -> list[RenewalItem]:
    """The cases among these that are granted without an objection, locked with their applications.

    Whatever somebody else has in hand is skipped: who waits for one case would keep the others from everybody.
    """
    objections = Objection.objects.open().filter(decision=OuterRef("decision"))
    plain = find_waiting(keys).filter(~Exists(objections), action=Action.GRANT).order_by("pk")
    of = ("self", "decision__application")
    return list(plain.select_for_update(no_key=True, skip_locked=True, of=of))


def find_waiting(keys: Sequence[int]) -> "RenewalItemQuerySet":
    """Those of these cases that wait while the run is not stopped, with what deciding reads."""
    rows = RenewalItem.objects.waiting().filter(pk__in=keys, run__status=RenewalStatus.RUNNING)
    return rows.select_related(*(f"decision__application__{name}" for name in Application.READ_WITH))


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
                item.problem = execution.carry_out(item)
                note_done([item])
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
    return find_waiting([pk]).select_for_update(no_key=True, skip_locked=True, of=("self",)).first()


def note_done(items: Sequence[RenewalItem]) -> None:
    """The new decisions and the letters, in the transaction in which they were made: never one without the other."""
    letters, decisions = execution.find_letters(items), execution.find_new_decisions(items)
    for item in items:
        application = item.decision.application
        item.state, item.done_at = ItemState.DONE, clock.now()
        item.letter, item.new_decision = letters[application.dossier_id], decisions.get(application.pk)
    RenewalItem.objects.bulk_update(items, ["state", "problem", "done_at", "new_decision", "letter"])


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
