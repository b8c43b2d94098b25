"""Steps that wait: what a caseworker decided goes out some minutes later, and until then its maker takes it back.

While it waits nothing has happened, so that nothing has to be undone. Whoever ends a waiting step (the clock, its
maker who sends it now or takes it back) locks its row meanwhile: of two, the second finds it ended. It is carried out
as its maker would: the same form, the same permission, the same law, and only where nothing has happened to the case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed, has_transition_perm

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.desk import conflict, steps, timeline
from casework.desk.steps import CaseDesk, DeskStep
from casework.desk.worklists import Worklist
from casework.letter_pdfs import render_letter_html
from casework.models import PendingStep
from casework.models.pending_step import Ending
from casework.steps import Rehearsal, lock_case
from casework.turns import within_turn

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case

log = structlog.get_logger("loket.pending_steps")

ALWAYS_ALLOWED = ("note",)
"""Steps that can be taken while another waits: they change nothing that a letter could rest on."""


class AlreadyPendingError(Exception):
    """Another step of the same case waits."""


def due_at(now: datetime, *, minutes: int) -> datetime:
    """When a step goes out that is decided now: never later than 23:59 in Amsterdam, for its day must stay its day."""
    last = timezone.localtime(now).replace(hour=23, minute=59, second=0, microsecond=0)
    return min(now + timedelta(minutes=minutes), last)


def waits_until(step: DeskStep, form: BaseForm, *, now: datetime) -> datetime | None:
    """When it goes out; None if it is taken at once: no letter, files with it (a browser sends these once), no time.

    A proposal sends nothing: a colleague looks at it first.
    """
    if not step.sends_letter or form.is_multipart():
        return None
    due = due_at(now, minutes=CurrentPolicy.on(timezone.localdate(now)).number("take_back_minutes"))
    return due if due > now else None


def find_open_step(case: "Case") -> PendingStep | None:
    """The step of a case that waits."""
    return PendingStep.objects.open().of(case).select_related("made_by").first()


@transaction.atomic
def begin_waiting(
    case: Any,
    step: DeskStep,
    *,
    by: "User",
    typed: Mapping[str, list[str]],
    seen: str,
    rehearsal: Rehearsal,
    due: datetime,
) -> PendingStep:
    """Let a step wait. Raises AlreadyPendingError if another one does: the row of the case settles who was first."""
    lock_case(case)
    if find_open_step(case):
        raise AlreadyPendingError
    settle_pending(case)
    return PendingStep.objects.create(
        dossier=case.dossier,
        case_type=case.CASE_TYPE,
        case_id=case.pk,
        step=step.name,
        typed=dict(typed),
        language=get_language() or "",
        shown=describe_rehearsal(rehearsal),
        seen=conflict.as_key(seen),
        made_by=by,
        due_at=due,
    )


def describe_rehearsal(rehearsal: Rehearsal) -> dict[str, Any]:
    """The letters and the addresses of mails, as the case page shows them while the step waits."""
    letters = [
        {"subject": one.subject, "body": one.shown_body, "address": one.address, "language": one.language}
        for one in rehearsal.letters
    ]
    return {"letters": letters, "mails": [mail.to for mail in rehearsal.mails]}


def settle_pending(case: "Case") -> None:
    """What was taken back or not carried out before: something else is decided now."""
    PendingStep.settle(PendingStep.objects.unsettled().of(case))


# --- How it ends --------------------------------------------------------------------------------------


def carry_out_due() -> int:
    """Carry out the steps whose time has come, for a turn; returns how many ended. Each is a transaction of its own."""
    keys = list(PendingStep.objects.due(now=clock.now()).values_list("pk", flat=True))
    return sum(carry_out_unless_taken(key) for key in within_turn(keys))


@transaction.atomic
def carry_out_unless_taken(key: int) -> bool:
    """Carry one out, unless another worker or its maker has it; a worker that dies leaves it as it was."""
    pending = lock_pending(key, skip_locked=True)
    if pending is None:
        return False
    carry_out(pending)
    return True


@transaction.atomic
def send_now(key: int) -> PendingStep:
    """Carry one out early; returns it as it ended, also if it had already ended."""
    if pending := lock_pending(key):
        carry_out(pending)
    return PendingStep.objects.get(pk=key)


@transaction.atomic
def take_back(key: int) -> PendingStep:
    """Nothing was sent and nothing will be; returns it as it ended, also if it had already ended."""
    if pending := lock_pending(key):
        pending.end(Ending.TAKEN_BACK)
    return PendingStep.objects.get(pk=key)


def lock_pending(key: int, *, skip_locked: bool = False) -> PendingStep | None:
    """A step that waits, held until the transaction ends."""
    rows = PendingStep.objects.open().select_related("made_by")
    return rows.select_for_update(no_key=True, of=("self",), skip_locked=skip_locked).filter(pk=key).first()


@dataclass(frozen=True)
class Outcome:
    """How a waiting step ends, and why if it is not carried out."""

    ending: Ending
    because: str = ""


def carry_out(pending: PendingStep) -> None:
    """Take the step, or write down why not. A fault of ours is in the log and ends it too: it must not wait for ever.

    Where the database itself was away or two transactions stood in each other's way, the next minute tries again.
    """
    with override(pending.language or None):
        try:
            with transaction.atomic():
                outcome = attempt_step(pending)
        except OperationalError:
            raise
        except Exception:
            log.exception("pending_step_failed", pending_step=pending.pk, step=pending.step)
            outcome = Outcome(Ending.REFUSED, gettext("Something went wrong on our side. Nothing was sent."))
        pending.end(outcome.ending, because=outcome.because)


def attempt_step(pending: PendingStep) -> Outcome:
    """The step, as its maker would take it now."""
    user, desk = pending.made_by, steps.find_desk(pending.case_type)
    case = desk.seen(user).filter(pk=pending.case_id).first() if desk and user.is_active else None
    step = desk.by_name.get(pending.step) if desk else None
    if desk is None or step is None or case is None:
        return Outcome(Ending.REFUSED, explain_lost_permission(user))
    lock_case(case)
    if reason := describe_changes_since(pending, case):
        return Outcome(Ending.OVERTAKEN, reason)
    if not can_proceed(getattr(case, step.name)):
        return Outcome(Ending.OVERTAKEN, gettext("The status of the case does not allow this step any more."))
    if not has_transition_perm(getattr(case, step.name), user):
        return Outcome(Ending.REFUSED, explain_lost_permission(user))
    return take_step(case, step, desk=desk, data=pending.form_data, by=user)


def explain_lost_permission(user: "User") -> str:
    """Why somebody may not take a step that they could take before."""
    if not user.is_active:
        return gettext("%(who)s can no longer log in.") % {"who": user}
    return gettext("%(who)s is no longer allowed to do this.") % {"who": user}


def describe_changes_since(pending: PendingStep, case: Any) -> str:
    """What happened to the case since its maker looked, in words; empty if nothing did that matters."""
    events = conflict.find_missed_events(case, seen=str(pending.seen), user=pending.made_by)
    return "\n".join(f"{line} – {line.who}" for line in timeline.build_timeline_lines(events))


def take_step(case: Any, step: DeskStep, *, desk: CaseDesk[Any], data: Any, by: "User") -> Outcome:
    """The form once more, and the step; what the form or the law has against it, in their own sentences."""
    form = step.form(data, None, case=case)
    form.user = by
    if not form.is_valid():
        return Outcome(Ending.REFUSED, "\n".join(list_form_errors(form)))
    try:
        with transaction.atomic():
            desk.take(case, step, by=by, detail=form.detail())
    except ValidationError as refused:
        return Outcome(Ending.REFUSED, "\n".join(refused.messages))
    except (TransitionNotAllowed, ConcurrentTransition):
        return Outcome(Ending.OVERTAKEN, gettext("The status of the case does not allow this step any more."))
    except PermissionDenied:
        return Outcome(Ending.REFUSED, explain_lost_permission(by))
    return Outcome(Ending.CARRIED_OUT)


def list_form_errors(form: BaseForm) -> Iterable[str]:
    """The sentences on a form, each after the name of its field."""
    for name, errors in form.errors.items():
        label = f"{form[name].label}: " if name in form.fields else ""
        yield from (f"{label}{error}" for error in errors)


# --- What the lists show ----------------------------------------------------------------------------------


def goes_out(case_type: str, keys: Iterable[int]) -> dict[int, datetime]:
    """When the waiting steps of these cases go out: one query."""
    waiting = PendingStep.objects.open().filter(case_type=case_type, case_id__in=list(keys))
    return dict(waiting.values_list("case_id", "due_at"))


def find_failed_steps(rows: "QuerySet[Any]", user: "User", day: date) -> "QuerySet[Any]":
    """The cases with a step that should have gone out and did not, and that is left to this user."""
    steps = PendingStep.objects.not_carried_out(user, today=day).filter(case_type=rows.model.CASE_TYPE)
    return rows.filter(pk__in=steps.values("case_id"))


NOT_CARRIED_OUT: Worklist[Any] = Worklist(
    "not-carried-out",
    _("Not carried out"),
    _("You decided, and it has not gone out: read why, and go on with what you had typed."),
    find_failed_steps,
    order=("pk",),
    urgent=True,
)
"""The same list for every case type."""


@dataclass(frozen=True)
class ShownStep:
    """A waiting or ended step as the case page shows it to one user."""

    pending: PendingStep
    label: str
    letters: list[Any]
    mails: list[str]
    is_mine: bool
    to_form: bool
    """Whether its form, with what was typed, is a link away."""


def of_case(case: "Case", *, desk: CaseDesk[Any], user: "User") -> list[ShownStep]:
    """What waits, and what did not go out and is this user's to know: the latest first."""
    rows = PendingStep.objects.unsettled().of(case).select_related("made_by").order_by("-made_at", "-pk")
    return [as_shown(one, desk=desk, user=user) for one in rows if is_for(one, user)]


def is_for(pending: PendingStep, user: "User") -> bool:
    """What was taken back is nobody's but its maker's; the rest everybody at the case must know."""
    return pending.ending != Ending.TAKEN_BACK or pending.made_by_id == user.pk


def filter_steps_while_waiting(steps: list[DeskStep], pending: list[ShownStep]) -> list[DeskStep]:
    """The steps that can be taken while another one waits."""
    if not any(one.pending.is_open for one in pending):
        return steps
    return [step for step in steps if step.name in ALWAYS_ALLOWED]


def as_shown(pending: PendingStep, *, desk: CaseDesk[Any], user: "User") -> ShownStep:
    """With its letters written out."""
    step, is_mine = desk.by_name.get(pending.step), pending.is_left_to(user)
    return ShownStep(
        pending=pending,
        label=str(step.label) if step else pending.step,
        letters=[
            (letter, render_letter_html(letter["body"], heading=3)) for letter in pending.shown.get("letters", [])
        ],
        mails=pending.shown.get("mails", []),
        is_mine=is_mine,
        to_form=bool(step and step.asks and is_mine and not pending.is_open),
    )
