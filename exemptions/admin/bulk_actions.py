"""The bulk steps on the lists of applications."""

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.bulk import BulkForm, BulkStep
from casework.desk.bulk_actions import Assign, NotePosted, PrintLetters
from casework.desk.snoozes import BulkSnooze, BulkWake
from casework.steps import Rehearsal
from exemptions.models import Application
from exemptions.models.decision import Outcome, Proposal
from exemptions.steps.permissions import find_colleagues
from exemptions.steps.statuses import Status

HANDLE = "exemptions.handle_application"


class TakeUp(BulkStep):
    """Take up applications, which assigns them to the user."""

    name = "take_up"
    label = _("Take up")
    permission = HANDLE
    lists = ("new", "assigned", "answered", "due", "overdue", "mine", "open")

    def describe(self, case: Application, form: BulkForm, rehearsal: Rehearsal) -> str:
        return gettext("Becomes yours")


class Remind(BulkStep):
    """Remind the applicants, once each."""

    name = "remind"
    label = _("Remind")
    permission = HANDLE
    lists = ("waiting", "mine", "open")

    def refuse(self, case: Application, form: BulkForm, kept: Any) -> str:
        if case.status == Status.WAITING and not case.has_request_to_remind():
            return gettext("The applicant was reminded already.")
        return ""


def find_proposal(application: Application) -> Proposal | None:
    """The proposal that waits for a second pair of eyes, if any."""
    return application.proposals.select_related("ground").filter(settled_at=None).first()


class Approve(BulkStep):
    """Approve proposals with the same outcome, ground and kind; those with doubts must be reviewed separately."""

    name = "approve"
    label = _("Approve proposals")
    permission = "exemptions.approve_proposal"
    lists = ("to-approve",)
    steps = ("approve_grant", "approve_rejection")

    def step_of(self, case: Any) -> str:
        proposal = find_proposal(case)
        if proposal is None or proposal.change:
            return ""
        return "approve_grant" if proposal.outcome == Outcome.GRANTED else "approve_rejection"

    def kind_of(self, case: Application) -> Hashable:
        proposal = find_proposal(case)
        return proposal and (proposal.outcome, proposal.change, proposal.ground_id, case.chosen_kind.code)

    def refuse(self, case: Application, form: BulkForm, kept: Any) -> str:
        proposal = find_proposal(case)
        if proposal is not None and proposal.doubts:
            return gettext("Something speaks against it: look at this one by itself.")
        return ""

    def describe(self, case: Application, form: BulkForm, rehearsal: Rehearsal) -> str:
        proposal = find_proposal(case)
        said = f"{proposal.get_outcome_display()}, {proposal.ground}" if proposal else ""
        return "; ".join(filter(None, [said, super().describe(case, form, rehearsal)]))


BULK = (
    Assign(
        cases=Application,
        colleagues=lambda user: find_colleagues(user, permission="handle_application"),
        permission=HANDLE,
    ),
    TakeUp(),
    Remind(),
    BulkSnooze(permission=HANDLE),
    BulkWake(permission=HANDLE),
    NotePosted(permission=HANDLE),
    PrintLetters(),
    Approve(),
)
"""In the order of their buttons."""
