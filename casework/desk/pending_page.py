"""What one does with a step that waits: take it back, send it now, or put a notice about one away."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from casework.deadline_words import format_moment
from casework.desk import pending_steps
from casework.desk.steps import CaseDesk
from casework.models import PendingStep
from casework.models.pending_step import Ending

if TYPE_CHECKING:
    from accounts.models import User

Action = Callable[[HttpRequest, Any, PendingStep, CaseDesk[Any]], HttpResponse]


def respond_to_button(request: HttpRequest, case: Any, key: int, *, desk: CaseDesk[Any], user: "User") -> HttpResponse:
    """Do what the button says, for its maker alone; whoever follows the address only comes to the case."""
    pending = get_object_or_404(PendingStep.objects.of(case).select_related("made_by"), pk=key)
    action = ACTIONS.get(request.POST.get("action", ""))
    if request.method != "POST" or action is None:
        return redirect(desk.case_address(case))
    if not pending.is_left_to(user):
        raise PermissionDenied(f"user {user.pk} did not make pending step {pending.pk}")
    return action(request, case, pending, desk)


def take_back(request: HttpRequest, case: Any, pending: PendingStep, desk: CaseDesk[Any]) -> HttpResponse:
    """Back to the form with everything that was typed; to the case if the step has no form."""
    ended = pending_steps.take_back(pending.pk)
    if ended.ending != Ending.TAKEN_BACK:
        return redirect_to_case(request, case, ended, desk)
    messages.success(request, _("Taken back. Nothing has been sent, and the case is as it was."))
    step = desk.by_name.get(ended.step)
    if step is None or not step.asks:
        return redirect(desk.case_address(case))
    return redirect(f"{desk.step_address(case, step.name)}?typed={ended.pk}")


def send_now(request: HttpRequest, case: Any, pending: PendingStep, desk: CaseDesk[Any]) -> HttpResponse:
    """Its maker is sure."""
    return redirect_to_case(request, case, pending_steps.send_now(pending.pk), desk)


def put_away(request: HttpRequest, case: Any, pending: PendingStep, desk: CaseDesk[Any]) -> HttpResponse:
    """Its maker has acknowledged why it was not carried out."""
    PendingStep.settle([pending])
    return redirect(desk.case_address(case))


ACTIONS: Mapping[str, Action] = {"take_back": take_back, "send_now": send_now, "put_away": put_away}


def redirect_to_case(request: HttpRequest, case: Any, ended: PendingStep, desk: CaseDesk[Any]) -> HttpResponse:
    """The case, or its successor, with how it ended."""
    step = desk.by_name.get(ended.step)
    label = step.label if step else ended.step
    if ended.ending != Ending.CARRIED_OUT or ended.ended_at is None:
        messages.error(request, _("Not carried out: %(step)s. Read below why.") % {"step": label})
        return redirect(desk.case_address(case))
    done = f"{step.done if step else label}."
    messages.success(request, f"{done} {sent_at(ended)}".strip())
    return redirect(desk.address_after(case, step, ended.made_by) if step else desk.case_address(case))


def sent_at(ended: PendingStep) -> str:
    """When it went out: anybody who wanted to take it back reads that it is too late."""
    return _("It went out on %(moment)s.") % {"moment": format_moment(ended.ended_at)} if ended.ended_at else ""
