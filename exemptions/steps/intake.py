"""Coming in: file, take up, assign, note."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.clock import now, today
from casework.steps import Button, StepRefused, step
from exemptions import letters
from exemptions.intake import completeness
from exemptions.models.note import Note
from exemptions.steps import clock
from exemptions.steps.permissions import at_desk, may_act_for_applicant, may_assign, may_convert_to, may_handle, person
from exemptions.steps.statuses import FILED, OPEN, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application

DOUBLE_CLICK = timedelta(minutes=1)
"""The same words of the same person within this time are one note."""


@step(
    source=Status.DRAFT,
    target=Status.SUBMITTED,
    permission=may_act_for_applicant,
    done=_("Sent by the applicant"),
    told=_("Application sent"),
)
def file(application: "Application", *, by: "User | None", decided_at_once: bool = False) -> None:
    """Send the draft: it is received now (Awb 2:20), confirmed (2:17), and the clock starts (4:13).

    What is decided in the same moment needs no receipt and no clock.
    """
    completeness.refuse_unless_complete(application)
    clock.receive(application, at=now())
    application.dossier.give_number(on=application.received_on)
    if not decided_at_once:
        clock.start(application)
        letters.place(application, "receipt")


@step(
    source=Status.DRAFT,
    target=Status.SUBMITTED,
    permission=may_convert_to,
    records=("received_at",),
    done=_("Received as the follow-up of another application"),
    told=_("Taken over from your earlier application"),
)
def receive_conversion(application: "Application", *, by: "User | None", origin: "Application") -> None:
    """Come in as the better fitting kind of an older application; the clock of that one goes on."""
    clock.receive(application, at=origin.received_at)
    application.dossier.give_number(on=today())
    clock.start(application)


@step(
    source=[Status.SUBMITTED, Status.SUPPLIED],
    target=Status.IN_REVIEW,
    permission=may_handle,
    done=_("Taken up"),
    told=_("A caseworker has started on the application"),
    button=Button(_("Take up"), _("The application is yours from now on."), main=True),
)
def take_up(application: "Application", *, by: "User | None") -> None:
    """Begin to handle, or go on after an answer."""
    application.assigned_to = by
    letters.tell_progress(application)


@step(
    source=OPEN,
    target=None,
    permission=may_assign,
    records=("to",),
    done=_("Assigned"),
    button=Button(_("Assign"), _("Give the application to a colleague."), rare=True),
)
def assign(application: "Application", *, by: "User | None", to: "User") -> None:
    """Give the case to a colleague who can see and handle it."""
    if not may_handle(application, to):
        raise StepRefused(
            gettext("%(name)s cannot handle this case; choose a colleague who can.") % {"name": to}, field="to"
        )
    application.assigned_to = to


@step(
    source=FILED,
    target=None,
    permission=at_desk("handle_application"),
    done=_("Note written"),
    button=Button(_("Write a note"), _("A remark on the case.")),
)
def note(application: "Application", *, by: "User | None", text: str) -> None:
    """Leave a remark for colleagues; a double click leaves one."""
    same = application.notes.filter(text=text, by=person(by), at__gt=now() - DOUBLE_CLICK)
    if not same.exists():
        Note.objects.create(application=application, text=text, by=person(by))
