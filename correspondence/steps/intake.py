"""Intake: register, note."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import shared_steps
from casework.clock import today
from casework.steps import Button, StepRefused, step
from correspondence.steps.permissions import may_handle, may_register
from correspondence.steps.statuses import FILED
from correspondence.steps.statuses import SubmissionStatus as Status
from exemptions.steps.registration import refuse_early

if TYPE_CHECKING:
    from accounts.models import User
    from correspondence.models import Submission


@step(
    source=Status.DRAFT,
    target=Status.RECEIVED,
    permission=may_register,
    records=("received_on", "channel"),
    done=_("Submission registered"),
)
def register(submission: "Submission", *, by: "User | None", received_on: date) -> None:
    """Register an incoming item that is not our case, with its day of receipt (Awb 2:3, 6:15)."""
    if received_on > today():
        raise StepRefused(gettext("That day is in the future."), field="received_on")
    refuse_early(received_on, field="received_on")
    submission.received_on = received_on
    submission.dossier.give_number(on=today())


note = step(
    source=FILED,
    target=None,
    permission=may_handle,
    records=("to",),
    done=_("Note written on the submission"),
    button=Button(_("Write a note"), _("A remark on the submission."), rare=True, prefilled=("to",)),
)(shared_steps.note)
