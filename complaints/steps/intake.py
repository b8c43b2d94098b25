"""Intake: filed in the portal or registered at the desk, then taken up, assigned and linked."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import shared_steps, snooze_steps
from casework.clock import today
from casework.steps import Button, StepRefused, step
from complaints import letters
from complaints.steps import clock
from complaints.steps.permissions import may_complain, may_handle, may_register
from complaints.steps.statuses import FILED, OPEN
from complaints.steps.statuses import ComplaintStatus as Status
from exemptions.steps.registration import refuse_early

if TYPE_CHECKING:
    from accounts.models import User
    from complaints.models import Complaint
    from exemptions.models import Application


@step(
    source=Status.DRAFT,
    target=Status.RECEIVED,
    permission=may_complain,
    records=("received_on",),
    done=_("Complaint sent"),
    told=_("Complaint sent"),
)
def file(complaint: "Complaint", *, by: "User | None", received_on: date) -> None:
    """File the complaint: received today, and confirmed at once (Awb 9:6)."""
    if received_on != today():
        raise ValueError("what comes in by the portal is received today")
    come_in(complaint, on=received_on)


@step(
    source=Status.DRAFT,
    target=Status.RECEIVED,
    permission=may_register,
    records=("received_on", "channel"),
    done=_("Complaint registered"),
    told=_("Complaint came in by post or otherwise"),
)
def register(complaint: "Complaint", *, by: "User | None", received_on: date) -> None:
    """Register a complaint that did not come in by the portal: the day of receipt counts (Awb 9:11)."""
    if received_on > today():
        raise StepRefused(
            gettext("A complaint cannot have come in on a day that is still to come."), field="received_on"
        )
    refuse_early(received_on, field="received_on")
    if complaint.happened_on and complaint.happened_on > received_on:
        raise StepRefused(gettext("That happened after the complaint came in."), field="happened_on")
    come_in(complaint, on=received_on)


@step(
    source=OPEN,
    target=Status.HANDLING,
    permission=may_handle,
    done=_("Complaint taken up"),
    told=_("We handle your complaint"),
    button=Button(_("Put it in your name"), _("The complaint is yours from now on."), main=True),
)
def take_up(complaint: "Complaint", *, by: "User | None") -> None:
    """Begin handling the complaint; never the person complained about, nor anybody else involved (Awb 9:7)."""
    complaint.assigned_to = by


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("to",),
    done=_("Complaint assigned"),
    button=Button(_("Assign"), _("Give the complaint to a colleague who was not involved (Awb 9:7)."), rare=True),
)
def assign(complaint: "Complaint", *, by: "User | None", to: "User") -> None:
    """Assign the complaint to a colleague who may handle it (Awb 9:7)."""
    shared_steps.assign(complaint, by=by, to=to)


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("person",),
    done=_("It was noted about whose conduct it is"),
    button=Button(
        _("Note whose conduct it is about"),
        _("They get a copy of the complaint (Awb 9:9), are heard (9:10), and never handle it (9:7)."),
    ),
)
def name_person(complaint: "Complaint", *, by: "User | None", person: "User") -> None:
    """Record who is complained about: they get a copy (Awb 9:9) and can no longer handle it (9:7)."""
    if complaint.person_id == person.pk:
        raise StepRefused(gettext("That is noted already."), field="person")
    complaint.person = person
    if complaint.assigned_to_id == person.pk:
        complaint.assigned_to = None
    letters.send_copy(complaint)


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("application",),
    done=_("It was noted which application the complaint is about"),
    button=Button(_("Note the application"), _("Which application it is about, if any."), rare=True),
)
def link_application(complaint: "Complaint", *, by: "User | None", application: "Application") -> None:
    """Link the application that it is about, whose municipality may have an ombudsman of its own."""
    complaint.application = application


snooze = snooze_steps.snooze(source=OPEN, permission=snooze_steps.own_only(may_handle))
wake = snooze_steps.wake(source=OPEN, permission=snooze_steps.own_only(may_handle))


note = step(
    source=FILED,
    target=None,
    permission=may_handle,
    records=("to",),
    done=_("Note written on the complaint"),
    button=Button(_("Write a note"), _("A remark on the complaint."), prefilled=("to",)),
)(shared_steps.note)


def come_in(complaint: "Complaint", *, on: date) -> None:
    """Number the complaint, open its terms, and acknowledge receipt in writing (Awb 9:6)."""
    complaint.received_on = on
    complaint.dossier.give_number(on=today())
    clock.open_terms(complaint)
    letters.place_letter(complaint, "complaint_receipt")
