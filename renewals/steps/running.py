"""The run: start, stop, resume, finish; and the cases left for a person."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.deadline_words import format_day as day_in_words
from casework.steps import Button, StepRefused, person, step
from renewals.steps.case_list import leave_out
from renewals.steps.permissions import may_approve, may_review, permit_nobody
from renewals.steps.statuses import TAKEN_UP, Action, ItemState
from renewals.steps.statuses import RenewalStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models import Renewal, RenewalItem

LEFT = (ItemState.NEEDS_HUMAN, ItemState.FAILED)


@step(
    source=Status.APPROVED,
    target=Status.RUNNING,
    permission=may_approve,
    done=_("Started"),
    button=Button(
        _("Start"),
        _("The decisions are taken and the letters placed, one case after the other; it begins within a minute."),
        main=True,
    ),
)
def start(renewal: "Renewal", *, by: "User | None") -> None:
    """Start the run: the worker takes the decisions one by one, and leaves to a person what needs one."""
    if renewal.holds_from > clock.today():
        raise StepRefused(
            gettext("The change applies from %(day)s: start then.") % {"day": day_in_words(renewal.holds_from)}
        )
    renewal.items.waiting().filter(action=Action.LOOK).update(state=ItemState.NEEDS_HUMAN)
    renewal.started_at = clock.now()


@step(
    source=Status.RUNNING,
    target=Status.STOPPED,
    permission=may_review,
    done=_("Stopped"),
    button=Button(_("Stop"), _("No further decision is taken; what was decided stays."), main=True),
)
def stop(renewal: "Renewal", *, by: "User | None") -> None:
    """Stop the run; decisions already taken stay."""
    renewal.stopped_at = clock.now()


@step(
    source=Status.STOPPED,
    target=Status.RUNNING,
    permission=may_approve,
    done=_("Continued"),
    button=Button(_("Continue"), _("The run continues where it stopped."), main=True),
)
def go_on(renewal: "Renewal", *, by: "User | None") -> None:
    """Continue where the worker stopped."""
    renewal.stopped_at = None


@step(
    source=Status.RUNNING,
    target=Status.DONE,
    permission=permit_nobody,
    conditions=[lambda r: not r.items.waiting().exists()],
    done=_("All cases handled"),
)
def finish(renewal: "Renewal", *, by: None) -> None:
    """Finish: the worker has reached the end of the list."""
    renewal.done_at = clock.now()


@step(
    source=(Status.RUNNING, *TAKEN_UP),
    target=Status.RUNNING,
    permission=may_approve,
    records=("item",),
    done=_("Put on the list again"),
    button=Button(
        _("Try again"),
        _("The run comes to these cases once more. Without a case: to every case that failed."),
        prefilled=("item",),
    ),
)
def try_again(renewal: "Renewal", *, by: "User | None", item: "RenewalItem | None" = None) -> None:
    """Put one open case, or every case that failed, back on the list."""
    left = renewal.items.filter(state__in=LEFT).exclude(action=Action.LOOK)
    chosen = left.filter(pk=item.pk) if item else left.filter(state=ItemState.FAILED)
    if not chosen.update(state=ItemState.WAITING, problem="", done_at=None):
        raise StepRefused(gettext("There is nothing to try again."))
    renewal.stopped_at = renewal.done_at = None


@step(
    source=(Status.RUNNING, *TAKEN_UP),
    target=None,
    permission=may_review,
    records=("item",),
    done=_("Case settled by a person"),
    button=Button(
        _("Settled by hand"),
        _("A person dealt with this case: it is off the list of what is left."),
        prefilled=("item",),
    ),
)
def settle(renewal: "Renewal", *, by: "User | None", item: "RenewalItem", because: str) -> None:
    """Record how a person dealt with an open case."""
    leave_out(renewal, item, by=person(by), because=because, among=LEFT)
