"""Review of the list by two people, before anything is decided."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.steps import Button, StepRefused, person, step
from exemptions.steps.lawful import refuse_far_end
from renewals.steps.permissions import may_approve, may_review, may_send_back
from renewals.steps.statuses import NOT_STARTED, Action
from renewals.steps.statuses import RenewalStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models import Renewal


@step(
    source=Status.LISTED,
    target=Status.PROPOSED,
    permission=may_review,
    records=("ends_on",),
    done=_("List reviewed"),
    button=Button(
        _("Put up for approval"), _("The list is right: a colleague looks at it before anything is decided."), main=True
    ),
)
def propose(
    renewal: "Renewal",
    *,
    by: "User | None",
    explanation_nl: str,
    explanation_en: str = "",
    ends_on: date | None = None,
) -> None:
    """Propose the list for approval by a second person; the explanation appears in every letter."""
    refuse_bad_proposal(renewal, explanation=explanation_nl, ends_on=ends_on)
    renewal.explanation_nl, renewal.explanation_en, renewal.ends_on = explanation_nl, explanation_en, ends_on
    renewal.proposed_by, renewal.remark = person(by), ""


@step(
    source=(Status.PROPOSED, Status.APPROVED),
    target=Status.LISTED,
    permission=may_send_back,
    done=_("Sent back"),
    button=Button(_("Send back"), _("The list is not right yet: it can be changed again.")),
)
def send_back(renewal: "Renewal", *, by: "User | None", remark: str) -> None:
    """Return the list to its reviewer."""
    renewal.proposed_by = renewal.approved_by = None
    renewal.remark = remark


@step(
    source=Status.PROPOSED,
    target=Status.APPROVED,
    permission=may_approve,
    done=_("Approved"),
    button=Button(_("Approve"), _("You take these decisions. Each one is made when its case is reached."), main=True),
)
def approve(renewal: "Renewal", *, by: "User | None") -> None:
    """Approve the list, and thereby take its decisions; each is written when the run reaches it."""
    renewal.approved_by = person(by)


@step(
    source=NOT_STARTED,
    target=Status.CANCELLED,
    permission=may_review,
    done=_("Cancelled"),
    button=Button(_("Cancel the run"), _("Nobody is decided on again with this list."), rare=True),
)
def cancel(renewal: "Renewal", *, by: "User | None", remark: str) -> None:
    """Cancel the run: nothing is decided again for this change, or not with this list."""
    renewal.remark = remark


def refuse_bad_proposal(renewal: "Renewal", *, explanation: str, ends_on: date | None) -> None:
    """Raise StepRefused without an explanation, anything to do, or a last day for every grant."""
    if not explanation.strip():
        raise StepRefused(
            gettext("Explain what changed: it stands in every letter (Awb 3:46)."), field="explanation_nl"
        )
    if not renewal.items.waiting().exclude(action=Action.LOOK).exists():
        raise StepRefused(gettext("Nothing on the list is to be granted or told."))
    if ends_on is None and renewal.items.without_end().exists():
        raise StepRefused(
            gettext("Give a last day: in some cases nothing limits how long the exemption lasts."), field="ends_on"
        )
    if ends_on is not None and ends_on < max(clock.today(), renewal.starts_on or date.min):
        raise StepRefused(gettext("The last day is before the first day."), field="ends_on")
    if ends_on is not None:
        refuse_far_end(ends_on)
