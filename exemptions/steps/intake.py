"""Intake: file, receive a conversion, take up, assign, note."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework import shared_steps, snooze_steps
from casework.clock import now, today
from casework.steps import Button, step
from exemptions import letters
from exemptions.intake import completeness
from exemptions.steps import clock
from exemptions.steps.permissions import may_act_for_applicant, may_assign, may_convert_to, may_handle
from exemptions.steps.statuses import FILED, OPEN, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=Status.DRAFT,
    target=Status.SUBMITTED,
    permission=may_act_for_applicant,
    done=_("Sent by the applicant"),
    told=_("Application sent"),
)
def file(application: "Application", *, by: "User | None", decided_at_once: bool = False) -> None:
    """File the draft: it is received now (Awb 2:20) and confirmed (2:17), and the term to decide starts (4:13).

    What is decided in the same moment needs no receipt and no clock.
    """
    completeness.refuse_unless_complete(application)
    clock.start_receipt(application, at=now())
    application.dossier.give_number(on=application.received_on)
    if not decided_at_once:
        clock.open_decision_term(application)
        letters.place_letter(application, "receipt")


@step(
    source=Status.DRAFT,
    target=Status.SUBMITTED,
    permission=may_convert_to,
    records=("received_at",),
    done=_("Received as the follow-up of another application"),
    told=_("Taken over from your earlier application"),
)
def receive_conversion(application: "Application", *, by: "User | None", origin: "Application") -> None:
    """File as the successor of a converted application, whose term to decide continues."""
    clock.start_receipt(application, at=origin.received_at)
    application.dossier.give_number(on=today())
    clock.open_decision_term(application)
    letters.place_letter(application, "receipt")


@step(
    source=[Status.SUBMITTED, Status.SUPPLIED],
    target=Status.IN_REVIEW,
    permission=may_handle,
    done=_("Taken up"),
    told=_("A caseworker has started on the application"),
    button=Button(_("Take up"), _("The application is yours from now on."), main=True),
)
def take_up(application: "Application", *, by: "User | None") -> None:
    """Begin handling the case, or continue after a response."""
    application.assigned_to = by
    letters.notify_progress(application)


assign = step(
    source=OPEN,
    target=None,
    permission=may_assign,
    records=("to",),
    done=_("Assigned"),
    button=Button(_("Assign"), _("Give the application to a colleague."), rare=True),
)(shared_steps.assign)


snooze = snooze_steps.snooze(source=OPEN, permission=snooze_steps.own_only(may_handle))
wake = snooze_steps.wake(source=OPEN, permission=snooze_steps.own_only(may_handle))


note = step(
    source=FILED,
    target=None,
    permission=may_handle,
    records=("to",),
    done=_("Note written"),
    button=Button(_("Write a note"), _("A remark on the case."), prefilled=("to",)),
)(shared_steps.note)
