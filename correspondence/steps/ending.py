"""How a submission ends: forwarded, returned to its sender, or taken up as a case after all."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.clock import today
from casework.models import Dossier
from casework.steps import Button, step
from complaints.models import Complaint
from correspondence import letters
from correspondence.steps.permissions import may_handle, may_take_as
from correspondence.steps.statuses import OPEN, TakenAs
from correspondence.steps.statuses import SubmissionStatus as Status
from exemptions import forwarding
from exemptions.intake import registration
from exemptions.models import Channel
from objections.steps.intake import refuse_undecided

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import OtherBody
    from correspondence.models import Submission
    from exemptions.models import Application

SENDER = ("name", "email", "address", "by_post", "language", "channel", "about")
"""The fields that a complaint takes over."""


@step(
    source=OPEN,
    target=Status.FORWARDED,
    permission=may_handle,
    records=forwarding.RECORDS,
    done=_("Submission forwarded"),
    button=replace(forwarding.FORWARD, rare=False, main=True),
)
def forward(submission: "Submission", *, by: "User | None", body: "OtherBody", because: str) -> None:
    """Forward an item meant for another body at once, and notify the sender (Awb 2:3(1), 6:15(1))."""
    submission.forwarded_to, submission.ended_on = body, today()
    letters.place_letter(submission, "submission_forwarded", explanation=because)
    sender, day = submission.name, submission.came_in_on
    forwarding.write_to_body(submission, body, sender=sender, received_on=day, because=because)


@step(
    source=OPEN,
    target=Status.RETURNED,
    permission=may_handle,
    conditions=[lambda s: s.channel != Channel.PHONE],
    records=("received_on",),
    done=_("Submission returned to the sender"),
    button=Button(
        _("Return to the sender"),
        _(
            "It is not for us, and we do not know for whom: the sender gets it back with a letter "
            "(Awb 2:3, paragraph 2)."
        ),
        sends_letter=True,
    ),
)
def return_to_sender(submission: "Submission", *, by: "User | None", because: str) -> None:
    """Return an item to its sender as soon as possible, if no other body is known (Awb 2:3(2))."""
    submission.ended_on = today()
    letters.place_letter(submission, "submission_returned", explanation=because)


@step(
    source=OPEN,
    target=Status.TAKEN,
    permission=may_take_as("exemptions.handle_application"),
    records=("received_on",),
    done=_("Submission taken up as an application"),
    button=Button(
        _("Take it up as an application"),
        _("It is for us after all: register the application, received on the same day."),
    ),
)
def take_as_application(submission: "Submission", *, by: "User") -> None:
    """Take it up as an application, which a colleague registers with the same day of receipt (Awb 4:13)."""
    end_as(submission, TakenAs.APPLICATION)
    by_mail = submission.channel == Channel.EMAIL
    receipt = {
        "channel": submission.channel,
        "language": submission.language,
        "came_in_on": submission.came_in_on,
        "signed": submission.channel in (Channel.POST, Channel.COUNTER),
        "lookup": submission.email,
        "repair_by": registration.usual_repair_day() if by_mail else None,
        "repaired_on": None,
    }
    registration.begin_registration(receipt, by=by, key=submission.key)


@step(
    source=OPEN,
    target=Status.TAKEN,
    permission=may_take_as("objections.handle_objection"),
    records=("received_on", "application"),
    done=_("Submission taken up as an objection"),
    button=Button(
        _("Take it up as an objection"),
        _("It is against a decision of ours: register the objection, received on the same day (Awb 6:15)."),
    ),
)
def take_as_objection(submission: "Submission", *, by: "User | None", application: "Application") -> None:
    """Take it up as an objection, which a colleague registers with the same day of receipt (Awb 6:15(3))."""
    refuse_undecided(application, field="application")
    end_as(submission, TakenAs.OBJECTION)
    submission.application = application


@step(
    source=OPEN,
    target=Status.TAKEN,
    permission=may_take_as("complaints.handle_complaint"),
    records=("received_on",),
    done=_("Submission taken up as a complaint"),
    button=Button(
        _("Take it up as a complaint"),
        _("It is about how we treated somebody: the complaint was received on the same day (Awb 9:11)."),
        sends_letter=True,
    ),
)
def take_as_complaint(submission: "Submission", *, by: "User | None") -> None:
    """Take it up as a complaint, whose six weeks run from the same day of receipt (Awb 9:11)."""
    end_as(submission, TakenAs.COMPLAINT)
    row = {name: getattr(submission, name) for name in SENDER}
    complaint: Complaint = Complaint.objects.create(dossier=Dossier.objects.create(), key=submission.key, **row)
    complaint.register(by=by, received_on=submission.came_in_on)


def end_as(submission: "Submission", sort: TakenAs) -> None:
    """End the submission, which continues as a case."""
    submission.taken_as, submission.ended_on = sort, today()
