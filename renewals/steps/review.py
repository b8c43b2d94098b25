"""Two people look at the list before anything is decided."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import clock
from casework.steps import StepRefused, step
from exemptions.steps.lawful import refuse_far_end
from exemptions.steps.permissions import person
from renewals.steps.permissions import may_approve, may_review, may_send_back
from renewals.steps.statuses import NOT_STARTED, Action
from renewals.steps.statuses import RenewalStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models import Renewal


@step(source=Status.LISTED, target=Status.PROPOSED, permission=may_review, records=("ends_on",))
def propose(
    renewal: "Renewal",
    *,
    by: "User | None",
    explanation_nl: str,
    explanation_en: str = "",
    ends_on: date | None = None,
) -> None:
    """The list is right: put it before a second pair of eyes. The explanation stands in every letter."""
    refuse_bad_proposal(renewal, explanation=explanation_nl, ends_on=ends_on)
    renewal.explanation_nl, renewal.explanation_en, renewal.ends_on = explanation_nl, explanation_en, ends_on
    renewal.proposed_by, renewal.remark = person(by), ""


@step(source=(Status.PROPOSED, Status.APPROVED), target=Status.LISTED, permission=may_send_back)
def send_back(renewal: "Renewal", *, by: "User | None", remark: str) -> None:
    """The list is not right yet: back to whoever reviews it."""
    renewal.proposed_by = renewal.approved_by = None
    renewal.remark = remark


@step(source=Status.PROPOSED, target=Status.APPROVED, permission=may_approve)
def approve(renewal: "Renewal", *, by: "User | None") -> None:
    """The second pair of eyes takes the decisions on the list: each is written when the run comes to it."""
    renewal.approved_by = person(by)


@step(source=NOT_STARTED, target=Status.CANCELLED, permission=may_review)
def cancel(renewal: "Renewal", *, by: "User | None", remark: str) -> None:
    """Nobody is decided on again for this change, or not with this list."""
    renewal.remark = remark


def refuse_bad_proposal(renewal: "Renewal", *, explanation: str, ends_on: date | None) -> None:
    """There is something to do, a reason for it, and a last day for everything that is granted."""
    if not explanation.strip():
        raise StepRefused(_("Explain what changed: it stands in every letter (Awb 3:46)."), field="explanation_nl")
    if not renewal.items.waiting().exclude(action=Action.LOOK).exists():
        raise StepRefused(_("Nothing on the list is to be granted or told."))
    if ends_on is None and renewal.items.without_end().exists():
        raise StepRefused(
            _("Give a last day: in some cases nothing limits how long the exemption lasts."), field="ends_on"
        )
    if ends_on is not None and ends_on < max(clock.today(), renewal.starts_on or date.min):
        raise StepRefused(_("The last day is before the first day."), field="ends_on")
    if ends_on is not None:
        refuse_far_end(ends_on)
