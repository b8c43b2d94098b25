"""The run itself: takes the decisions of a list, each once, whatever breaks.

Cases are decided in batches, in a transaction that locks the rows of their items, so that a second worker finds them
settled or skips them. So a worker may be killed anywhere, started twice, or share a run with another: each takes cases
that the other is not working on. A case that a batch cannot decide gets a transaction of its own.
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
    """Work on a run until it is done or stopped, or the time is up; returns how many cases this worker handled.

    `at_once`: the number of cases decided in one transaction.
    """
    end = time.monotonic() + seconds
    dealt_with, last = 0, 0
    while time.monotonic() < end and (keys := next_keys(renewal_pk, after=last, limit=at_once)):
        dealt_with += take_items(keys, read_run(renewal_pk), until=end)
        last = keys[-1]
    finish_run(renewal_pk)
    return dealt_with


def next_keys(renewal_pk: int, *, after: int, limit: int) -> list[int]:
    """Keys of waiting cases that no other worker has locked, in the order of the list; none of a stopped run."""
    rows = RenewalItem.objects.waiting().filter(run=renewal_pk, run__status=RenewalStatus.RUNNING, pk__gt=after)
    with transaction.atomic():  # only to skip locked rows; cases are locked again when they are decided
        free = rows.order_by("pk").select_for_update(no_key=True, skip_locked=True, of=("self",))
        return list(free.values_list("pk", flat=True)[:limit])


def read_run(renewal_pk: int) -> Renewal:
    """The run, read once per batch with what deciding needs: who proposed and approved it, and their permissions."""
    runs = Renewal.objects.select_related("kind", "access_rule", "proposed_by", "approved_by")
    run: Renewal = runs.get(pk=renewal_pk)
    return run


def take_items(keys: Sequence[int], run: Renewal, *, until: float) -> int:
    """Handle these cases: the plain ones together, then each of the others by itself; returns how many."""
    together = take_together(keys, run)
    others = (pk for pk in keys if pk not in together and time.monotonic() < until)
    return len(together) + sum(take_item(pk, run) for pk in others)


def take_together(keys: Sequence[int], run: Renewal) -> set[int]:
    """Decide the plain cases in one transaction, all or none; returns their keys."""
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
    except Exception as error:  # each will report its own problem when handled by itself
        log.info("renewal_batch_left", run=run.pk, error=type(error).__name__)
        return set()
    return {item.pk for item in items}


def lock_plain_items(keys: Sequence[int]) -> list[RenewalItem]:
    """The plain cases among these, which are granted and have no objection, locked with their applications.

    Rows locked by others are skipped: waiting for one case would hold up all the rest.
    """
    objections = Objection.objects.open().filter(decision=OuterRef("decision"))
    plain = find_waiting(keys).filter(~Exists(objections), action=Action.GRANT).order_by("pk")
    of = ("self", "decision__application")
    return list(plain.select_for_update(no_key=True, skip_locked=True, of=of))


def find_waiting(keys: Sequence[int]) -> "RenewalItemQuerySet":
    """The cases among these that wait in a running run, joined to what deciding reads."""
    rows = RenewalItem.objects.waiting().filter(pk__in=keys, run__status=RenewalStatus.RUNNING)
    return rows.select_related(*(f"decision__application__{name}" for name in Application.READ_WITH))


def take_item(pk: int, run: Renewal | None = None) -> bool:
    """Handle one case in a transaction of its own; False if another worker has or had it.

    `run`: its run, if already read.
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
    """The case, locked and joined to what deciding reads; None if it no longer waits, or another worker has it.

    None too if the run was stopped: only the case under way at that moment is still decided.
    """
    return find_waiting([pk]).select_for_update(no_key=True, skip_locked=True, of=("self",)).first()


def note_done(items: Sequence[RenewalItem]) -> None:
    """Record the new decisions and letters in the transaction that made them, so that neither exists without it."""
    letters, decisions = execution.find_letters(items), execution.find_new_decisions(items)
    for item in items:
        application = item.decision.application
        item.state, item.done_at = ItemState.DONE, clock.now()
        item.letter, item.new_decision = letters[application.dossier_id], decisions.get(application.pk)
    RenewalItem.objects.bulk_update(items, ["state", "problem", "done_at", "new_decision", "letter"])


def note_problem(item: RenewalItem, state: ItemState, *, why: str) -> None:
    """Record why nothing was decided, for a person to read."""
    RenewalItem.objects.filter(pk=item.pk).update(state=state, problem=why, done_at=clock.now())


def in_words(refused: Exception) -> str:
    """The reason in words: the law, the state of the case, or a lost permission leaves it to a person."""
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
    """Finish the run, unless cases still wait, with us or another worker, or it was stopped."""
    renewal = Renewal.objects.get(pk=renewal_pk)
    if renewal.items.waiting().exists():
        return
    try:
        renewal.finish(by=None)
    except TransitionNotAllowed:
        log.info("renewal_not_finished", run=renewal_pk)
