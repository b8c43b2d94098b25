"""A request that did not go out: while it waited, the applicant said that the vehicle's data are wrong."""

from datetime import timedelta
from typing import Any

from django.utils.translation import override

from accounts.models import User
from casework import clock
from casework.desk import desks, pending_steps
from casework.models import Event, PendingStep
from casework.steps import rehearse_step
from exemptions.admin.step_forms import AskForm
from exemptions.models import Application, Status

WAITS = 10
"""Minutes between deciding and going out."""
DECIDED_BEFORE = timedelta(minutes=4)


def load() -> None:
    """Decided before the applicant spoke, and to go out after it; once, after the cases around today."""
    spoken = Event.objects.filter(step="dispute_facts", from_status=Status.IN_REVIEW).latest("at")
    application = Application.objects.get(pk=spoken.case_id)
    with override("nl"):
        with clock.at(spoken.at - DECIDED_BEFORE):
            pending = begin_asking(application, by=application.assigned_to, seen=event_before(spoken))
        with clock.at(pending.due_at):
            pending_steps.carry_out_unless_taken(pending.pk)


def event_before(event: Event) -> int:
    """The event of the case just before: what the caseworker had seen."""
    earlier = Event.objects.filter(case_type=event.case_type, case_id=event.case_id, at__lt=event.at)
    return int(earlier.latest("at", "pk").pk)


def begin_asking(application: Application, *, by: User | None, seen: int) -> PendingStep:
    """The request for completion as its form was sent."""
    desk = desks.find_desk(application.CASE_TYPE)
    if desk is None or by is None:
        raise LookupError("nobody has it in hand")
    step = desk.by_name["ask_completion"]
    typed = fields_typed(application)
    form = step.form(PendingStep(typed=typed).form_data, case=application)
    form.user = by
    if not form.is_valid():
        raise ValueError(f"this cannot be asked: {form.errors.as_json()}")
    return pending_steps.begin_waiting(
        application,
        step,
        by=by,
        typed=typed,
        seen=str(seen),
        rehearsal=rehearse_step(application, step.name, by=by, **form.detail()),
        due=pending_steps.due_at(clock.now(), minutes=WAITS),
    )


def fields_typed(application: Application) -> dict[str, list[Any]]:
    """One item, asked for with its reason, for the usual term."""
    item, ends_on = application.evidence_items.earliest("pk"), AskForm.usual(application)["ends_on"]
    return {
        f"item_{item.pk}": ["on"],
        f"why_{item.pk}": ["De leverdatum staat niet op dit stuk."],
        "ends_on": [ends_on.isoformat()],
        "explanation": ["Vraag uw leverancier om een nieuwe orderbevestiging, met de dag van levering erop."],
    }
